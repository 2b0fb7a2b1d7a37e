/** The chain of what can be taken back: in order, one for each press, and never something older in place of the last. */
import { beforeEach, expect, test } from 'vitest'
import type { Output } from '../../src-main/api/contract/contract.ts'
import { type Deed, UndoChain } from '../../src-renderer/state/undo-chain.svelte.ts'
import { undoText } from '../../src-renderer/state/undo-text.ts'

let chain: UndoChain
let asked: number[]
let answers: Map<number, Output<'undo'> | undefined>

beforeEach(() => {
  asked = []
  answers = new Map()
  chain = new UndoChain(async undoId => {
    asked.push(undoId)
    return answers.has(undoId) ? answers.get(undoId) : { isUndone: true }
  })
})

const deed = (...undoIds: number[]): Deed => ({ undoIds, done: `Did ${undoIds[0]}.`, undone: `Undid ${undoIds[0]}` })
const said = async () => undoText(await chain.undo())
/** Whatever waits for nothing has happened by then. */
const turn = () => new Promise(resolve => setImmediate(resolve))

test('each press takes back one, the last one first, and then says that there is none', async () => {
  for (const id of [1, 2]) chain.add(deed(id))
  expect([await said(), await said(), await said()]).toEqual(['Undid 2', 'Undid 1', 'There is nothing to undo.'])
})

test('two presses at once take back two, in order', async () => {
  for (const id of [1, 2, 3]) chain.add(deed(id))
  expect(await Promise.all([said(), said()])).toEqual(['Undid 3', 'Undid 2'])
  expect(asked).toEqual([3, 2])
})

test('what the user has begun is waited for: nothing older is taken back in its place', async () => {
  chain.add(deed(1))
  const settle = chain.begin()
  const press = said()
  await turn()
  expect(asked).toEqual([])
  settle(deed(2))
  expect(await press).toBe('Undid 2')
})

test('what came to nothing is passed over', async () => {
  chain.add(deed(1))
  const settle = chain.begin()
  const press = said()
  await turn()
  settle(null)
  expect(await press).toBe('Undid 1')
})

test('what can’t be taken back ends the chain, and says so until something new is done', async () => {
  chain.add(deed(1))
  chain.end('restoreBackup')
  const end = 'A backup was restored. That can’t be taken back.'
  expect([await said(), await said()]).toEqual([end, end])
  chain.add(deed(2))
  expect([await said(), await said()]).toEqual(['Undid 2', end])
  expect(asked).toEqual([2])
})

test('what was refused stays on the chain, and nothing older goes before it', async () => {
  for (const id of [1, 2]) chain.add(deed(id))
  answers.set(2, undefined)
  expect(await Promise.all([said(), said()])).toEqual([null, null])
  answers.delete(2)
  expect([await said(), await said()]).toEqual(['Undid 2', 'Undid 1'])
  expect(asked).toEqual([2, 2, 2, 1])
})

test('of a deed of several commands the last goes first, and what was refused is gone on with', async () => {
  chain.add(deed(4, 6, 5))
  answers.set(5, undefined)
  expect(await said()).toBeNull()
  answers.delete(5)
  expect(await said()).toBe('Undid 4')
  expect(asked).toEqual([6, 5, 5, 4])
})

test('of a deed of several commands those that are too late are counted, and the rest is undone', async () => {
  chain.add(deed(1, 2, 3))
  answers.set(3, { isUndone: false, because: 'changed-since' })
  answers.set(2, { isUndone: true, left: 1 })
  expect(await said()).toBe('Undid 1. 2 things were changed again since, and stay so.')
})

test('what somebody has changed since is named, and is off the chain', async () => {
  for (const id of [1, 2, 3, 4]) chain.add(deed(id))
  answers.set(4, { isUndone: false, because: 'changed-since' })
  answers.set(3, { isUndone: false, because: 'gone' })
  answers.set(2, { isUndone: false })
  answers.set(1, { isUndone: true, left: 2 })
  expect([await said(), await said(), await said(), await said()]).toEqual([
    'Too late to undo “Did 4”: it was changed again since.',
    'Too late to undo “Did 3”: what it was done to is no longer there.',
    'Too late to undo “Did 2”.',
    'Undid 1. 2 things were changed again since, and stay so.',
  ])
})

test('one that is named is taken back out of turn, and not twice', async () => {
  const [first, second] = [deed(1), deed(2)]
  chain.add(first)
  chain.add(second)
  const twice = [chain.undo(first), chain.undo(first)]
  expect((await Promise.all(twice)).map(undoText)).toEqual(['Undid 1', null])
  expect([await said(), await said()]).toEqual(['Undid 2', 'There is nothing to undo.'])
})
