/** Moving between and within the panes. Each marks the element that takes the focus with data-pane-focus. */
import type { Pane } from '../state/layout.svelte.ts'

export function focusPane(pane: Pane): void {
  document.querySelector<HTMLElement>(`[data-pane-focus='${pane}']`)?.focus({ preventScroll: true })
}

/** Where a pane is being scrolled to, smoothly: the next page begins there, not where the pane happens to be. */
const targets = new WeakMap<HTMLElement, number>()

/** Scrolls by a page less two lines, so that the eye finds its place; false at the end. */
export function scrollByPage(scroller: HTMLElement, by: 1 | -1): boolean {
  const from = targets.get(scroller) ?? scroller.scrollTop
  const last = scroller.scrollHeight - scroller.clientHeight
  const to = Math.max(0, Math.min(last, from + by * (scroller.clientHeight - 72)))
  if (Math.abs(to - from) < 2) return false
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  if (!isCalm) {
    targets.set(scroller, to)
    scroller.addEventListener('scrollend', () => targets.delete(scroller), { once: true })
  }
  scroller.scrollTo({ top: to, behavior: isCalm ? 'instant' : 'smooth' })
  return true
}

/** Scrolls at once, in place of whatever scrolling is under way. */
export function scrollAtOnce(scroller: HTMLElement, top: number): void {
  targets.delete(scroller)
  scroller.scrollTo({ top, behavior: 'instant' })
}
