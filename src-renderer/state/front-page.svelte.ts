/**
 * The front page of Trending, which has the place of the list and of the article until one is opened. Then the list is back,
 * and the page can be returned to as it was left.
 */
import type { View } from '../../src-main/api/model.ts'
import type { Headlines } from '../library/headlines.svelte.ts'
import type { Reader } from '../library/reader.svelte.ts'
import type { OpenStory } from '../library/stories/open-story.svelte.ts'
import type { Layout } from './layout.svelte.ts'
import type { SettingsState } from './settings.svelte.ts'

type Parts = {
  headlines: Headlines
  reader: Reader
  story: OpenStory
  layout: Layout
  settings: SettingsState
}

export class FrontPage {
  /** How far it was scrolled, in px. */
  scrollTop = 0
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Whether a view is shown as a front page. */
  isOf(view: View): boolean {
    return view.kind === 'trending' && this.#parts.settings.current.trendingAs === 'page'
  }

  get isShown(): boolean {
    const { headlines, layout } = this.#parts
    return this.isOf(headlines.view) && (layout.mode === 'one' || !this.#isOtherOpen)
  }

  /** An article or a story was opened from it. Where one pane fits, it is behind that, and not gone. */
  get isLeft(): boolean {
    return this.isOf(this.#parts.headlines.view) && !this.isShown
  }

  get #isOtherOpen(): boolean {
    return this.#parts.reader.isOpen || this.#parts.story.isOpen
  }
}
