/** One window: makes its parts, and starts them when the engine answers, the first time and after every lost connection. */

import type { EngineLink, LinkState } from '../../src-main/api/contract/link.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { HostClient } from '../../src-main/api/host/calls.ts'
import type { Settings } from '../../src-main/api/settings.ts'
import type { FollowedStory } from '../../src-main/api/stories/model.ts'
import { Polling } from '../desktop/polling.svelte.ts'
import { Updates } from '../desktop/updates.svelte.ts'
import { Clock } from '../lib/clock.svelte.ts'
import { Steps } from '../lib/steps.ts'
import { Around } from '../library/around.svelte.ts'
import { articleName } from '../library/article-name.ts'
import { Categories } from '../library/categories/categories.svelte.ts'
import { FullTexts } from '../library/full-texts.svelte.ts'
import { Headlines } from '../library/headlines.svelte.ts'
import { Mail } from '../library/mail/mail.svelte.ts'
import { Reader } from '../library/reader.svelte.ts'
import { Safety } from '../library/safety.svelte.ts'
import { Sources } from '../library/sources.svelte.ts'
import { FollowedStories } from '../library/stories/followed-stories.svelte.ts'
import { OpenStory } from '../library/stories/open-story.svelte.ts'
import { Trending } from '../library/stories/trending.svelte.ts'
import { absoluteTime } from '../messages/format.ts'
import { words as storyWords } from '../messages/reading/stories.ts'
import { words as settingsWords } from '../messages/settings.ts'
import { type Listening, listeningBy } from '../player/listening.ts'
import { Player } from '../player/player.svelte.ts'
import { Actions } from './actions.ts'
import { Dialogs } from './dialogs.svelte.ts'
import { FrontPage } from './front-page.svelte.ts'
import { Layout } from './layout.svelte.ts'
import { Menus } from './menus.svelte.ts'
import { Place } from './place.svelte.ts'
import { PlaceMemory } from './place-memory.ts'
import { RefreshState } from './refresh.svelte.ts'
import { RefreshOffer } from './refresh-offer.ts'
import { SettingsState } from './settings.svelte.ts'
import { Toasts } from './toasts.svelte.ts'

export class App {
  readonly engine: EngineClient
  readonly sources: Sources
  readonly headlines: Headlines
  readonly trending: Trending
  readonly reader: Reader
  readonly story: OpenStory
  readonly followed: FollowedStories
  readonly around: Around
  readonly categories: Categories
  readonly fullTexts: FullTexts
  readonly safety: Safety
  readonly mail: Mail
  readonly updates = new Updates()
  readonly polling: Polling
  readonly toasts = new Toasts()
  readonly refreshOffer = new RefreshOffer(this.toasts)
  readonly dialogs = new Dialogs(() => this.refreshOffer.withdraw())
  readonly menus = new Menus()
  readonly steps = new Steps()
  readonly actions: Actions
  readonly settings: SettingsState
  readonly placeMemory: PlaceMemory
  readonly layout: Layout
  readonly frontPage: FrontPage
  readonly place: Place
  readonly refresh: RefreshState
  readonly clock: Clock
  readonly player: Player
  readonly listening: Listening

  connection = $state<LinkState>('connecting')
  /** The Electron host; null in a browser, and until it is there. */
  host = $state.raw<HostClient | null>(null)
  /** Which share of a store of an earlier version is rewritten, from 0 to 1; null where nothing is. */
  upgradeShare = $state<number | null>(null)
  readonly link: EngineLink
  /** False until sources, settings and the first view have been answered. */
  isReady = $state(false)

