/** Follows the number of unread articles that the reader wants to see on icons. */
import type { Counts } from '../../api/model.ts'
import type { Desktop } from '../window/desktop.ts'
import { throttled } from './throttled.ts'

/** Counts change with every article that is read; icons at most once in so many ms. */
const interval = 1_000

/** Calls the listener with the number, at each change of it. */
export function followUnread(
  { link: { engine, onState } }: Pick<Desktop, 'link'>,
  listener: (unread: number) => void,
): void {
  let unread = 0
  let told: number | null = null
  const soon = throttled(interval, () => {
    if (unread !== told) listener(unread)
    told = unread
  })

  function take({ badge }: Pick<Counts, 'badge'>): void {
    unread = badge
    soon()
  }

  engine.on('counts-changed', ({ counts }) => take(counts))
  onState(state => {
    if (state === 'open') void engine.counts({}).then(take, () => undefined)
  })
}
