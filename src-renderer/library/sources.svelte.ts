/** Feeds, folders and counts as the engine last said. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { Counts, Feed, Folder, View } from '../../src-main/api/model.ts'
import { coalesced } from '../lib/requests.ts'
import { isUnfiltered } from './view.ts'

const nothing: Counts = {
  all: 0,
  today: 0,
  todayUnread: 0,
  unread: 0,
  badge: 0,
  saved: 0,
  pages: 0,
  unreadByFeed: {},
  listedByFeed: {},
  copiesByFolder: {},
}

/** In ms. A refresh of a thousand feeds sends an event for each: the tree is drawn again at most twenty times a second. */
const gathering = 50

export class Sources {
  feeds = $state.raw<Feed[]>([])
  folders = $state.raw<Folder[]>([])
  counts = $state.raw<Counts>(nothing)
  /** False until the first answer: 'no feeds' must not be said too early. */
  isLoaded = $state(false)

  readonly feedById = $derived(new Map(this.feeds.map(feed => [feed.id, feed])))
  readonly folderById = $derived(new Map(this.folders.map(folder => [folder.id, folder])))
  readonly #engine: EngineClient
  readonly #changed = new Map<number, Feed>()
  #changedTimer: ReturnType<typeof setTimeout> | undefined

  constructor(engine: EngineClient) {
    this.#engine = engine
    engine.on('sources-changed', () => void this.load())
    engine.on('counts-changed', ({ counts }) => (this.counts = counts))
    engine.on('feed-changed', ({ feed }) => {
      this.#changed.set(feed.id, feed)
      this.#changedTimer ??= setTimeout(() => this.#takeChanged(), gathering)
    })
  }

  /** Fetches everything; once more where something changed meanwhile. */
  readonly load = coalesced(async () => {
    const { feeds, folders, counts } = await this.#engine.sources({})
    // Events about single feeds that came before this answer are older than it.
    this.#changed.clear()
    this.feeds = feeds
    this.folders = folders
    this.counts = counts
    this.isLoaded = true
  })

  #takeChanged(): void {
    this.#changedTimer = undefined
    if (this.#changed.size > 0) this.feeds = this.feeds.map(feed => this.#changed.get(feed.id) ?? feed)
    this.#changed.clear()
  }

  /** Ids of a folder and of all folders in it. */
  foldersWithin(folderId: number): Set<number> {
    const within = new Set([folderId])
    // Folders may come in any order: repeat until nothing is added.
    for (let size = 0; size !== within.size; ) {
      size = within.size
      for (const folder of this.folders) {
        if (folder.parentId !== null && within.has(folder.parentId)) within.add(folder.id)
      }
    }
    return within
  }

  /** How many articles a view lists, and how many of them are unread; null where that does not matter. */
  countsIn(view: View): { total: number; unread: number } | null {
    const { counts } = this
    if (isUnfiltered(view) || view.kind === 'category') return null
    if (view.kind === 'today') return { total: counts.today, unread: counts.todayUnread }
    if (view.kind !== 'feed' && view.kind !== 'folder') return { total: counts.all, unread: counts.unread }
    const sum = (byFeed: Record<number, number>): number =>
      this.#feedsIn(view).reduce((total, feedId) => total + (byFeed[feedId] ?? 0), 0)
    const copies = (view.kind === 'folder' && counts.copiesByFolder[view.folderId]) || { listed: 0, unread: 0 }
    return { total: sum(counts.listedByFeed) - copies.listed, unread: sum(counts.unreadByFeed) - copies.unread }
  }

  #feedsIn(view: View & { kind: 'feed' | 'folder' }): number[] {
    if (view.kind === 'feed') return [view.feedId]
    const within = this.foldersWithin(view.folderId)
    return this.feeds.filter(feed => feed.folderId !== null && within.has(feed.folderId)).map(feed => feed.id)
  }
}
