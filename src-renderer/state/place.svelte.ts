/** Where the reader is in the window: which list is shown, which article is open, and going from one to the next. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { type Article, firstPlace, type HeadlineRow, type LastPlace, type View } from '../../src-main/api/model.ts'
import type { Pane } from '../lib/panes.ts'
import { articleName } from '../library/article-name.ts'
import type { Headlines } from '../library/headlines.svelte.ts'
import type { Reader } from '../library/reader.svelte.ts'
import type { Sources } from '../library/sources.svelte.ts'
import type { OpenStory } from '../library/stories/open-story.svelte.ts'
import { isPassing, isSameView } from '../library/view.ts'
import { words } from '../messages/article.ts'
import type { Actions } from './actions.ts'
import type { FrontPage } from './front-page.svelte.ts'
import type { Layout } from './layout.svelte.ts'
import type { LeftList, PlaceMemory } from './place-memory.ts'
import type { RefreshOffer } from './refresh-offer.ts'
import { Showing } from './showing.ts'
import type { Toasts } from './toasts.svelte.ts'

type Parts = {
  engine: EngineClient
  actions: Actions
  sources: Sources
  headlines: Headlines
  reader: Reader
  story: OpenStory
  layout: Layout
  frontPage: FrontPage
  placeMemory: PlaceMemory
  refreshOffer: RefreshOffer
  toasts: Toasts
}

type LeftArticle = { id: number; name: string }
/** A list that led to a search or a category, as it was left; `pane` was in front. */
type Way = { view: View; left: LeftList | undefined; pane: Pane }

export class Place {
  /** What is typed in the search box. */
  searchText = $state('')
  /** The way back from a search or a category; the first list on it is of a source. */
  #ways = $state.raw<Way[]>([])
  readonly #parts: Parts
  readonly #showing = new Showing()
  #opening: Promise<void> = Promise.resolve()
  /** Articles from below which another was opened, the last one at the end. */
  #left = $state.raw<LeftArticle[]>([])

  constructor(parts: Parts) {
    this.#parts = parts
  }

  get view(): View {
    return this.#parts.headlines.view
  }

  /** The source that is listed; during a search, and in a category, the one that led there. */
  get source(): View {
    return isPassing(this.view) ? (this.#ways[0]?.view ?? firstPlace.view) : this.view
  }

  /** Where Escape leads back to, from a search or a category. */
  get before(): View | undefined {
    return isPassing(this.view) ? (this.#ways.at(-1)?.view ?? firstPlace.view) : undefined
  }

  /** Lists a view: where it was left when it was last looked at, or from its start. */
  async show(view: View, from: 'place' | 'start' = 'place'): Promise<void> {
    const { frontPage, headlines, layout, placeMemory } = this.#parts
    if (view.kind !== 'search') this.searchText = ''
    if (isSameView(view, this.view)) {
      layout.reveal('headlines')
      if (frontPage.isLeft) this.returnToPage()
      return headlines.show(view)
    }
    if (from === 'place' && this.before && isSameView(view, this.before)) return this.leave()
    const ways = this.#waysTo(view)
    // What is open stays beside the articles of its category.
    if (view.kind === 'category') return this.#listBeside(view, ways)
    // An article would take the place of the sources that are being looked through; its row is chosen again all the same.
    const isReopened = layout.hasRoomForArticle && !frontPage.isOf(view)
    await this.#list(view, ways, from === 'place' ? placeMemory.list(view) : undefined, isReopened)
  }

  /** Back from a search or a category to the list that led there. */
  async leave(): Promise<void> {
    if (!isPassing(this.view)) return
    const { layout, placeMemory, reader } = this.#parts
    const way = this.#ways.at(-1)
    const view = way && !this.#isGone(way.view) ? way.view : firstPlace.view
    this.searchText = view.kind === 'search' ? view.query : ''
    // Where only one pane fits, a category is left for the article that named it.
    const isToArticle = this.view.kind === 'category' && layout.mode === 'one' && way?.pane === 'article'
    const isReopened = layout.isArticleBeside || layout.mode === 'two' || isToArticle
    await this.#list(view, this.#ways.slice(0, -1), way?.left ?? placeMemory.list(view), isReopened)
    if (isToArticle && reader.isOpen) layout.reveal('article')
  }

  /** What is typed takes the place of the search before it. */
  #waysTo(view: View): Way[] {
    if (!isPassing(view)) return []
    if (view.kind === 'search' && this.view.kind === 'search') return this.#ways
    const { headlines, layout, reader } = this.#parts
    const place = headlines.place()
    return [
      ...this.#ways,
      { view: this.view, left: place ? { ...place, articleId: reader.openId } : undefined, pane: layout.pane },
    ]
  }

  async #list(view: View, ways: Way[], left: LeftList | undefined, isReopened: boolean): Promise<void> {
    const { headlines, layout, placeMemory, refreshOffer } = this.#parts
    refreshOffer.withdraw()
    layout.reveal('headlines')
    this.#leave()
    this.#ways = ways
    this.#left = []
    // A search or a category is no place to come back to.
    if (!isPassing(view)) placeMemory.keepView(view)
    // Where the list covers it, opening its row leads to it, at its line.
    void this.#reopen(isReopened ? (left?.articleId ?? null) : null)
    await headlines.show(view, left)
  }

