/** Everything one window knows: its parts, where the reader is, and how the parts speak to each other. */
import { createContext } from 'svelte'
import {
  defaultSettings,
  type RefreshProgress,
  type RefreshSummary,
  type Settings,
  type View,
} from '../../src-main/api/model.ts'
import { type EngineClient, EngineError } from '../../src-main/api/rpc.ts'
import { Clock } from '../lib/clock.svelte.ts'
import type { EngineLink, LinkState } from '../lib/engine-link.ts'
import { Steps } from '../lib/steps.ts'
import { articleName } from '../library/article-name.ts'
import { Headlines } from '../library/headlines.svelte.ts'
import { Reader } from '../library/reader.svelte.ts'
import { Keeping } from '../library/safety.svelte.ts'
import { Sources } from '../library/sources.svelte.ts'
import { isSameView } from '../library/view.ts'
import { words } from '../messages/en.ts'
import { keepingWords } from '../messages/en-keeping.ts'
import { refreshWords } from '../messages/en-refresh.ts'
import { undoWords } from '../messages/en-undo.ts'
import { absoluteTime } from '../messages/format.ts'
import { type DialogName, type DialogParams, Dialogs } from './dialogs.svelte.ts'
import { Layout } from './layout.svelte.ts'
import { Menus } from './menus.svelte.ts'
import { Places } from './places.ts'
import { RefreshOffer } from './refresh-offer.ts'
import { Showing } from './showing.ts'
import { type Toast, Toasts } from './toasts.svelte.ts'
import { type Deed, UndoChain } from './undo-chain.svelte.ts'
import { undoText } from './undo-text.ts'

type DeedWords = Pick<Deed, 'done' | 'undone'>
/** `more`: what else the same deed did. */
type ActAnswer = { undoId: number | null; more?: (number | null)[] }

const noRefresh: RefreshProgress = { isRunning: false, done: 0, total: 0, failed: 0, newArticles: 0 }

export class App {
  readonly engine: EngineClient
  readonly sources: Sources
  readonly headlines: Headlines
  readonly reader: Reader
  readonly keeping: Keeping
  readonly dialogs = new Dialogs()
  readonly toasts = new Toasts()
  readonly refreshOffer = new RefreshOffer(this.toasts)
  readonly menus = new Menus()
  readonly steps = new Steps()
  readonly undos = new UndoChain(undoId => this.attempt(() => this.engine.undo({ undoId })))
  readonly places: Places
  readonly layout: Layout
  readonly clock: Clock

  connection = $state<LinkState>('connecting')
  settings = $state.raw<Settings>(defaultSettings)
  /** False until sources, settings and the first view have been answered. */
  isReady = $state(false)
  refreshProgress = $state.raw<RefreshProgress>(noRefresh)
  /** What the last refresh of this session came to. */
  refreshSummary = $state.raw<RefreshSummary | null>(null)
  /** What is typed in the search box. */
  searchText = $state('')

  #beforeSearch = $state.raw<View>(defaultSettings.lastView)
  readonly #showing = new Showing()
  #opening: Promise<void> = Promise.resolve()

