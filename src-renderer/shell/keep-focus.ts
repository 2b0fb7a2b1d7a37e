/**
 * The focus is never on nothing. The element that has it may go away: a row, a toast, a folded pane, a button that gets
 * disabled; and a press on bare ground takes it from any element. It then goes to the pane it was in, else to another one in
 * sight, so that the next key does what one sees.
 */
import { focusPane, type Pane } from '../lib/panes.ts'

const panes: Record<string, Pane> = {
  'sources-pane': 'sources',
  'headlines-pane': 'headlines',
  'article-pane': 'article',
}
const paneSelector = Object.keys(panes)
  .map(id => `#${id}`)
  .join()

/** Watches a page until the answered function is called. */
export function keepFocus(page: Document): () => void {
  const keeper = new FocusKeeper(page)
  return () => keeper.stop()
}

class FocusKeeper {
  readonly #page: Document
  readonly #listening = new AbortController()
  readonly #observer = new MutationObserver(() => this.#checkSoon())
  #timer: ReturnType<typeof setTimeout> | undefined
  #lastPane: Pane = 'headlines'
  #wasInPane = false
  #lastInDialog: HTMLElement | null = null
  /** The last key was Tab: it may have led past the last element, or with Shift past the first one. */
  #tabbed: 'forwards' | 'backwards' | null = null

  constructor(page: Document) {
    this.#page = page
    const { signal } = this.#listening
    // Neither is enough: an element that is removed may go without an event, one that is hidden without a change around it.
    this.#observer.observe(page.body, { childList: true, subtree: true })
    for (const event of ['focusout', 'pointerup', 'keyup']) {
      page.addEventListener(event, () => this.#checkSoon(), { signal })
    }
    page.addEventListener('focusin', event => this.#remember(event), { signal })
    page.addEventListener('keydown', event => this.#noteKey(event), { capture: true, signal })
    page.addEventListener('pointerdown', () => (this.#tabbed = null), { capture: true, signal })
    hideRingUntilKey(page, signal)
    this.#checkSoon()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#observer.disconnect()
    this.#listening.abort()
  }

  #remember({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement) || target instanceof HTMLDialogElement) return
    this.#lastInDialog = target.closest('dialog') ? target : null
    const pane = panes[target.closest(paneSelector)?.id ?? '']
    if (!pane) return
    this.#lastPane = pane
    this.#wasInPane = true
  }

  #noteKey({ key, shiftKey }: KeyboardEvent): void {
    this.#tabbed = key !== 'Tab' ? null : shiftKey ? 'backwards' : 'forwards'
  }

  /** After everything under way has put the focus where it wants it. */
  #checkSoon(): void {
    if (this.#hasFocus()) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (!this.#hasFocus()) this.#bringBack()
    })
  }

  /** A dialog itself has it after a press on its bare ground, and no key does anything there. */
  #hasFocus(): boolean {
    const { activeElement, body } = this.#page
    return activeElement !== null && activeElement !== body && !(activeElement instanceof HTMLDialogElement)
  }

  #bringBack(): void {
    const dialog = [...this.#page.querySelectorAll('dialog')].findLast(({ open }) => open)
    if (this.#tabbed) {
      this.#goRound(dialog ?? this.#page.body)
      if (this.#hasFocus()) return
    }
    if (dialog) this.#focusFirst([this.#lastInDialog, ...dialog.querySelectorAll<HTMLElement>('[data-autofocus], h2')])
    else this.#focusPage()
  }

  #focusPage(): void {
    for (const pane of [this.#lastPane, 'headlines', 'article', 'sources'] as const) {
      focusPane(pane)
      if (this.#hasFocus()) return
    }
    // Before there are panes: the welcome. Where the last feed was taken back, keys go on being keys, and are not typed.
    const field = this.#wasInPane ? null : this.#page.querySelector<HTMLElement>('main [data-autofocus]')
    this.#focusFirst([field, this.#page.querySelector<HTMLElement>('main')])
  }

  /** In a window of its own there is no bar of a browser between the last element and the first. */
  #goRound(within: HTMLElement): void {
    const inOrder = [...within.querySelectorAll<HTMLElement>('*')].filter(
      element => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }),
    )
    this.#focusFirst(this.#tabbed === 'forwards' ? inOrder : inOrder.toReversed())
  }

  #focusFirst(elements: (HTMLElement | null)[]): void {
    for (const element of elements) {
      element?.focus({ preventScroll: true })
      if (this.#hasFocus()) return
    }
  }
}

/** Until a key is pressed nobody looks for the focus ring, and a browser draws it around what a script gives the focus. */
function hideRingUntilKey(page: Document, signal: AbortSignal): void {
  const { dataset } = page.documentElement
  dataset.noKeyYet = ''
  page.addEventListener('keydown', () => delete dataset.noKeyYet, { once: true, capture: true, signal })
}
