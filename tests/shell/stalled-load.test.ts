/** A page whose load stops in the middle of an answer is loaded again. */
import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'
import { loadStartPage } from '../../src-main/electron/scheme.ts'

vi.mock('electron', () => ({ protocol: {} }))

/** A page's contents, of which the first loads never end by themselves. */
class Contents extends EventEmitter {
  loads = 0
  #stalls: number
  #refuse: () => void = () => undefined

  constructor(stalls: number) {
    super()
    this.#stalls = stalls
  }

  loadURL(): Promise<void> {
    this.loads++
    if (this.#stalls-- <= 0) return Promise.resolve()
    return new Promise((_, reject) => {
      this.#refuse = () => reject(new Error('ERR_ABORTED'))
    })
  }

  stop = () => this.#refuse()
  isDestroyed = () => false
}

test.each([
  [0, 1],
  [3, 4],
])('a load that stalls %i times is begun %i times', async (stalls, loads) => {
  const contents = new Contents(stalls)
  await loadStartPage(contents as never, 2)
  expect(contents.loads).toBe(loads)
})

test('a load that another takes the place of is not begun again', async () => {
  const contents = new Contents(1)
  const loading = loadStartPage(contents as never)
  contents.stop()
  await loading
  expect(contents.loads).toBe(1)
})
