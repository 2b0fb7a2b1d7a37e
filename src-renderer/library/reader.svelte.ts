/** The article pane: which article is open. */
import { SvelteSet } from 'svelte/reactivity'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { Article } from '../../src-main/api/model.ts'
import { LatestOnly } from '../lib/requests.ts'
import { idle, wait } from '../lib/wait.ts'
import { Prefetched } from './prefetched.ts'

type ReaderStatus = 'none' | 'loading' | 'ready' | 'gone' | 'failed'

export class Reader {
  article = $state.raw<Article | null>(null)
  status = $state<ReaderStatus>('none')
  /** The article was opened from below another one, and need not be in the list: what is selected there is another. */
  isAside = $state(false)
  /** Its publisher has changed the article while it was open: what is shown is what it said before. */
  isOutdated = $state(false)
  readonly #engine: EngineClient
  readonly #requests = new LatestOnly()
  readonly #prefetched: Prefetched
  #wantedId: number | null = null
  /** Articles whose pictures the reader has asked for; remembered while the window is open. */
  readonly #illustrated = new SvelteSet<number>()

  constructor(engine: EngineClient, whenIdle = idle) {
    this.#engine = engine
    this.#prefetched = new Prefetched(engine, whenIdle)
    engine.on('articles-changed', ({ articleIds, isRead, isSaved }) => {
      const { article } = this
      if (!article || !articleIds.includes(article.id)) return
      this.article = { ...article, isRead: isRead ?? article.isRead, isSaved: isSaved ?? article.isSaved }
      if (isSaved) this.#keepPictures()
    })
    engine.on('stories-changed', ({ articles }) => {
      const changed = articles.find(({ id }) => id === this.article?.id)
      if (this.article && changed) this.article = { ...this.article, story: changed.story ?? undefined }
    })
    engine.on('articles-arrived', ({ editedIds }) => {
      if (this.article && editedIds.includes(this.article.id)) this.isOutdated = true
    })
    engine.on('all-changed', () => void this.#refreshState())
    engine.on('full-text-changed', ({ articleId }) => void this.#refreshText(articleId))
  }

  /**
   * Opens an article; the one shown stays until it has arrived, unless it was prefetched. `fetch`: where it is more than read.
   */
  async open(id: number, fetch = () => this.#engine.article({ id })): Promise<void> {
    const isLatest = this.#requests.begin()
    this.#wantedId = id
    this.status = 'loading'
    try {
      const answer = fetch()
      void this.#showPrefetched(id, isLatest)
      const article = await answer
      if (!isLatest()) return
      this.article = article
      this.isOutdated = false
      this.status = article ? 'ready' : 'gone'
    } catch {
      if (isLatest()) this.status = 'failed'
    }
  }

  async #showPrefetched(id: number, isLatest: () => boolean): Promise<void> {
    const article = this.#prefetched.get(id)
    if (!article) return
    // Once the engine has been asked: what may hang while it is drawn is known to it before.
    await wait(0)
    if (!isLatest() || this.status !== 'loading') return
    this.article = article
    this.isOutdated = false
    this.status = 'ready'
  }

  /** Fetches articles that are likely to be opened next. */
  prefetch(ids: number[]): Promise<void> {
    return this.#prefetched.want(ids, this.article)
  }

  /** Whether the pictures of the open article are loaded. */
  get showsPictures(): boolean {
    const { article } = this
    if (!article || article.reading.pictures === 'never') return false
    return article.reading.pictures === 'load' || this.#illustrated.has(article.id)
  }

  /** Loads the pictures of the open article, where the reader was to be asked. */
  loadPictures(): void {
    if (!this.article) return
    this.#illustrated.add(this.article.id)
    this.#keepPictures()
  }

  /** Those that the reader asked for stay with a saved article. That they could not be kept is tried again by none, and no word. */
  #keepPictures(): void {
    const { article } = this
    if (!article?.isSaved || !this.#illustrated.has(article.id)) return
    this.#engine.keepPictures({ articleId: article.id }).catch(() => undefined)
  }

  get isOpen(): boolean {
    return this.status !== 'none'
  }

  /** The article that is open or being fetched. */
  get openId(): number | null {
    return this.#wantedId
  }

  retry(): void {
    if (this.#wantedId !== null) void this.open(this.#wantedId)
  }

  /**
   * How articles are read is about to be another: what was prefetched says how they were, and one that is opened before the
   * engine tells of the change would load its pictures although they were just turned off.
   */
  forgetPrefetched(): void {
    this.#prefetched.forget()
  }

  /** After the connection was lost: the article may have changed, or be there no more. */
  async reload(): Promise<void> {
    const id = this.#wantedId
    this.#prefetched.forget()
    if (id === null) return
    if (this.status !== 'ready') return this.open(id)
    const isLatest = this.#requests.begin()
    const now = await this.#engine.article({ id })
    if (!isLatest()) return
    if (!now) this.status = 'gone'
    this.article = now
    this.isOutdated = false
  }

  close(): void {
    this.#requests.cancel()
    this.#wantedId = null
    this.article = null
    this.isAside = false
    this.isOutdated = false
    this.status = 'none'
  }

  /** Another text of the open article is there, or is shown. */
  async #refreshText(articleId: number): Promise<void> {
    if (this.article?.id !== articleId) return
    const isLatest = this.#requests.current()
    const now = await this.#engine.article({ id: articleId })
    if (!now || !isLatest() || this.article?.id !== articleId) return
    this.article = now
    this.isOutdated = false
  }

  /** Many articles changed at once, or how they are read: what is so of this one now? Its text stays as it is, under the reader's eyes. */
  async #refreshState(): Promise<void> {
    const { article } = this
    if (!article) return
    const now = await this.#engine.article({ id: article.id })
    if (!now || this.article?.id !== now.id) return
    const { html, title, editedAt, lastEditAt } = this.article
    this.article = { ...now, html, title, editedAt, lastEditAt }
  }
}
