/** Scrolling an element: by pages, smoothly, or at once. */

/** Where each smooth scroll under way ends: the next page begins there, not where the pane happens to be. */
const targets = new WeakMap<HTMLElement, number>()

/**
 * Scrolls by a page less two lines, so that the eye finds its place; false at the end, which is where `end` is in sight: what
 * comes below it is not paged through.
 */
export function scrollByPage(scroller: HTMLElement, by: 1 | -1, end?: Element): boolean {
  const from = targets.get(scroller) ?? scroller.scrollTop
  if (by > 0 && end && topWithin(scroller, end) <= from + scroller.clientHeight + 1) return false
  const to = within(scroller, from + by * (scroller.clientHeight - 72))
  if (Math.abs(to - from) < 2) return false
  scrollSmoothly(scroller, to)
  return true
}

/** Scrolls smoothly, or at once where the user prefers no motion. */
export function scrollSmoothly(scroller: HTMLElement, top: number): void {
  const to = within(scroller, top)
  // Without any scrolling no scrollend comes, which takes the target away.
  if (Math.abs(to - scroller.scrollTop) < 1) return void scrollAtOnce(scroller, to)
  targets.set(scroller, to)
  scroller.addEventListener('scrollend', () => targets.delete(scroller), { once: true })
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
  scroller.scrollTo({ top: to, behavior: isStill ? 'instant' : 'smooth' })
}

/** Of an element, from the start of what is scrolled. */
function topWithin(scroller: HTMLElement, element: Element): number {
  return scroller.scrollTop + element.getBoundingClientRect().top - scroller.getBoundingClientRect().top
}

function within(scroller: HTMLElement, top: number): number {
  return Math.max(0, Math.min(scroller.scrollHeight - scroller.clientHeight, top))
}

/** Whether a smooth scroll is under way. */
export function isScrolling(scroller: HTMLElement): boolean {
  return targets.has(scroller)
}

/** Scrolls at once, and ends a smooth scroll under way. */
export function scrollAtOnce(scroller: HTMLElement, top: number): void {
  targets.delete(scroller)
  scroller.scrollTo({ top, behavior: 'instant' })
}
