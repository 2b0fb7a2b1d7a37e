import { expect, test } from 'vitest'
import { coalesced } from '../../src-renderer/lib/requests.ts'

/** A store whose value is read by a load of one turn. */
function shelf() {
  const state = { stored: 0, shown: 0, loads: 0 }
  const load = coalesced(async () => {
    state.loads++
    const { stored } = state
    await Promise.resolve()
    state.shown = stored
  })
  return { state, load }
}

test('however often it is asked for while it runs, it runs once more', async () => {
  const { state, load } = shelf()
  await Promise.all([load(), load(), load(), load()])
  expect(state.loads).toBe(2)
})

test('whoever asks sees what was stored before, in whichever turn the run before it ends', async () => {
  for (let turns = 0; turns < 12; turns++) {
    const { state, load } = shelf()
    void load()
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    state.stored = 1
    await load()
    expect(state.shown).toBe(1)
  }
})

test('after a load that failed, the next one runs', async () => {
  let fails = true
  const load = coalesced(async () => {
    await Promise.resolve()
    if (fails) throw new Error('no answer')
  })
  await expect(load()).rejects.toThrow('no answer')
  fails = false
  await expect(load()).resolves.toBeUndefined()
})
