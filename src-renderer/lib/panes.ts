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
  const to = within(scroller, from + by * (scroller.clientHeight - 72))
  if (Math.abs(to - from) < 2) return false
  scrollSmoothly(scroller, to)
  return true
}

/** Scrolls as the eye can follow, or at once for who wants no motion. */
export function scrollSmoothly(scroller: HTMLElement, top: number): void {
  const to = within(scroller, top)
  // No scrolling, no end of it.
  if (Math.abs(to - scroller.scrollTop) < 1) return void scrollAtOnce(scroller, to)
  targets.set(scroller, to)
  scroller.addEventListener('scrollend', () => targets.delete(scroller), { once: true })
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
  scroller.scrollTo({ top: to, behavior: isStill ? 'instant' : 'smooth' })
}

function within(scroller: HTMLElement, top: number): number {
  return Math.max(0, Math.min(scroller.scrollHeight - scroller.clientHeight, top))
}

/** It is on its way to somewhere. */
export function isScrolling(scroller: HTMLElement): boolean {
  return targets.has(scroller)
}

/** Scrolls at once, in place of whatever scrolling is under way. */
export function scrollAtOnce(scroller: HTMLElement, top: number): void {
  targets.delete(scroller)
  scroller.scrollTo({ top, behavior: 'instant' })
}
