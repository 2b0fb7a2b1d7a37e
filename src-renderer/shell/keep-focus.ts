/**
 * The focus is never on nothing. What has it may go away: a row, a toast, a pane that is folded, a button that can no longer
 * be pressed; and a press on bare ground takes it from whatever had it. It then goes to the pane it was in, else to another
 * that is in sight, so that the next key does what one sees.
 */
import { focusPane } from '../lib/panes.ts'

const panes = { 'sources-pane': 'sources', 'headlines-pane': 'headlines', 'article-pane': 'article' } as const
type PaneName = (typeof panes)[keyof typeof panes]

/** Watches a page until the function it answers is called. */
export function keepFocus(page: Document): () => void {
  let lastPane: PaneName = 'headlines'
  let wasInPane = false
  let lastInDialog: HTMLElement | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The last key was Tab: it may have led past the last element, or with Shift past the first one. */
  let tabbed: 'forwards' | 'backwards' | null = null

  function remember({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement) || target instanceof HTMLDialogElement) return
    lastInDialog = target.closest('dialog') ? target : null
    const pane = target.closest('#sources-pane, #headlines-pane, #article-pane')
    if (!pane) return
    lastPane = panes[pane.id as keyof typeof panes]
    wasInPane = true
  }

  /** After whatever is going on has put the focus where it wants it. */
  function checkSoon(): void {
    if (hasFocus()) return
    clearTimeout(timer)
    timer = setTimeout(() => !hasFocus() && bringBack())
  }

  /** A dialog itself has it after a press on its bare ground, and no key does anything there. */
  const hasFocus = (): boolean => {
    const { activeElement } = page
    return activeElement !== null && activeElement !== page.body && !(activeElement instanceof HTMLDialogElement)
  }

  function bringBack(): void {
    const dialog = [...page.querySelectorAll('dialog')].findLast(({ open }) => open)
    if (tabbed) {
      goRound(dialog ?? page.body)
      if (hasFocus()) return
    }
    if (dialog) {
      focusFirst([lastInDialog, ...dialog.querySelectorAll<HTMLElement>('[data-autofocus], h2')])
      return
    }
    for (const pane of [lastPane, 'headlines', 'article', 'sources'] as const) {
      focusPane(pane)
      if (hasFocus()) return
    }
    // Before there are panes: the welcome. Where the last feed was taken back, keys go on being keys, and are not typed.
    const field = wasInPane ? null : page.querySelector<HTMLElement>('main [data-autofocus]')
    focusFirst([field, page.querySelector<HTMLElement>('main')])
  }

  /** In a window of its own there is no bar of a browser between the last element and the first. */
  function goRound(within: HTMLElement): void {
    const inOrder = [...within.querySelectorAll<HTMLElement>('*')].filter(
      element => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }),
    )
    focusFirst(tabbed === 'forwards' ? inOrder : inOrder.toReversed())
  }

  function noteKey({ key, shiftKey }: KeyboardEvent): void {
    tabbed = key !== 'Tab' ? null : shiftKey ? 'backwards' : 'forwards'
  }

  function notePointer(): void {
    tabbed = null
  }

  function focusFirst(elements: (HTMLElement | null)[]): void {
    for (const element of elements) {
      element?.focus({ preventScroll: true })
      if (hasFocus()) return
    }
  }

  // Neither is enough: an element that is removed may go without an event, one that is hidden without a change around it.
  const observer = new MutationObserver(checkSoon)
  observer.observe(page.body, { childList: true, subtree: true })
  const watch = new AbortController()
  const { signal } = watch
  page.addEventListener('focusin', remember, { signal })
  page.addEventListener('focusout', checkSoon, { signal })
  page.addEventListener('pointerup', checkSoon, { signal })
  page.addEventListener('keyup', checkSoon, { signal })
  page.addEventListener('keydown', noteKey, { capture: true, signal })
  page.addEventListener('pointerdown', notePointer, { capture: true, signal })
  // Until a key is pressed nobody looks for the ring, and a browser draws it around what a script gives the focus.
  page.documentElement.dataset.noKeyYet = ''
  page.addEventListener('keydown', () => delete page.documentElement.dataset.noKeyYet, {
    once: true,
    capture: true,
    signal,
  })
  checkSoon()
  return () => {
    clearTimeout(timer)
    observer.disconnect()
    watch.abort()
  }
}