  constructor(link: EngineLink, page: Window, now: () => number) {
    this.engine = link.engine
    this.clock = new Clock(now, page)
    this.sources = new Sources(link.engine)
    this.headlines = new Headlines(link.engine, () => this.settings)
    this.reader = new Reader(link.engine)
    this.layout = new Layout(page, {
      isArticleOpen: () => this.reader.isOpen,
      isSourcesHidden: () => this.settings.isSourcesHidden,
    })
    this.keeping = new Keeping(link.engine)
    this.places = new Places(link.engine, page)
    link.engine.on('settings-changed', ({ settings }) => this.#takeSettings(settings))
    link.engine.on('refresh-progress', progress => (this.refreshProgress = progress))
    link.engine.on('refresh-finished', summary => {
      this.refreshSummary = summary
      this.refreshProgress = noRefresh
      void this.#saySummary(summary)
    })
    link.engine.on('sources-changed', () => void this.headlines.reload())
    link.onState(state => {
      this.connection = state
      if (state === 'open') void this.attempt(() => this.#start())
    })
  }

  get view(): View {
    return this.headlines.view
  }

  /** What is listed; during a search, what is come back to after it. */
  get source(): View {
    return this.view.kind === 'search' ? this.#beforeSearch : this.view
  }

  /** True once it is sure that nothing is followed and nothing kept: the welcome is shown. */
  get isFirstRun(): boolean {
    const { sources } = this
    return (
      this.isReady &&
      sources.feeds.length === 0 &&
      sources.folders.length === 0 &&
      sources.counts.all === 0 &&
      sources.counts.saved === 0
    )
  }

  /** Lists a view: where it was left when it was last looked at, or from its start. */
  async show(view: View, from: 'place' | 'start' = 'place'): Promise<void> {
    if (view.kind !== 'search') this.searchText = ''
    else if (this.view.kind !== 'search') this.#beforeSearch = this.view
    const { layout } = this
    const isBackFromSearch = this.view.kind === 'search' && isSameView(view, this.#beforeSearch)
    // An article would take the place of the sources that are being looked through; its row is chosen again all the same.
    const isReopened = layout.isArticleBeside || (layout.mode === 'two' && isBackFromSearch)
    layout.reveal('headlines')
    if (isSameView(view, this.view)) return this.headlines.show(view)

    this.refreshOffer.withdraw()
    this.#leave()
    const left = from === 'place' ? this.places.list(view) : undefined
    // A search is no place to come back to.
    if (view.kind !== 'search') {
      this.places.keep({ lastView: view })
      this.places.keepArticle(null)
    }
    // Where the list covers it, opening its row leads to it, at its line.
    void this.#reopen(isReopened ? (left?.articleId ?? null) : null)
    await this.headlines.show(view, left)
  }

  /** Remembers the list that is left, and what is open beside it. */
  #leave(): void {
    const place = this.headlines.place()
    if (place) this.places.leaveList(this.view, { ...place, articleId: this.reader.openId })
  }

  /** What was open beside a list. Nothing is marked read by coming back to it. */
  async #reopen(articleId: number | null): Promise<void> {
    if (articleId === null) return this.#closeArticle()
    await this.#openHere(articleId)
    if (this.reader.openId === articleId && this.reader.status === 'gone') this.reader.close()
  }

  /** Back from the search to what was listed before. */
  async leaveSearch(): Promise<void> {
    if (this.view.kind === 'search') await this.show(this.#beforeSearch)
  }

  /** Opens an article and marks it read. */
  open(articleId: number): Promise<void> {
    this.#opening = this.#openAndMark(articleId)
    return this.#opening
  }

  /** An article is on its way to the screen. */
  get isShowing(): boolean {
    return this.#showing.isUnderWay
  }

  /** Waits until the article opened last is drawn and marked read, or is not to be. */
  async settled(): Promise<void> {
    await Promise.all([this.#opening, this.#showing.settled()])
  }

  async #openAndMark(articleId: number): Promise<void> {
    this.refreshOffer.withdraw()
    this.headlines.selectedId = articleId
    this.headlines.keep(articleId)
    this.layout.reveal('article')
    await this.#openHere(articleId)
    const { article } = this.reader
    if (article?.id === articleId && !article.isRead) {
      await this.attempt(() => this.engine.markRead({ articleIds: [articleId], isRead: true }))
    }
  }

  /** An article has been drawn: it may be reopened at the next start. */
  shown(articleId: number): void {
    if (this.#showing.end(articleId)) this.places.keep({ showingArticleId: null })
  }

  #closeArticle(): void {
    this.reader.close()
    if (this.#showing.cancel()) this.places.keep({ showingArticleId: null })
  }

  openDialog<N extends DialogName>(name: N, params: DialogParams[N]): void {
    this.refreshOffer.withdraw()
    this.dialogs.show(name, params)
  }

  closeDialog(): void {
    this.dialogs.close()
  }

  /** Says something at the foot of the window. */
  toast(toast: Omit<Toast, 'id'>): number {
    return this.toasts.add(toast)
  }

  /** Runs a command that can be taken back; a refusal is said in words and answers undefined. `deed` names it. */
  async act<Answer extends ActAnswer>(
    command: () => Promise<Answer>,
    deed: DeedWords | ((answer: Answer) => DeedWords),
    how: { isSaid?: boolean } = {},
  ): Promise<Answer | undefined> {
    return this.attempt(() => this.actInForm(command, deed, how))
  }

  /** The same, for a form that says itself what was refused. */
  async actInForm<Answer extends ActAnswer>(
    command: () => Promise<Answer>,
    deed: DeedWords | ((answer: Answer) => DeedWords),
    { isSaid = true }: { isSaid?: boolean } = {},
  ): Promise<Answer> {
    const settle = this.undos.begin()
    let done: Deed | null = null
    try {
      const answer = await command()
      const undoIds = [answer.undoId, ...(answer.more ?? [])].filter(id => id !== null)
      done = { ...(typeof deed === 'function' ? deed(answer) : deed), undoIds }
      return answer
    } finally {
      settle(done)
      if (isSaid && done && done.undoIds.length > 0) this.toasts.add({ text: done.done, undo: done })
    }
  }

  /** Something was done by several commands over some time: it is on the chain from now on, and said. */
  did(deed: Deed): void {
    this.undos.add(deed)
    this.toasts.add({ text: deed.done, undo: deed.undoIds.length > 0 ? deed : undefined })
  }

  /** Takes back one deed, the last one when none is named, and says which. */
  async undo(deed?: Deed): Promise<void> {
    const outcome = await this.undos.undo(deed)
    if ('deed' in outcome) this.toasts.dismissUndo(outcome.deed)
    const text = undoText(outcome)
    if (text !== null) this.toasts.add({ topic: 'undo', text })
  }

  /** Answers whether it was kept; why not is said in words. */
  async changeSettings(change: Partial<Settings>): Promise<boolean> {
    const answer = await this.attempt(() => this.engine.changeSettings(change))
    if (answer) this.#takeSettings(answer.settings)
    return answer !== undefined
  }

  /** Runs a command; a refusal is said in words and answers undefined. */
  async attempt<T>(command: () => Promise<T>): Promise<T | undefined> {
    try {
      return await command()
    } catch (error) {
      const code = error instanceof EngineError ? error.code : 'internal'
      this.toasts.add({ kind: 'problem', text: words.errors[code] })
      return undefined
    }
  }

  /** Everything is asked, at the start and again after every lost connection. */
  async #start(): Promise<void> {
    const [settings, progress] = await Promise.all([
      this.engine.settings({}),
      this.engine.refreshProgress({}),
      this.sources.load(),
      this.keeping.load(),
    ])
    this.settings = settings
    this.refreshProgress = progress
    if (this.isReady) {
      await Promise.all([this.headlines.reload(), this.reader.reload()])
      this.#sayRestored()
      return
    }
    // What was open when it ended may be why it ended.
    const isDoubtful = settings.showingArticleId !== null || this.keeping.health.isSafeMode
    const articleId = isDoubtful ? null : settings.lastArticleId
    this.places.restore(settings)
    const left = { selectedId: articleId, rows: [], count: 0, isFromEnd: false }
    await this.headlines.show(this.#existing(settings.lastView), left)
    if (settings.showingArticleId !== null) void this.#sayNotReopened(settings.showingArticleId)
    else if (articleId !== null) void this.#openHere(articleId)
    this.isReady = true
  }

  async #openHere(articleId: number): Promise<void> {
    const isThere = this.reader.status === 'ready' && this.reader.article?.id === articleId
    if (!isThere) this.#showing.begin(articleId)
    this.places.keepArticle(articleId)
    if (!isThere) this.places.keep({ showingArticleId: articleId })
    await this.reader.open(articleId)
    // Words in its place are drawn without danger.
    if (this.reader.status !== 'ready') this.shown(articleId)
  }

  /** Its text is not drawn, only named: it may take for ever. */
  async #sayNotReopened(articleId: number): Promise<void> {
    this.places.keepArticle(null)
    this.places.keep({ showingArticleId: null })
    const article = await this.engine.article({ id: articleId }).catch(() => null)
    if (!article) return
    const action = { label: words.article.openAnyway, run: () => void this.open(articleId) }
    this.toasts.add({ text: words.article.notReopened(articleName(article)), action })
  }

  /** The window asked to go back to a backup, and is connected again. */
  #sayRestored(): void {
    const outcome = this.keeping.takeRestored()
    if (outcome?.kind === 'restored') {
      this.undos.end(undoWords.restored)
      this.toasts.add({ text: keepingWords.restore.done(absoluteTime(outcome.backup.at)) })
    } else if (outcome) {
      const { what, next } = keepingWords.failures[outcome.failure.reason]
      this.toasts.add({ kind: 'problem', text: `${what} ${next}` })
    }
  }

  #existing(view: View): View {
    const isGone =
      (view.kind === 'feed' && !this.sources.feedById.has(view.feedId)) ||
      (view.kind === 'folder' && !this.sources.folderById.has(view.folderId)) ||
      view.kind === 'search'
    return isGone ? { kind: 'unread' } : view
  }

