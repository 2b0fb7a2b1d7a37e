/** Remembers where the reader was: in each list, in each article, and for the next start. */
import type { ReadingPlace, View } from '../../src-main/api/model.ts'
import type { EngineClient } from '../../src-main/api/rpc.ts'
import type { Settings } from '../../src-main/api/settings.ts'
import { coalesced } from '../lib/requests.ts'
import type { ListPlace } from '../library/list-place.ts'
import { viewKey } from '../library/view.ts'

/** A list as it was left. */
type LeftList = ListPlace & { articleId: number | null }

/** In ms: a place is written once scrolling rests. */
const rest = 500

export class PlaceMemory {
  readonly #engine: EngineClient
  readonly #lists = new Map<string, LeftList>()
  readonly #within = new Map<number, ReadingPlace>()
  #waiting: Partial<Settings> = {}
  #restTimer: ReturnType<typeof setTimeout> | undefined
  #articleId: number | null = null

  constructor(engine: EngineClient, page: Window) {
    this.#engine = engine
    page.document.addEventListener('visibilitychange', () => this.#keepWithin())
  }

  leaveList(view: View, place: LeftList): void {
    // A search is no place to come back to.
    if (view.kind !== 'search') this.#lists.set(viewKey(view), place)
  }

  list(view: View): LeftList | undefined {
    return this.#lists.get(viewKey(view))
  }

  within(articleId: number): ReadingPlace | null {
    return this.#within.get(articleId) ?? null
  }

  /** The reader has scrolled in an article; null for its beginning. */
  read(articleId: number, place: ReadingPlace | null): void {
    if (place) this.#within.set(articleId, place)
    else this.#within.delete(articleId)
    if (articleId !== this.#articleId) return
    clearTimeout(this.#restTimer)
    this.#restTimer = setTimeout(() => this.#keepWithin(), rest)
  }

  /** What was open when the window was last closed. */
  restore({ lastArticleId, lastArticlePlace }: Settings): void {
    if (lastArticleId !== null && lastArticlePlace) this.#within.set(lastArticleId, lastArticlePlace)
  }

  /** The open article, for the next start; null for none. */
  keepArticle(articleId: number | null): void {
    clearTimeout(this.#restTimer)
    this.#restTimer = undefined
    this.#articleId = articleId
    const lastArticlePlace = articleId === null ? null : this.within(articleId)
    this.keep({ lastArticleId: articleId, lastArticlePlace })
  }

  /** Written at once; while one write is under way only the latest waits. */
  keep(place: Partial<Settings>): void {
    this.#waiting = { ...this.#waiting, ...place }
    void this.#write()
  }

  #keepWithin(): void {
    if (this.#restTimer === undefined) return
    clearTimeout(this.#restTimer)
    this.#restTimer = undefined
    if (this.#articleId !== null) this.keep({ lastArticlePlace: this.within(this.#articleId) })
  }

  readonly #write = coalesced(async () => {
    const latest = this.#waiting
    this.#waiting = {}
    await this.#engine.changeSettings(latest).catch(() => undefined)
  })
}
