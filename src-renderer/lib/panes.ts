/** The three panes, and moving the focus between them. Each marks the element that takes it with data-pane-focus. */

export type Pane = 'sources' | 'headlines' | 'article'

export function focusPane(pane: Pane): void {
  document.querySelector<HTMLElement>(`[data-pane-focus='${pane}']`)?.focus({ preventScroll: true })
}