  #takeSettings(settings: Settings): void {
    const before = this.settings
    this.settings = settings
    const isListed = before.newestFirst !== settings.newestFirst || before.unreadOnly !== settings.unreadOnly
    if (isListed && this.isReady) void this.headlines.show(this.view)
  }

  async #saySummary(summary: RefreshSummary): Promise<void> {
    // The dialog of an import says it of each feed.
    if (this.dialogs.open?.name === 'import') return
    const { failed, feeds, newArticles, wasCancelled } = summary
    if (feeds > 0 && failed.filter(({ failure }) => failure.reason === 'offline').length === feeds) {
      return void this.toasts.add({ topic: 'refresh', text: refreshWords.offline })
    }
    const isOnPill = newArticles > 0 && (await this.headlines.countNew().catch(() => 0)) >= newArticles
    const said = wasCancelled ? words.done.refreshCancelled(feeds) : words.done.refreshed(newArticles, feeds)
    if (failed.length === 0 && isOnPill && !wasCancelled) return this.toasts.dismissTopic('refresh')
    if (failed.length === 0) return void this.toasts.add({ topic: 'refresh', text: said })
    const failures = words.done.refreshedWithFailures(failed.length)
    this.toasts.add({
      topic: 'refresh',
      text: failed.length === feeds ? words.done.noneRefreshed(feeds) : isOnPill ? failures : `${said} ${failures}`,
      action: { label: words.done.show, run: () => this.openDialog('health', {}) },
    })
  }
}

export const [useApp, provideApp] = createContext<App>()
