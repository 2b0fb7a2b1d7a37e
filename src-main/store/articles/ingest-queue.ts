/**
 * What polls bring, on its way into the store. Where it comes faster than it can be stored, several feeds go into one
 * transaction: the index is written once for all of them, which costs less.
 */
import type { ReadyFeed } from '../../feeds/parsed.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { asBatch, batchSize } from '../db/write-gate.ts'
import { describeFeed } from '../feeds/feeds.ts'
import { type Changed, indexAll, type Stored, storeArticles } from './ingest.ts'

export type Arrivals = {
  /**
   * Stores the document that came from a feed's address, soon; `now` in ms. Rejects where the disk fails. Null where the feed
   * is not followed at that address any more.
   */
  store(from: FetchedFrom, feed: ReadyFeed, now: number): Promise<Stored | null>
  /** Forgets what was not stored yet: it can be fetched again. */
  close(): void
}

type FetchedFrom = { id: number; url: string }

/** It may have been unsubscribed, given another address, or an import taken back, while it was being fetched. */
function isFollowed(db: ReadDb, { id, url }: FetchedFrom): boolean {
  const sql = 'SELECT 1 FROM feeds WHERE id = ? AND url = ? AND removed_at IS NULL'
  return prepared(db, sql).get(id, url) !== undefined
}

type Arrival = {
  from: FetchedFrom
  feed: ReadyFeed
  now: number
  done: PromiseWithResolvers<Stored | null>
}

/** Makes the way in, over a connection that may wait its turn (store/db/write-gate.ts). */
export function createArrivals(db: WriteDb): Arrivals {
  const waiting: Arrival[] = []
  let isExpected = false

  /** After what else has come by now, so that it can go together. */
  function expect(): void {
    if (isExpected || waiting.length === 0) return
    isExpected = true
    setImmediate(() => {
      isExpected = false
      storeSome(takeSome(waiting, batchSize(db)))
      expect()
    })
  }

  function storeSome(some: Arrival[]): void {
    try {
      const stored = storeTogether(db, some)
      for (const [index, one] of stored.entries()) some[index]!.done.resolve(one)
    } catch (error) {
      if (some.length === 1) some[0]!.done.reject(error)
      // One of them may be at fault; the others need not suffer for it.
      else for (const one of some) storeSome([one])
    }
  }

  return {
    store(from, feed, now) {
      const done = Promise.withResolvers<Stored | null>()
      waiting.push({ from, feed, now, done })
      expect()
      return done.promise
    },
    close() {
      waiting.length = 0
    },
  }
}

/** The first that waits, and with it those that fit. */
function takeSome(waiting: Arrival[], most: number): Arrival[] {
  let articles = 0
  const end = waiting.findIndex(({ feed }) => {
    articles += feed.articles.length
    return articles > most
  })
  return waiting.splice(0, end < 0 ? waiting.length : Math.max(end, 1))
}

/** Answers what was stored, feed by feed. */
function storeTogether(db: WriteDb, arrivals: Arrival[]): (Stored | null)[] {
  const [first] = arrivals
  if (first && arrivals.length === 1 && first.feed.articles.length > batchSize(db)) return [storeInParts(db, first)]
  const storeAll = db.transaction(() => {
    const unindexed: Changed[] = []
    const stored = arrivals.map(({ from, feed, now }) => {
      if (!isFollowed(db, from)) return null
      // The title comes first, since articles are indexed under it.
      describeFeed(db, from.id, feed)
      return storeArticles(db, from.id, feed.articles, now, unindexed)
    })
    indexAll(db, unindexed)
    return stored
  })
  return asBatch(db, () => storeAll.immediate())
}

/** What would hold up a click for too long in one transaction. */
function storeInParts(db: WriteDb, { from, feed, now }: Arrival): Stored | null {
  if (!isFollowed(db, from)) return null
  describeFeed(db, from.id, feed)
  return storeArticles(db, from.id, feed.articles, now)
}
