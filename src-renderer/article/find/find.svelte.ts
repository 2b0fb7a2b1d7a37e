/**
 * Finding words in the open article, and marking those of the search that led to it. The marks are highlights of the frame's
 * document (CSS Custom Highlight API): no element of the article changes.
 */
import { findIn } from '../../../src-main/api/search/find.ts'
import { matchesIn, wantedIn } from '../../../src-main/api/search/matches.ts'
import { scrollAtOnce, scrollSmoothly } from '../../lib/scrolling.ts'
import { PageText } from './page-text.ts'

/** In words of the search, as many marks as help; a word like 'the' stands everywhere. */
const mostMarks = 2_000

type Frame = { page: Document; scroller: HTMLElement }

export class ArticleFind {
  isOpen = $state(false)
  typed = $state('')
  /** How many places were found: of what is typed, else of the words of the search. */
  count = $state(0)
  /** Counted from 1; 0 where none has been gone to yet. */
  current = $state(0)
  /** How many places the words of the search have. */
  searchedCount = $state(0)
  #frame: Frame | null = null
  #searchText = ''
  #searched: Range[] = []
  #found: Range[] = []
  /** The scroll position before finding. */
  #left: number | null = null

  /** Another text is in the frame, or another search led to it; '' where none did. */
  begin(frame: Frame, searchText: string): void {
    this.#frame = frame
    this.#searchText = searchText
    this.#left = null
    this.#mark()
  }

  open(): void {
    if (!this.isOpen) this.#left = this.#frame?.scroller.scrollTop ?? null
    this.isOpen = true
    this.#mark()
  }

  /** Closes; back to where the reader was, or not. */
  close(isBack: boolean): void {
    this.isOpen = false
    if (isBack && this.#left !== null && this.#frame) scrollAtOnce(this.#frame.scroller, this.#left)
    this.#left = null
    this.#mark()
  }

  /** Something else was typed: the first place from what is in sight on. */
  type(typed: string): void {
    this.typed = typed
    this.#mark()
    if (this.#found.length > 0) this.#goTo(this.#firstInSight())
  }

  step(by: 1 | -1): void {
    const { length } = this.#found
    if (length === 0) return
    if (this.current === 0) this.#goTo(by > 0 ? this.#firstInSight() : length - 1)
    else this.#goTo((this.current - 1 + by + length) % length)
  }

  #mark(): void {
    if (!this.#frame) return
    const isTyped = this.isOpen && this.typed.trim() !== ''
    this.#searched = []
    this.#found = []
    if (isTyped || this.#searchText !== '') {
      const text = new PageText(this.#frame.page)
      this.#searched = [...searchedIn(text.text, this.#searchText)].map(span => text.rangeOf(span))
      this.#found = isTyped ? findIn(text.text, this.typed).map(span => text.rangeOf(span)) : this.#searched
    }
    this.searchedCount = this.#searched.length
    this.count = this.#found.length
    this.current = 0
    this.#paint('find-searched', this.#searched)
    this.#paint('find-found', isTyped ? this.#found : [])
    this.#paint('find-current', [])
  }

  #goTo(index: number): void {
    const range = this.#found[index]
    if (!range || !this.#frame) return
    const { scroller } = this.#frame
    this.current = index + 1
    this.#paint('find-current', [range])
    const element = range.startContainer.parentElement
    let isUnfolded = false
    for (let box = element?.closest('details'); box; box = box.parentElement?.closest('details')) {
      isUnfolded ||= !box.open
      box.open = true
    }
    // A third from the top: there is room for what was said before it.
    const show = () => scrollSmoothly(scroller, this.#topOf(range) - scroller.clientHeight / 3)
    // The frame is as high as its text in the next frame but one: till then the place may lie beyond the end.
    if (isUnfolded) requestAnimationFrame(() => requestAnimationFrame(show))
    else show()
  }

  #firstInSight(): number {
    const top = this.#frame?.scroller.scrollTop ?? 0
    const index = this.#found.findIndex(range => this.#topOf(range) >= top)
    return Math.max(0, index)
  }

  /** Of a range, from the start of what the pane scrolls. */
  #topOf(range: Range): number {
    const { page, scroller } = this.#frame!
    const frameTop = page.defaultView?.frameElement?.getBoundingClientRect().top ?? 0
    return scroller.scrollTop + frameTop + range.getBoundingClientRect().top - scroller.getBoundingClientRect().top
  }

  #paint(name: 'find-searched' | 'find-found' | 'find-current', ranges: Range[]): void {
    const view = this.#frame?.page.defaultView as (Window & typeof globalThis) | null | undefined
    // A browser without it still counts and steps.
    if (!view || !('highlights' in view.CSS)) return
    if (ranges.length === 0) return void view.CSS.highlights.delete(name)
    const highlight = new view.Highlight(...ranges)
    highlight.priority = ['find-searched', 'find-found', 'find-current'].indexOf(name)
    view.CSS.highlights.set(name, highlight)
  }
}

function* searchedIn(text: string, searchText: string) {
  if (searchText === '') return
  let count = 0
  for (const span of matchesIn(text, wantedIn(searchText))) {
    if (count++ >= mostMarks) return
    yield span
  }
}
