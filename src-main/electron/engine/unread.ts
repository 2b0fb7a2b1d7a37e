/** Follows the number of unread articles, as far as the reader wants to see it on icons. */
import type { Desktop } from '../window/desktop.ts'
import { throttled } from './throttled.ts'

/** Counts change with every article that is read; icons at most once in so many ms. */
const interval = 1_000

/** Calls the listener with the number, at each change of it; 0 where the settings want none. */
export function followUnread(
  { link: { engine, onState }, onSettings }: Pick<Desktop, 'link' | 'onSettings'>,
  listener: (unread: number) => void,
): void {
  let unread = 0
  let isWanted = false
  let told: number | null = null
  const soon = throttled(interval, () => {
    const count = isWanted ? unread : 0
    if (count !== told) listener(count)
    told = count
  })

  function take(counts: { unread: number }): void {
    unread = counts.unread
    soon()
  }

  engine.on('counts-changed', ({ counts }) => take(counts))
  onState(state => {
    if (state === 'open') void engine.counts({}).then(take, () => undefined)
  })
  onSettings(({ badge }) => {
    isWanted = badge !== 'none'
    soon()
  })
}
