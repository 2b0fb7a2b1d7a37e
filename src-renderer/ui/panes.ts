/** Moving between and within the panes. Each marks the element that takes the focus with data-pane-focus. */
import type { Pane } from '../state/layout.svelte.ts'

export function focusPane(pane: Pane): void {
  document.querySelector<HTMLElement>(`[data-pane-focus='${pane}']`)?.focus({ preventScroll: true })
}

/** Scrolls by a page less two lines, so that the eye finds its place; false at the end. */
export function scrollByPage(scroller: HTMLElement, by: 1 | -1): boolean {
  const room = by > 0 ? scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop : scroller.scrollTop
  if (room < 2) return false
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
  scroller.scrollBy({ top: by * (scroller.clientHeight - 72), behavior: calm ? 'instant' : 'smooth' })
  return true
}
