/**
 * Which part of an article stands at the top of its pane, as a block of text instead of pixels: the place holds
 * when the pane's width, the type's size or the text around it changes, and while pictures above it load.
 */
import type { ReadingPlace } from '../../src-main/api/model.ts'
import { isScrolling, scrollAtOnce } from '../lib/scrolling.ts'

/** In px: the toolbar covers the top of the pane. */
const covered = 48
const blockNames = 'p, li, h1, h2, h3, h4, h5, h6, pre, blockquote, figure, img, tr, dt, dd, hr, table, video, audio'
/** Characters of a block by which it is found again after the article was edited. */
const knownBy = 80

/** Follows where one article is read, and keeps it there while its layout changes. */
export class PlaceKeeper {
  readonly #page: Document
  readonly #scroller: HTMLElement
  readonly #onplace: (place: ReadingPlace | null) => void
  readonly #listening = new AbortController()
  #blocks: Element[] = []
  #place: ReadingPlace | null = null
  /** scrollTop when the place was last applied or taken; any other value comes from the reader's scrolling. */
  #stoodAt = 0
  #isTaking = false

  constructor(page: Document, scroller: HTMLElement, onplace: (place: ReadingPlace | null) => void) {
    this.#page = page
    this.#scroller = scroller
    this.#onplace = onplace
    scroller.addEventListener('scroll', () => this.#onscroll(), this.#listening)
  }

  /** Another article, or another text of it, is in the page; null for its beginning. */
  begin(place: ReadingPlace | null): void {
    this.#blocks = [...this.#page.body.querySelectorAll(blockNames)]
    this.#place = place
    this.#apply()
  }

  /** The layout has changed: scrolls back to the place. */
  hold(): void {
    // Scrolling is taken in the next frame; until then the place is an old one.
    if (!isScrolling(this.#scroller) && !this.#isTaking) this.#apply()
  }

  stop(): void {
    this.#listening.abort()
  }

  #apply(): void {
    const top = this.#place ? this.#topOf(this.#place) : 0
    if (Math.abs(top - this.#scroller.scrollTop) >= 1) scrollAtOnce(this.#scroller, top)
    this.#stoodAt = this.#scroller.scrollTop
  }

  #onscroll(): void {
    if (!this.#hasMoved || this.#isTaking) return
    this.#isTaking = true
    requestAnimationFrame(() => {
      this.#isTaking = false
      if (this.#hasMoved) this.#take()
    })
  }

  get #hasMoved(): boolean {
    return Math.abs(this.#scroller.scrollTop - this.#stoodAt) >= 1
  }

  #take(): void {
    this.#stoodAt = this.#scroller.scrollTop
    this.#place = this.#placeNow()
    this.#onplace(this.#place)
  }

  #placeNow(): ReadingPlace | null {
    const { scrollTop } = this.#scroller
    if (scrollTop < 1) return null
    const line = scrollTop + covered - this.#frameTop
    const block = line > 0 ? this.#blockAt(line) : -1
    const element = this.#blocks[block]
    if (!element) return { block: -1, text: '', offset: scrollTop }
    const { top, height } = element.getBoundingClientRect()
    return { block, text: textOf(element), offset: (line - top) / Math.max(1, height) }
  }

  /** The last block that begins at or above a line; -1 for none. */
  #blockAt(line: number): number {
    let low = 0
    let high = this.#blocks.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#blocks[middle]!.getBoundingClientRect().top <= line) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  #topOf({ block, text, offset }: ReadingPlace): number {
    if (block < 0) return offset
    const there = this.#blocks[block]
    const element =
      there && textOf(there) === text ? there : (this.#blocks.find(other => textOf(other) === text) ?? there)
    if (!element) return 0
    const { top, height } = element.getBoundingClientRect()
    return Math.max(0, this.#frameTop + top + offset * Math.max(1, height) - covered)
  }

  /** Of the frame, from the start of what the pane scrolls. */
  get #frameTop(): number {
    const frame = this.#page.defaultView?.frameElement
    if (!frame) return 0
    const { top } = frame.getBoundingClientRect()
    return this.#scroller.scrollTop + top - this.#scroller.getBoundingClientRect().top
  }
}

function textOf(element: Element): string {
  return (element.textContent ?? '').trim().slice(0, knownBy)
}
