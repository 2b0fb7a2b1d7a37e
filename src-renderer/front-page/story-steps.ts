/** Which story of the front page the keys lead to. */
import type { StoryStep } from '../commands/commands.ts'

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

/** A headline on the page, where it stands, and whether it is read. */
export type PageHeadline = { element: HTMLElement; isUnread: boolean }

/** `at`: -1 where none has the focus. Undefined at the ends. */
export function stepped(headlines: PageHeadline[], at: number, step: StoryStep): PageHeadline | undefined {
  if (step === 'first') return headlines[0]
  if (step === 'last') return headlines.at(-1)
  const isUnread = ({ isUnread }: PageHeadline) => isUnread
  if (step === 'next') return headlines[at + 1]
  if (step === 'next-unread') return headlines.slice(at + 1).find(isUnread)
  const before = headlines.slice(0, Math.max(0, at))
  return step === 'previous' ? before.at(-1) : before.findLast(isUnread)
}

type Box = Pick<DOMRect, 'top' | 'bottom' | 'left' | 'right'>

/** The nearest box on one side of another. What is in line with it is nearer than what is not. */
export function nearestBeside(boxes: Box[], from: Box, arrow: Arrow): number {
  const isAcross = arrow === 'ArrowLeft' || arrow === 'ArrowRight'
  const isAhead = arrow === 'ArrowDown' || arrow === 'ArrowRight'
  const distances = boxes.map(box => {
    const ahead = isAcross
      ? isAhead
        ? box.left - from.right
        : from.left - box.right
      : isAhead
        ? box.top - from.bottom
        : from.top - box.bottom
    if (ahead < -1) return Number.POSITIVE_INFINITY
    const aside = isAcross
      ? Math.max(0, box.top - from.bottom, from.top - box.bottom)
      : Math.max(0, box.left - from.right, from.left - box.right)
    // Of several beside a tall story, the one at its top.
    return ahead + 3 * aside + 0.01 * Math.abs(isAcross ? box.top - from.top : box.left - from.left)
  })
  const least = Math.min(...distances)
  return Number.isFinite(least) ? distances.indexOf(least) : -1
}
