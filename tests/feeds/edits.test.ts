import { expect, test } from 'vitest'
import { differencesOf, wordDifferences } from '../../src-main/feeds/edits/differences.ts'

test('the words that changed are told in their block, and blocks that stayed are counted', () => {
  const before = '<p>One.</p><p>Two.</p><p>Twelve boats came at dawn.</p>'
  const after = '<p>One.</p><p>Two.</p><p>Fifteen boats came at dawn.</p><p>More to follow.</p>'
  expect(differencesOf(before, after)).toEqual([
    { kind: 'same', count: 2 },
    {
      kind: 'changed',
      runs: [
        { text: 'Twelve', kind: 'removed' },
        { text: 'Fifteen', kind: 'added' },
        { text: ' boats came at dawn.', kind: 'same' },
      ],
    },
    { kind: 'changed', runs: [{ text: 'More to follow.', kind: 'added' }] },
  ])
})

test('two texts without anything in common are compared in bounded time', () => {
  const words = (of: string) => Array.from({ length: 30_000 }, (_, index) => `${of}${index}`).join(' ')
  const runs = wordDifferences(words('a'), words('b'))
  expect(runs.filter(({ kind }) => kind === 'removed').map(({ text }) => text.length)[0]).toBeGreaterThan(0)
})
