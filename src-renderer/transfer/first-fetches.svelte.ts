/** Watches the first fetch of each feed that an import added. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { Failure, Feed, ImportedRow } from '../../src-main/api/model.ts'

/** `waiting`: not now, but with the next refresh. */
type FirstFetch = { kind: 'fetching' | 'fetched' | 'waiting' } | { kind: 'failing'; failure: Failure }

export class FirstFetches {
  states = $state.raw<ReadonlyMap<number, FirstFetch>>(new Map())
  readonly left = $derived([...this.states.values()].filter(({ kind }) => kind === 'fetching').length)
  readonly #engine: Pick<EngineClient, 'sources' | 'on'>
  readonly #stops: (() => void)[]

  constructor(engine: Pick<EngineClient, 'sources' | 'on'>) {
    this.#engine = engine
    this.#stops = [
      engine.on('feed-changed', ({ feed }) => this.#hear([feed])),
      engine.on('refresh-finished', ({ failed }) => {
        const failures = new Map(failed.map(({ feedId, failure }) => [feedId, failure]))
        this.#change((feedId, state) => (state.kind === 'fetching' ? ended(failures.get(feedId)) : state))
      }),
    ]
  }

  /** Of these rows; `isFetching`: the engine has begun with them. */
  async follow(rows: ImportedRow[], isFetching: boolean): Promise<void> {
    const added = rows.flatMap(row => (row.outcome === 'added' && row.feedId !== null ? [row.feedId] : []))
    const begun = added.map(id => [id, { kind: isFetching ? 'fetching' : 'waiting' }] as const)
    this.states = new Map<number, FirstFetch>([...this.states, ...begun])
    // Some may have been fetched before the answer came.
    const sources = await this.#engine.sources({}).catch(() => null)
    if (sources) this.#hear(sources.feeds)
  }

  of(row: ImportedRow): FirstFetch | undefined {
    return row.feedId === null ? undefined : this.states.get(row.feedId)
  }

  close(): void {
    for (const stop of this.#stops) stop()
  }

  #hear(feeds: Feed[]): void {
    const now = new Map(feeds.map(feed => [feed.id, feed]))
    this.#change((feedId, state) => {
      const feed = now.get(feedId)
      if (feed?.failure) return { kind: 'failing', failure: feed.failure }
      return feed && feed.lastSuccessAt !== null ? { kind: 'fetched' } : state
    })
  }

  #change(next: (feedId: number, state: FirstFetch) => FirstFetch): void {
    this.states = new Map([...this.states].map(([feedId, state]) => [feedId, next(feedId, state)]))
  }
}

/** The refresh ended without an event of this feed. */
function ended(failure: Failure | undefined): FirstFetch {
  return failure ? { kind: 'failing', failure } : { kind: 'waiting' }
}
