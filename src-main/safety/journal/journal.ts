/** Writes down what the user did (safety/journal/file.ts), after it is in the database and before it is answered. */
import type { Settings } from '../../api/model.ts'
import { otherCalls } from '../../lib/chunks.ts'
import { attempt, type Log } from '../../lib/log.ts'
import { savedIds, wholeArticles } from '../../store/articles/saved.ts'
import { readMeta, writeMeta } from '../../store/db/meta.ts'
import type { ReadDb, WriteDb } from '../../store/db/open.ts'
import { folderList, subscriptionMarks, subscriptions, subscriptionsOf } from '../../store/feeds/subscriptions.ts'
import { toRanges } from '../../store/id-ranges.ts'
import { appendLines, type JournalFolder, type JournalLine } from './file.ts'

/** What is told is on the disk when the answer comes. None of these throws: the database has what is told here, and a later backup puts the journal right. */
export type Journal = {
  /** Feeds and their places may soon be others: remembers how they are, where that is not known yet. */
  sourcesMayChange(): void
  /** Feeds were followed, moved, renamed...: writes down what differs from the last time. */
  sourcesChanged(): Promise<void>
  /** Articles are now so. With many that were saved, other calls are answered in between. */
  articlesChanged(ids: number[], state: { isRead?: boolean; isSaved?: boolean }): Promise<void>
  settingsChanged(changes: Partial<Settings>): Promise<void>
  /** Something could not be written, so that the journal must be begun anew from the database. */
  isBehind(): boolean
  /** It was begun anew. */
  caughtUp(): void
}

type Line = JournalLine extends infer L ? (L extends { at: number } ? Omit<L, 'at'> : never) : never

/** Decompressing and writing so many articles takes some ms. */
const articlesAtOnce = 20

/** Where the reader is says nothing about what is kept. */
const places: (keyof Settings)[] = ['lastView', 'lastArticleId', 'lastArticlePlace', 'showingArticleId']

export function createJournal(parts: { db: WriteDb; folder: JournalFolder; now: () => number; log: Log }): Journal {
  const { db, folder, now, log } = parts
  let known: Known | null = null
  let isBehind = false

  /** In the order of the calls, whatever the disk takes for each. */
  async function write(lines: Line[]): Promise<void> {
    const at = now()
    try {
      await appendLines(
        folder,
        lines.map(line => ({ at, ...line })),
      )
    } catch (error) {
      log(`writing the journal failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      fallBehind()
    }
  }

  /** From now on the database says more than the journal. */
  function fallBehind(): void {
    if (isBehind) return
    isBehind = true
    attempt(log, 'noting that the journal is behind', () => writeMeta(db, 'isJournalBehind', true))
  }

  function readSafely<Value>(what: string, read: () => Value): Value | null {
    let value: Value | null = null
    if (!attempt(log, what, () => (value = read()))) fallBehind()
    return value
  }

  async function writeMarks(ids: number[], isRead: boolean): Promise<void> {
    const databaseId = readSafely('reading the id of the database', () => readMeta(db, 'databaseId'))
    if (databaseId) await write([{ do: 'mark', lineage: databaseId, isRead, ranges: toRanges(ids) }])
  }

  function writeSaved(ids: number[], isSaved: boolean): Promise<void> {
    const articles = readSafely('reading what was saved', () => wholeArticles(db, ids)) ?? []
    return write(
      articles.map(article =>
        isSaved ? { do: 'save', article } : { do: 'unsave', article: { feedUrl: article.feedUrl, keys: article.keys } },
      ),
    )
  }

  function sourcesMayChange(): void {
    known ??= readSafely('reading the subscriptions', () => knownFeeds(db))
  }

  return {
    sourcesMayChange,

    async sourcesChanged() {
      const before = known
      if (!before) {
        // Nobody knows what they were: a new base will say what they are.
        fallBehind()
        sourcesMayChange()
        return
      }
      const changed = readSafely('reading the subscriptions', () => changes(db, before))
      if (!changed) return
      known = changed.known
      await write(changed.lines)
    },

    async articlesChanged(ids, { isRead, isSaved }) {
      if (isRead !== undefined) await writeMarks(ids, isRead)
      if (isSaved === undefined) return
      for (let start = 0; start < ids.length; start += articlesAtOnce) {
        if (start > 0) await otherCalls()
        await writeSaved(ids.slice(start, start + articlesAtOnce), isSaved)
      }
    },

    async settingsChanged(changes) {
      const kept = Object.fromEntries(Object.entries(changes).filter(([name]) => !places.includes(name as never)))
      if (Object.keys(kept).length > 0) await write([{ do: 'set', settings: kept }])
    },

    isBehind: () => isBehind,

    caughtUp() {
      isBehind = false
      attempt(log, 'noting that the journal is whole', () => writeMeta(db, 'isJournalBehind', null))
    },
  }
}

/** All that is so, as lines: the base of a new journal. Run inside one read transaction. */
export function* linesOf(db: ReadDb, settings: Partial<Settings>, at: number): Generator<JournalLine> {
  for (const feed of subscriptions(db).values()) yield { at, do: 'follow', feed }
  yield { at, do: 'folders', paths: folderList(db) }
  yield { at, do: 'set', settings }
  for (let ids = savedIds(db, 0, articlesAtOnce); ids.length > 0; ids = savedIds(db, ids.at(-1)!, articlesAtOnce)) {
    for (const article of wholeArticles(db, ids)) yield { at, do: 'save', article }
  }
}

/** What the journal says of each feed we follow, and of the folders. */
type Known = { feeds: Map<number, { url: string; mark: string }>; folders: string }

function knownFeeds(db: ReadDb): Known {
  const marks = subscriptionMarks(db)
  const feeds = new Map([...subscriptions(db)].map(([id, { url }]) => [id, { url, mark: marks.get(id) ?? '' }]))
  return { feeds, folders: JSON.stringify(folderList(db)) }
}

function changes(db: ReadDb, before: Known): { lines: Line[]; known: Known } {
  const marks = subscriptionMarks(db)
  const changed = subscriptionsOf(
    db,
    [...marks].filter(([id, mark]) => before.feeds.get(id)?.mark !== mark).map(([id]) => id),
  )
  const feeds = new Map(before.feeds)
  const lines: Line[] = []
  for (const [id, feed] of changed) {
    const old = before.feeds.get(id)
    if (old && old.url !== feed.url) lines.push({ do: 'move-feed', from: old.url, to: feed.url })
    lines.push({ do: 'follow', feed })
    feeds.set(id, { url: feed.url, mark: marks.get(id) ?? '' })
  }
  for (const [id, { url }] of before.feeds) {
    if (marks.has(id)) continue
    lines.push({ do: 'unfollow', url })
    feeds.delete(id)
  }
  const paths = folderList(db)
  const folders = JSON.stringify(paths)
  if (folders !== before.folders) lines.push({ do: 'folders', paths })
  return { lines, known: { feeds, folders } }
}
