/** Remembers where the reader was: in each list, in each article, and for the next start. */
import type { Input } from '../../src-main/api/contract/contract.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { LastPlace, ReadingPlace, View } from '../../src-main/api/model.ts'
import type { ListPlace } from '../library/list-place.ts'
import { isPassing, viewKey } from '../library/view.ts'

/** A list as it was left. */
export type LeftList = ListPlace & { articleId: number | null }

/** In ms: what is not urgent is written once scrolling rests, in one message, or with the article that is opened next. */
const rest = 500

export class PlaceMemory {
  readonly #engine: EngineClient
  readonly #lists = new Map<string, LeftList>()
  readonly #within = new Map<number, ReadingPlace>()
  #articleId: number | null = null
  /** What of the open article is to be written when it rests. */
  #waiting: Pick<Input<'keepPlace'>, 'within' | 'drawnId'> = {}
  #restTimer: ReturnType<typeof setTimeout> | undefined

  constructor(engine: EngineClient, page: Window) {
    this.#engine = engine
    page.document.addEventListener('visibilitychange', () => this.#keepWaiting())
  }

  leaveList(view: View, place: LeftList): void {
    // A search or a category is no place to come back to.
    if (!isPassing(view)) this.#lists.set(viewKey(view), place)
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
    this.#keepSoon(articleId, { within: place })
  }

  /** The open article is drawn, or not to be: until that is said, it may be why the window ends. */
  drawn(articleId: number): void {
    this.#keepSoon(articleId, { drawnId: articleId })
  }

  /** What was open when the window was last closed. */
  restore({ articleId, within }: LastPlace): void {
    if (articleId !== null && within) this.#within.set(articleId, within)
  }

  /** The engine has been asked to open an article, and notes it and how far it was read. */
  opened(articleId: number): void {
    this.#forgetWaiting()
    this.#articleId = articleId
  }

  /** Another list is shown, and no article. */
  keepView(view: View): void {
    this.#close({ view })
  }

  /** No article is open. */
  closed(): void {
    this.#close({})
  }

  #close(also: { view?: View }): void {
    this.#forgetWaiting()
    this.#articleId = null
    this.#keep({ ...also, articleId: null, within: null })
  }

  #keepSoon(articleId: number, change: Input<'keepPlace'>): void {
    if (articleId !== this.#articleId) return
    Object.assign(this.#waiting, change)
    clearTimeout(this.#restTimer)
    this.#restTimer = setTimeout(() => this.#keepWaiting(), rest)
  }

  #keepWaiting(): void {
    if (this.#restTimer === undefined) return
    const waiting = this.#waiting
    this.#forgetWaiting()
    this.#keep(waiting)
  }

  #forgetWaiting(): void {
    clearTimeout(this.#restTimer)
    this.#restTimer = undefined
    this.#waiting = {}
  }

  /** A disk that takes no write says so elsewhere. */
  #keep(change: Input<'keepPlace'>): void {
    void this.#engine.keepPlace(change).catch(() => undefined)
  }
}