  constructor(link: EngineLink, page: Window, now: () => number) {
    const { engine, onState } = link
    this.link = link
    this.engine = engine
    this.clock = new Clock(now, page)
    this.polling = new Polling(engine, this.clock)
    this.actions = new Actions(engine, this.toasts)
    this.settings = new SettingsState(engine, this.actions, {
      onChanged: (before, now) => this.#listAnew(before, now),
      onReading: () => this.reader.forgetPrefetched(),
    })
    const soundSettings = () => this.settings.current
    const change = (settings: object) => void this.settings.change(settings)
    this.player = new Player({ engine, page, settings: soundSettings, change })
    this.listening = listeningBy(this.player, soundSettings, text => this.toasts.add({ text }))
    this.sources = new Sources(engine)
    this.trending = new Trending(engine, {
      hours: () => this.settings.current.trendingHours,
      isShown: () => this.headlines.view.kind === 'trending',
    })
    this.headlines = new Headlines(engine, () => this.settings.current, this.trending)
    this.reader = new Reader(engine)
    this.story = new OpenStory(engine)
    this.followed = new FollowedStories(engine, grown => this.#sayGrown(grown))
    this.around = new Around(engine)
    this.categories = new Categories(engine)
    this.fullTexts = new FullTexts(engine)
    this.safety = new Safety(engine)
    this.mail = new Mail(engine)
    this.layout = new Layout(page, {
      isArticleOpen: () => this.reader.isOpen || this.story.isOpen,
      isSourcesHidden: () => this.settings.current.isSourcesHidden,
      isFrontPage: () => this.frontPage.isShown,
    })
    this.frontPage = new FrontPage(this)
    this.placeMemory = new PlaceMemory(engine, page)
    this.place = new Place(this)
    this.refresh = new RefreshState(this)
    engine.on('upgrade-progress', ({ share }) => (this.upgradeShare = share))
    engine.on('sources-changed', () => void this.headlines.reload())
    onState(state => {
      this.connection = state
      if (state === 'open') void this.actions.attempt(() => this.#start())
    })
  }

  /** True once it is sure that nothing is followed and nothing kept: the welcome is shown. */
  get isFirstRun(): boolean {
    const { feeds, folders, counts } = this.sources
    return this.isReady && feeds.length === 0 && folders.length === 0 && counts.all === 0 && counts.saved === 0
  }

  /** Where settings have changed with which the list is read. */
  #listAnew(before: Settings, now: Settings): void {
    if (!this.isReady) return
    const { view } = this.headlines
    const isOtherTime = before.trendingHours !== now.trendingHours
    const isOtherList =
      view.kind === 'trending'
        ? isOtherTime
        : before.newestFirst !== now.newestFirst || before.unreadOnly !== now.unreadOnly
    if (isOtherList) void this.headlines.show(view)
    else if (isOtherTime) void this.trending.load().catch(() => undefined)
  }

  async #start(): Promise<void> {
    const { settings, refresh, sources, safety } = this
    const loads = [
      settings.load(),
      refresh.load(),
      sources.load(),
      safety.load(),
      this.followed.load(),
      this.polling.load(),
    ]
    void this.mail.load().catch(() => undefined)
    const [lastPlace] = await Promise.all([this.engine.lastPlace({}), ...loads])
    if (this.isReady) {
      await Promise.all([this.headlines.reload(), this.reader.reload(), this.story.reload(), this.trending.load()])
      this.#sayRestored()
      return
    }
    await this.place.restore(lastPlace, safety.health.isSafeMode)
    this.isReady = true
    void this.player.restore().catch(() => undefined)
    void this.trending.load().catch(() => undefined)
  }

  /** Sources have joined stories that the reader follows: one toast, however many they are. */
  #sayGrown(stories: FollowedStory[]): void {
    const { dialogs, place, story, toasts } = this
    const topic = 'followed-stories'
    // What comes to the open one is seen where it stands.
    const elsewhere = stories.filter(({ id }) => id !== story.openId)
    const [first] = elsewhere
    if (!first) {
      toasts.dismissTopic(topic)
      return
    }
    const isOne = elsewhere.length === 1
    const text = isOne
      ? storyWords.grown(articleName(first.first), first.joined)
      : storyWords.grownMany(elsewhere.length)
    const run = () => (isOne ? void place.openStory(first.id) : dialogs.show('followed-stories', {}))
    toasts.add({ topic, text, action: { label: storyWords.show, run } })
  }

  /** What came of going back to a backup, which ended the connection. */
  #sayRestored(): void {
    const outcome = this.safety.takeRestored()
    if (outcome?.kind === 'restored') {
      this.actions.undos.end('restoreBackup')
      this.toasts.add({ text: settingsWords.restore.done(absoluteTime(outcome.backup.at)) })
    } else if (outcome) {
      const { what, next } = settingsWords.failures[outcome.failure.reason]
      this.toasts.add({ kind: 'problem', text: `${what} ${next}` })
    }
  }
}
