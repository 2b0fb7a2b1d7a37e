import { beforeEach, expect, test } from 'vitest'
import { EngineError } from '../../src-main/api/contract/rpc.ts'
import type { Retention } from '../../src-main/api/storage-model.ts'
import { RetentionForm } from '../../src-renderer/settings/storage/retention-form.svelte.ts'

const forEver: Retention = { days: null, perFeed: null, megabytes: null, includesUnread: false }

let kept: Retention | null
let counted: (Retention | null)[]
let applied: (Retention | null)[]
let count: number
let waiting: (() => void)[]
let form: RetentionForm

beforeEach(() => {
  kept = forEver
  counted = []
  applied = []
  count = 0
  waiting = []
  form = make()
})

function make(): RetentionForm {
  return new RetentionForm({
    kept: () => kept,
    preview: async rule => {
      counted.push(rule)
      return count
    },
    keep: async rule => {
      applied.push(rule)
      kept = rule
    },
    wait: () => new Promise(resolve => waiting.push(resolve)),
  })
}

/** The typing has paused. */
async function pause(typing: Promise<void>): Promise<void> {
  for (const go of waiting.splice(0)) go()
  await typing
}

test('what would delete something waits for a word, and says how much', async () => {
  count = 1_234
  await pause(form.setLimit('days', { isOn: true, text: '90' }))
  expect(form.preview).toEqual({ kind: 'would-delete', count: 1_234 })
  expect(applied).toEqual([])
  await form.apply()
  expect(applied).toEqual([{ ...forEver, days: 90 }])
  expect(form.preview).toEqual({ kind: 'applied', deleting: 1_234 })
})

test('what would delete nothing holds at once', async () => {
  await pause(form.setLimit('perFeed', { isOn: true, text: '500' }))
  expect(applied).toEqual([{ ...forEver, perFeed: 500 }])
  expect(form.preview).toEqual({ kind: 'applied', deleting: 0 })
})

test('only what was typed last is counted', async () => {
  count = 5
  const first = form.setLimit('days', { isOn: true, text: '3' })
  const second = form.setLimit('days', { isOn: true, text: '30' })
  await pause(first)
  await pause(second)
  expect(counted).toEqual([{ ...forEver, days: 30 }])
})

test('a count that comes after the next change is dropped', async () => {
  count = 0
  const first = form.setLimit('days', { isOn: true, text: '3' })
  waiting.splice(0)[0]!()
  const second = form.setLimit('days', { isOn: false })
  await first
  await second
  expect(form.preview).toEqual({ kind: 'unchanged' })
  expect(applied).toEqual([])
})

test.each([
  ['days', '0'],
  ['days', '36501'],
  ['perFeed', 'many'],
  ['perFeed', '1.5'],
  ['megabytes', '49'],
  ['megabytes', ''],
] as const)('%s cannot be %j', async (name, text) => {
  await form.setLimit(name, { isOn: true, text })
  expect([form.isMistaken(name), form.preview.kind]).toEqual([true, 'mistaken'])
  await form.apply()
  expect(applied).toEqual([])
})

test('a number that is off may be anything, and is still there when it is on again', async () => {
  kept = { ...forEver, days: 30 }
  form = make()
  count = 0
  await pause(form.setLimit('days', { isOn: false }))
  expect([form.limits.days.text, kept]).toEqual(['30', forEver])
})

test('leaving it as it was takes back what was typed', async () => {
  kept = { ...forEver, days: 30 }
  form = make()
  count = 8
  await pause(form.setLimit('days', { text: '3' }))
  form.revert()
  expect([form.limits.days.text, form.preview.kind, applied]).toEqual(['30', 'unchanged', []])
})

test('a refusal is said, and what was typed stays', async () => {
  form = new RetentionForm({
    kept: () => kept,
    preview: async () => 3,
    keep: () => Promise.reject(new EngineError('storage-full', '')),
    wait: async () => {},
  })
  await form.setUnread(true)
  await form.apply()
  expect([form.preview, form.includesUnread, form.isBusy]).toEqual([
    { kind: 'refused', code: 'storage-full' },
    true,
    false,
  ])
})

test('a feed without a rule of its own is kept as in Settings, and can be given one and lose it again', async () => {
  kept = null
  form = make()
  expect([form.isOwn, form.rule]).toEqual([false, null])
  await pause(form.setOwn(true))
  expect(applied).toEqual([forEver])
  await pause(form.setOwn(false))
  expect(applied.at(-1)).toBeNull()
})