  /** Lists the articles of a category; the open one stays open, and is chosen where it is one of them. */
  async #listBeside(view: View & { kind: 'category' }, ways: Way[]): Promise<void> {
    const { headlines, layout, reader, refreshOffer } = this.#parts
    refreshOffer.withdraw()
    layout.reveal('headlines')
    this.#leave()
    this.#ways = ways
    const isOfIt = reader.article?.categories.includes(view.name) ?? false
    const selectedId = isOfIt ? reader.openId : null
    await headlines.show(view, { selectedId, rows: [], count: 0, isFromEnd: false })
    if (reader.openId !== null) reader.isAside = headlines.rowOf(reader.openId) === undefined
  }

  /** Closes what was opened from the front page, which takes its place again. */
  returnToPage(): void {
    const { layout, placeMemory } = this.#parts
    this.#left = []
    this.#closeArticle()
    placeMemory.closed()
    layout.reveal('headlines')
  }

  /** Remembers the list that is left, and what is open beside it. */
  #leave(): void {
    const { headlines, placeMemory, reader } = this.#parts
    const place = headlines.place()
    if (place) placeMemory.leaveList(this.view, { ...place, articleId: reader.openId })
  }

  /** What was open beside a list. Nothing is marked read by coming back to it. */
  async #reopen(articleId: number | null): Promise<void> {
    if (articleId === null) return this.#closeArticle()
    await this.#openHere(articleId, false)
    const { reader } = this.#parts
    if (reader.openId === articleId && reader.status === 'gone') reader.close()
  }

  /** Back from the search to what was listed before. */
  async leaveSearch(): Promise<void> {
    if (this.view.kind === 'search') await this.leave()
  }

  /** Opens an article and marks it read. */
  open(articleId: number): Promise<void> {
    this.#left = []
    this.#opening = this.#openAndMark(articleId)
    return this.#opening
  }

  /** Shows a story in the place of the article. Its page takes the focus when it is there. */
  openStory(storyId: number): Promise<void> {
    this.#parts.layout.reveal('article')
    return this.#parts.story.open(storyId)
  }

  /** Opens an article from below the open one, to which one can go back. Where the list does not have it, it stays as it is. */
  openAside({ id, isRead }: Pick<HeadlineRow, 'id' | 'isRead'>): Promise<void> {
    const { article } = this.#parts.reader
    if (article) this.#left = [...this.#left, { id: article.id, name: articleName(article) }]
    return this.#openBeside(id, !isRead)
  }

  /** The article from below which the open one was opened. */
  get cameFrom(): LeftArticle | undefined {
    return this.#left.at(-1)
  }

  /** Back to that one; false where there is none. */
  goBack(): boolean {
    const left = this.#left.at(-1)
    if (!left) return false
    this.#left = this.#left.slice(0, -1)
    void this.#openBeside(left.id, false)
    return true
  }

  #openBeside(articleId: number, marksRead: boolean): Promise<void> {
    const { headlines, reader } = this.#parts
    const isListed = headlines.rowOf(articleId) !== undefined
    this.#opening = isListed ? this.#openAndMark(articleId) : this.#openHere(articleId, marksRead)
    reader.isAside = !isListed
    return this.#opening
  }

  /** Shows the open article as its publisher has it now, at the line that was reached. */
  openAgain(): Promise<void> {
    const { openId } = this.#parts.reader
    if (openId !== null) this.#opening = this.#openHere(openId, false)
    return this.#opening
  }

  /** Whether an article was opened and is not drawn yet. */
  get isShowing(): boolean {
    return this.#showing.isUnderWay
  }

  /** Waits until the article opened last is drawn and marked read, or is not to be. */
  async settled(): Promise<void> {
    await Promise.all([this.#opening, this.#showing.settled()])
  }

  async #openAndMark(articleId: number): Promise<void> {
    const { headlines, layout, reader, refreshOffer } = this.#parts
    refreshOffer.withdraw()
    reader.isAside = false
    headlines.selectedId = articleId
    headlines.keep(articleId)
    layout.reveal('article')
    await this.#openHere(articleId, headlines.rowOf(articleId)?.isRead !== true)
  }

  /** An article has been drawn: it may be reopened at the next start. */
  shown(articleId: number): void {
    const { headlines, placeMemory, reader } = this.#parts
    if (this.#showing.end(articleId)) placeMemory.drawn(articleId)
    void reader.prefetch(headlines.idsAround(reader.isAside ? (headlines.selectedId ?? articleId) : articleId))
  }

  #closeArticle(): void {
    const { reader, placeMemory, story } = this.#parts
    story.close()
    if (reader.openId !== null && this.#showing.cancel()) placeMemory.drawn(reader.openId)
    reader.close()
  }

  async #openHere(articleId: number, marksRead: boolean): Promise<void> {
    const { reader, placeMemory, story } = this.#parts
    story.close()
    const isDrawn = reader.status === 'ready' && reader.article?.id === articleId && !this.isShowing
    this.#showing.begin(articleId)
    placeMemory.opened(articleId)
    await reader.open(articleId, () => this.#fetch(articleId, marksRead))
    // The words that stand in its place are drawn without danger.
    if (isDrawn || reader.status === 'gone' || reader.status === 'failed') this.shown(articleId)
  }

  /** Has the engine open an article. What can't be marked read, as on a full disk, can be read all the same. */
  async #fetch(articleId: number, marksRead: boolean): Promise<Article | null> {
    const { engine, actions, placeMemory } = this.#parts
    const open = () => engine.openArticle({ articleId, marksRead, within: placeMemory.within(articleId) })
    // That the place was not kept is not worth a word.
    const answer = await (marksRead ? actions.attempt(open) : open().catch(() => undefined))
    return answer ? answer.article : engine.article({ id: articleId })
  }

  /** At the start: the list and the article of the last time. In safe mode no article: it may be why the last run ended. */
  async restore(last: LastPlace, isSafeMode: boolean): Promise<void> {
    const { headlines, placeMemory } = this.#parts
    const isDoubtful = last.undrawnId !== null || isSafeMode
    const articleId = isDoubtful ? null : last.articleId
    placeMemory.restore(last)
    const left = { selectedId: articleId, rows: [], count: 0, isFromEnd: false }
    await headlines.show(this.#existing(last.view), left)
    if (last.undrawnId !== null) void this.#sayNotReopened(last.undrawnId)
    else if (articleId !== null) void this.#openHere(articleId, false)
  }

  /** Names an article without drawing it, which did not finish the last time. */
  async #sayNotReopened(articleId: number): Promise<void> {
    const { engine, placeMemory, toasts } = this.#parts
    placeMemory.closed()
    const article = await engine.article({ id: articleId }).catch(() => null)
    if (!article) return
    const action = { label: words.article.openAnyway, run: () => void this.open(articleId) }
    toasts.add({ text: words.article.notReopened(articleName(article)), action })
  }

  #existing(view: View): View {
    return this.#isGone(view) || isPassing(view) ? { kind: 'unread' } : view
  }

  #isGone(view: View): boolean {
    const { sources } = this.#parts
    return (
      (view.kind === 'feed' && !sources.feedById.has(view.feedId)) ||
      (view.kind === 'folder' && !sources.folderById.has(view.folderId))
    )
  }
}
