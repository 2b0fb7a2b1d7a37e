/**
 * Footnotes at their references: a link to a note within the article shows the note where it is referred to. The frame has no
 * scripts; its document is changed from here.
 */
import { words } from '../../messages/reading/article-text.ts'
import { type ArticlePlaces, isWithinArticle } from './article-places.ts'

/** What a reference looks like: 1, [12], *, †, (a). */
const mark = /^[[({]?\s*(?:\d{1,4}|\p{L}{1,3}|[*†‡§¶#]{1,4}|note\s?\d*)\s*[\])}]?$/iu
/** What leads back from a note. */
const arrow = /^[\s[(]*(?:[↩↑↵⤴⬆^⇡←⏎]\uFE0E?\uFE0F?|back)[\s\])]*$/iu
/** A longer one is a section. */
const longest = 4_000
/** In px, between the reference and its note. */
const gap = 8
const blocks = 'li, p, dd, td, aside, blockquote, div, section'

type Shown = { link: HTMLElement; box: HTMLElement; listening: AbortController }

export class Notes {
  readonly #page: Document
  readonly #scroller: HTMLElement
  readonly #places: ArticlePlaces
  #shown: Shown | null = null

  constructor(page: Document, scroller: HTMLElement, places: ArticlePlaces) {
    this.#page = page
    this.#scroller = scroller
    this.#places = places
  }

  /** Another text is in the page: marks what refers to a note. */
  begin(): void {
    this.#shown = null
    for (const link of this.#page.querySelectorAll<HTMLElement>('a[href]')) {
      if (!isWithinArticle(link) || !this.#noteOf(link)) continue
      link.setAttribute('aria-haspopup', 'dialog')
      link.dataset.note = ''
    }
  }

  /** Shows the note that a link refers to, or closes it where it is shown; false where the link refers to none. */
  toggle(link: HTMLElement): boolean {
    const wasShown = this.#shown?.link === link
    this.close({ givesFocusBack: wasShown })
    if (wasShown) return true
    const note = link.dataset.note === undefined ? null : this.#noteOf(link)
    if (note) this.#show(link, note)
    return note !== null
  }

  close({ givesFocusBack }: { givesFocusBack: boolean }): void {
    const shown = this.#shown
    if (!shown) return
    this.#shown = null
    shown.listening.abort()
    if (givesFocusBack) shown.link.focus({ preventScroll: true })
    shown.box.remove()
    shown.link.removeAttribute('aria-expanded')
  }

  #noteOf(link: Element): Element | null {
    if (!mark.test(link.textContent?.trim() ?? '')) return null
    const target = this.#places.targetOf(link)
    if (!target || !isAfter(target, link)) return null
    const note = hasText(target) && target.matches(blocks) ? target : target.closest(blocks)
    if (!note || note.contains(link)) return null
    const length = note.textContent?.trim().length ?? 0
    return length > 0 && length <= longest ? note : null
  }

  #show(link: HTMLElement, note: Element): void {
    const box = this.#boxOf(link, note)
    const listening = new AbortController()
    this.#shown = { link, box, listening }
    // After the paragraph, so that Tab goes on where the reader is.
    let block: Element = link
    while (block.parentElement && block.parentElement !== this.#page.body) block = block.parentElement
    block.after(box)
    link.setAttribute('aria-expanded', 'true')
    this.#put(box, link)
    box.focus({ preventScroll: true })
    this.#listen(box, link, listening.signal)
  }

  #boxOf(link: HTMLElement, note: Element): HTMLElement {
    const box = this.#page.createElement('div')
    box.className = 'note'
    box.tabIndex = -1
    box.setAttribute('role', 'dialog')
    box.setAttribute('aria-label', `${words.text.note} ${link.textContent?.trim() ?? ''}`)
    const text = this.#page.createElement('div')
    text.className = 'note-text'
    text.append(...textOf(note, link, back => this.#places.targetOf(back)))
    const foot = this.#page.createElement('p')
    foot.className = 'note-foot'
    const go = this.#button(words.text.toNote, () => {
      this.close({ givesFocusBack: false })
      this.#places.follow(link)
    })
    foot.append(
      go,
      this.#button(words.text.closeNote, () => this.close({ givesFocusBack: true })),
    )
    box.append(text, foot)
    return box
  }

  #button(name: string, act: () => void): HTMLButtonElement {
    const button = this.#page.createElement('button')
    button.type = 'button'
    button.textContent = name
    button.addEventListener('click', act)
    return button
  }

  /** Below the reference, or above it where there is no room: in sight, and within the frame, which is as high as the text. */
  #put(box: HTMLElement, link: HTMLElement): void {
    const at = link.getBoundingClientRect()
    const body = this.#page.body.getBoundingClientRect()
    const frame = this.#page.defaultView?.frameElement?.getBoundingClientRect()
    const { width, height } = box.getBoundingClientRect()
    const left = Math.min(Math.max(0, at.left + at.width / 2 - width / 2 - body.left), Math.max(0, body.width - width))
    const end = Math.min(body.bottom, this.#scroller.getBoundingClientRect().bottom - (frame?.top ?? 0))
    const fitsBelow = at.bottom + gap + height <= end
    const top = fitsBelow ? at.bottom + gap : Math.max(0, at.top - gap - height)
    box.style.insetInlineStart = 'auto'
    box.style.left = `${left}px`
    box.style.top = `${top - body.top}px`
  }

  #listen(box: HTMLElement, link: HTMLElement, signal: AbortSignal): void {
    const isOutside = (target: EventTarget | null) =>
      target !== null && !box.contains(target as Node) && !link.contains(target as Node)
    const onpress = ({ target }: Event) => isOutside(target) && this.close({ givesFocusBack: false })
    this.#page.addEventListener('pointerdown', onpress, { signal })
    this.#scroller.ownerDocument.addEventListener('pointerdown', onpress, { signal })
    box.addEventListener(
      'focusout',
      ({ relatedTarget }) => isOutside(relatedTarget) && this.close({ givesFocusBack: false }),
      { signal },
    )
    // Before the window hears of it, where Escape leads back to the headlines.
    this.#page.addEventListener(
      'keydown',
      event => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopImmediatePropagation()
        this.close({ givesFocusBack: true })
      },
      { signal, capture: true },
    )
  }
}

/** The words of a note, without its number's anchor and the way back. */
function textOf(note: Element, link: Element, targetOf: (link: Element) => Element | null): Node[] {
  const leadsBack = [...note.querySelectorAll('a[href]')].map(one => {
    if (!isWithinArticle(one)) return false
    const target = targetOf(one)
    return arrow.test(one.textContent ?? '') || (target !== null && (target.contains(link) || link.contains(target)))
  })
  const copy = note.cloneNode(true) as Element
  const links = [...copy.querySelectorAll('a[href]')]
  for (const [index, one] of links.entries()) if (leadsBack[index]) one.remove()
  for (const named of copy.querySelectorAll('[id]')) named.removeAttribute('id')
  for (const reached of copy.querySelectorAll('[data-reached]')) reached.removeAttribute('data-reached')
  return [...copy.childNodes]
}

function hasText(element: Element): boolean {
  return (element.textContent ?? '').trim() !== ''
}

function isAfter(target: Element, link: Element): boolean {
  return (link.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
}
