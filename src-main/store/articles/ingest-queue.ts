/**
 * The queue of documents that polls brought and that are to be stored. Where they come faster than they can be stored,
 * several feeds go into one transaction: the index is written once for all of them, which costs less.
 */
import type { ReadyFeed } from '../../feeds/parsed.ts'
import type { WriteDb } from '../db/open.ts'
import { getValue } from '../db/prepared.ts'
import { asBatch, batchSize } from '../db/write-gate.ts'
import { describeFeed } from '../feeds/feeds.ts'
import { idsOf, indexAll, type Stored, storeArticles, writeArticles } from './ingest.ts'

export type IngestQueue = {
  /**
   * Queues the document that came from a feed's address, and answers when it is stored; null where the feed is not followed at
   * that address any more. Rejects where the disk fails. `now` in ms.
   */
  store(from: FetchedFrom, feed: ArrivedDocument, now: number): Promise<Stored | null>
  /** Drops what is queued: it can be fetched again. */
  close(): void
}

type FetchedFrom = { id: number; url: string }

/** What is stored of a document: its articles, and what it says of its feed. */
export type ArrivedDocument = Pick<ReadyFeed, 'title' | 'siteUrl' | 'description' | 'language' | 'articles'>

type Entry = {
  from: FetchedFrom
  feed: ArrivedDocument
  now: number
  done: PromiseWithResolvers<Stored | null>
}

/** `db`: a connection that stores in batches (store/db/write-gate.ts). */
export function createIngestQueue(db: WriteDb): IngestQueue {
  const queue: Entry[] = []
  let isScheduled = false

  /** After the other messages of this turn of the event loop, so that what they bring goes into the same transaction. */
  function schedule(): void {
    if (isScheduled || queue.length === 0) return
    isScheduled = true
    setImmediate(() => {
      isScheduled = false
      storeEntries(takeBatch(queue, batchSize(db)))
      schedule()
    })
  }

  function storeEntries(entries: Entry[]): void {
    try {
      const stored = storeTogether(db, entries)
      for (const [index, one] of stored.entries()) entries[index]!.done.resolve(one)
    } catch (error) {
      if (entries.length === 1) entries[0]!.done.reject(error)
      // One document may be the cause: each is tried by itself, so that the others are stored.
      else for (const entry of entries) storeEntries([entry])
    }
  }

  return {
    store(from, feed, now) {
      const done = Promise.withResolvers<Stored | null>()
      queue.push({ from, feed, now, done })
      schedule()
      return done.promise
    },
    close() {
      queue.length = 0
    },
  }
}

/** The first entry, and those after it that fit into a batch of `most` articles with it. */
function takeBatch(queue: Entry[], most: number): Entry[] {
  let articles = 0
  const end = queue.findIndex(({ feed }) => {
    articles += feed.articles.length
    return articles > most
  })
  return queue.splice(0, end < 0 ? queue.length : Math.max(end, 1))
}

function storeTogether(db: WriteDb, entries: Entry[]): (Stored | null)[] {
  const [first] = entries
  // More than a batch: in one transaction it would hold up a click for too long.
  if (first && entries.length === 1 && first.feed.articles.length > batchSize(db)) return [storeInBatches(db, first)]
  const storeAll = db.transaction(() => {
    const written = entries.map(({ from, feed, now }) =>
      describeIfFollowed(db, from, feed) ? writeArticles(db, from.id, feed.articles, now) : null,
    )
    indexAll(
      db,
      written.flatMap(one => one ?? []),
    )
    return written.map(one => one && idsOf(one))
  })
  return asBatch(db, () => storeAll.immediate())
}

function storeInBatches(db: WriteDb, { from, feed, now }: Entry): Stored | null {
  return describeIfFollowed(db, from, feed) ? storeArticles(db, from.id, feed.articles, now) : null
}

/**
 * False where the feed was unsubscribed, given another address, or its import taken back, while it was being fetched. The
 * description comes before the articles, since they are indexed under the feed's title.
 */
function describeIfFollowed(db: WriteDb, { id, url }: FetchedFrom, feed: ArrivedDocument): boolean {
  const sql = 'SELECT 1 FROM feeds WHERE id = ? AND url = ? AND removed_at IS NULL'
  if (getValue(db, sql, id, url) === null) return false
  describeFeed(db, id, feed)
  return true
}
