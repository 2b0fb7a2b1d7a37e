/** How many panes fit, and which of them is in front. */
import type { Pane } from '../lib/panes.ts'

/**
 * three: all side by side. two: the sources and the list, and once an article is open the list and the article, with the
 * sources over the list when they are asked for. one: a pane at a time, with a way back.
 */
type LayoutMode = 'three' | 'two' | 'one'

/** What the layout depends on beside the width. */
type Shown = { isArticleOpen: () => boolean; isSourcesHidden: () => boolean; isFrontPage: () => boolean }

export class Layout {
  mode = $state<LayoutMode>('three')
  /** The pane in front where only one fits. */
  pane = $state<Pane>('headlines')
  /** The sources lie over the list (two panes only). */
  isDrawerOpen = $state(false)
  /** The list is folded away beside a long read. */
  isListHidden = $state(false)
  readonly #shown: Shown

  constructor(page: Window, shown: Shown) {
    this.#shown = shown
    const wide = page.matchMedia('(min-width: 1000px)')
    const middle = page.matchMedia('(min-width: 640px)')
    const measure = () => {
      this.mode = wide.matches ? 'three' : middle.matches ? 'two' : 'one'
      this.isDrawerOpen = false
    }
    wide.addEventListener('change', measure)
    middle.addEventListener('change', measure)
    measure()
  }

  /** There is room for the sources beside the list, whether they are shown or hidden. */
  get hasRoomForSources(): boolean {
    if (this.mode === 'two') return !this.#shown.isArticleOpen() && !this.isListHidden
    return this.mode === 'three'
  }

  get areSourcesBeside(): boolean {
    return this.hasRoomForSources && !this.#shown.isSourcesHidden()
  }

  /** The front page stands in the place of the list and of the article. */
  get isFrontPage(): boolean {
    return this.#shown.isFrontPage()
  }

  get isArticleBeside(): boolean {
    return this.hasRoomForArticle && !this.isFrontPage
  }

  /** In two panes the sources have the article's room until one is opened. */
  get hasRoomForArticle(): boolean {
    return this.mode === 'three' || (this.mode === 'two' && !this.areSourcesBeside)
  }

  /** Brings a pane into sight. */
  reveal(pane: Pane): void {
    this.pane = pane
    this.isDrawerOpen = this.mode === 'two' && pane === 'sources' && !this.hasRoomForSources
    if (pane === 'headlines') this.isListHidden = false
  }
}
