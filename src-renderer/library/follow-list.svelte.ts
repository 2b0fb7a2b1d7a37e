/** Follows a list of known feeds, six at a time, so that the first can be read while the last is still being fetched. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { Failure } from '../../src-main/api/model.ts'

export type FeedToFollow = { url: string; title: string; folder: string }
type FollowState =
  | { kind: 'waiting' }
  | { kind: 'fetching' }
  | { kind: 'followed'; feedId: number; newArticles: number }
  | { kind: 'failed'; failure: Failure }

type Engine = Pick<EngineClient, 'addFeed' | 'createFolder' | 'moveFeeds' | 'sources'>

// The engine limits its own fetching; this only keeps the order of the list visible while it works.
const atOnce = 6

/** Lives outside the welcome, which makes room for the panes as soon as the first feed is there. */
export class FollowList {
  feeds = $state.raw<FeedToFollow[]>([])
  states = $state.raw<ReadonlyMap<string, FollowState>>(new Map())
  isRunning = $state(false)
  /** Undo ids of all commands. */
  undoIds: number[] = []
  readonly followed = $derived([...this.states.values()].filter(state => state.kind === 'followed').length)
  readonly failed = $derived(
    this.feeds.flatMap(feed => {
      const state = this.states.get(feed.url)
      return state?.kind === 'failed' ? [{ ...feed, failure: state.failure }] : []
    }),
  )
  readonly #engine: Engine
  readonly #folders = new Map<string, Promise<number>>()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** Answers when every feed has been followed or has failed. A failure stops none of the others; a refusal is thrown. */
  async follow(feeds: FeedToFollow[]): Promise<void> {
    this.feeds = feeds
    this.undoIds = []
    this.states = new Map(feeds.map(feed => [feed.url, { kind: 'waiting' }]))
    this.isRunning = true
    try {
      await this.#knowFolders()
      const waiting = feeds.values()
      const runs = await Promise.allSettled(Array.from({ length: atOnce }, () => this.#followEach(waiting)))
      const refused = runs.find(run => run.status === 'rejected')
      if (refused) throw refused.reason
    } finally {
      this.isRunning = false
      // A feed whose command was refused is neither followed nor waiting.
      this.states = new Map([...this.states].filter(([, { kind }]) => kind === 'followed' || kind === 'failed'))
    }
  }

  async #followEach(waiting: Iterable<FeedToFollow>): Promise<void> {
    for (const feed of waiting) {
      this.#set(feed, { kind: 'fetching' })
      this.#set(feed, await this.#followOne(feed))
    }
  }

  async #followOne(feed: FeedToFollow): Promise<FollowState> {
    const answer = await this.#engine.addFeed({ url: feed.url, title: feed.title })
    if (answer.kind === 'failed') return { kind: 'failed', failure: answer.failure }
    if (answer.kind === 'already-there') return { kind: 'followed', feedId: answer.feedId, newArticles: 0 }
    this.undoIds.push(answer.undoId)
    // Only now: a topic of which nothing could be fetched must not leave an empty folder behind.
    const folderId = await this.#folderId(feed.folder)
    this.#took(await this.#engine.moveFeeds({ feedIds: [answer.feed.id], folderId }))
    return { kind: 'followed', feedId: answer.feed.id, newArticles: answer.newArticles }
  }

  async #knowFolders(): Promise<void> {
    const { folders } = await this.#engine.sources({})
    this.#folders.clear()
    for (const folder of folders) {
      if (folder.parentId === null) this.#folders.set(folder.title, Promise.resolve(folder.id))
    }
  }

  #folderId(title: string): Promise<number> {
    const known = this.#folders.get(title)
    if (known) return known
    // The promise is stored, not the id: several feeds of one topic may be added at once.
    const made = this.#engine.createFolder({ title }).then(answer => {
      this.#took(answer)
      return answer.folderId
    })
    this.#folders.set(title, made)
    return made
  }

  #took({ undoId }: { undoId: number | null }): void {
    if (undoId !== null) this.undoIds.push(undoId)
  }

  #set(feed: FeedToFollow, state: FollowState): void {
    this.states = new Map(this.states).set(feed.url, state)
  }
}
