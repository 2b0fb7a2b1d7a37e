/** Links within an article: to a footnote and back, inside the pane that scrolls around the article's frame. */

import { articleIdPrefix } from '../../../src-main/api/model.ts'
import { scrollSmoothly } from '../../lib/scrolling.ts'

/** In px, above the target of a link: room for the sticky toolbar and a line of text. */
const room = 72

type Place = { top: number; element: Element }

/** Follows links within the article shown, and goes back. The frame has no scripts, so the window scrolls. */
export class ArticlePlaces {
  readonly #page: Document
  readonly #scroller: HTMLElement
  #left: Place[] = []

  constructor(page: Document, scroller: HTMLElement) {
    this.#page = page
    this.#scroller = scroller
  }

  /** What a link within the article leads to. */
  targetOf(link: Element): Element | null {
    const name = link.getAttribute('href')?.slice(1) ?? ''
    return this.#page.getElementById(name) ?? this.#page.getElementById(decoded(name))
  }

  /** Scrolls to the target of a link within the article, if there is one. */
  follow(link: Element): void {
    const target = this.targetOf(link)
    if (!target) return
    this.#left.push({ top: this.#scroller.scrollTop, element: link })
    for (let box = target.closest('details'); box; box = box.parentElement?.closest('details') ?? null) box.open = true
    scrollSmoothly(this.#scroller, this.#topOf(target) - room)
    this.#arriveAt(target)
  }

  /** Back to where the last link was; false where none has been followed. */
  goBack(): boolean {
    const place = this.#left.pop()
    if (!place) return false
    scrollSmoothly(this.#scroller, place.top)
    this.#arriveAt(place.element)
    return true
  }

  /** Another article is shown. */
  forget(): void {
    this.#left = []
  }

  #topOf(element: Element): number {
    const frame = this.#page.defaultView?.frameElement
    if (!frame) return 0
    const top = frame.getBoundingClientRect().top + element.getBoundingClientRect().top
    return this.#scroller.scrollTop + top - this.#scroller.getBoundingClientRect().top
  }

  /** The focus goes along, so that a screen reader reads on from there and Tab leads to what follows. */
  #arriveAt(target: Element): void {
    for (const marked of this.#page.querySelectorAll('[data-reached]')) marked.removeAttribute('data-reached')
    target.setAttribute('data-reached', '')
    if (!isHtml(target)) return
    if (!target.matches('a[href], summary, audio, video, [tabindex]')) target.tabIndex = -1
    target.focus({ preventScroll: true })
  }
}

/** Whether a link leads to a place in the article itself. */
export function isWithinArticle(link: Element): boolean {
  return link.getAttribute('href')?.startsWith(`#${articleIdPrefix}`) ?? false
}

/** Not `instanceof`: an element keeps the class of the document it was made in. */
function isHtml(element: Element): element is HTMLElement {
  return 'focus' in element && 'tabIndex' in element
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
