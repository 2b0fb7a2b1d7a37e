/** Writes down what the user did (journal-file.ts), after it is in the database and before it is answered. */
import type { Settings } from '../../api/model.ts'
import { attempt, type Log } from '../log.ts'
import { otherCalls } from '../slices.ts'
import type { ReadDb, WriteDb } from '../store/database.ts'
import { readFact, writeFact } from '../store/facts.ts'
import { toRanges } from '../store/id-ranges.ts'
import { savedIds, wholeArticles } from '../store/saved.ts'
import { type Subscription, subscriptions } from '../store/subscriptions.ts'
import { appendLines, type JournalFolder, type JournalLine } from './journal-file.ts'

/** None of these throws: the database has what is told here, and a later backup puts the journal right. */
export type Journal = {
  /** Feeds were followed, moved, renamed...: writes down what differs from the last time. */
  sourcesChanged(): void
  /** Articles are now so. With many that were saved, other calls are answered in between. */
  articlesChanged(ids: number[], state: { isRead?: boolean; isSaved?: boolean }): Promise<void>
  settingsChanged(changes: Partial<Settings>): void
  /** Something could not be written, so that the journal must be begun anew from the database. */
  isBehind(): boolean
  /** It was begun anew. */
  caughtUp(): void
}

type Line = JournalLine extends infer L ? (L extends { at: number } ? Omit<L, 'at'> : never) : never

/** Decompressing and writing so many articles takes some ms. */
const articlesAtOnce = 50

/** Where the reader is says nothing about what is kept. */
const places: (keyof Settings)[] = ['lastView', 'lastArticleId']

export function createJournal(parts: { db: WriteDb; folder: JournalFolder; now: () => number; log: Log }): Journal {
  const { db, folder, now, log } = parts
  let known = new Map([...subscriptions(db)].map(([id, feed]) => [id, { feed, text: JSON.stringify(feed) }]))
  let isBehind = false

  function write(lines: Line[]): void {
    const at = now()
    const isWritten = attempt(log, 'writing the journal', () =>
      appendLines(
        folder,
        lines.map(line => ({ at, ...line })),
      ),
    )
    if (!isWritten) fallBehind()
  }

  /** From now on the database says more than the journal. */
  function fallBehind(): void {
    if (isBehind) return
    isBehind = true
    attempt(log, 'noting that the journal is behind', () => writeFact(db, 'isJournalBehind', true))
  }

  function readSafely<Value>(what: string, read: () => Value): Value | null {
    let value: Value | null = null
    if (!attempt(log, what, () => (value = read()))) fallBehind()
    return value
  }

  function writeMarks(ids: number[], isRead: boolean): void {
    const lineage = readSafely('reading the lineage', () => readFact(db, 'lineage'))
    if (lineage) write([{ do: 'mark', lineage, isRead, ranges: toRanges(ids) }])
  }

  function writeSaved(ids: number[], isSaved: boolean): void {
    const articles = readSafely('reading what was saved', () => wholeArticles(db, ids)) ?? []
    write(
      articles.map(article =>
        isSaved ? { do: 'save', article } : { do: 'unsave', article: { feedUrl: article.feedUrl, keys: article.keys } },
      ),
    )
  }

  return {
    sourcesChanged() {
      const feeds = readSafely('reading the subscriptions', () => subscriptions(db))
      if (!feeds) return
      const next = new Map([...feeds].map(([id, feed]) => [id, { feed, text: JSON.stringify(feed) }]))
      write(differences(known, next))
      known = next
    },

    async articlesChanged(ids, { isRead, isSaved }) {
      if (isRead !== undefined) writeMarks(ids, isRead)
      if (isSaved === undefined) return
      for (let start = 0; start < ids.length; start += articlesAtOnce) {
        if (start > 0) await otherCalls()
        writeSaved(ids.slice(start, start + articlesAtOnce), isSaved)
      }
    },

    settingsChanged(changes) {
      const kept = Object.fromEntries(Object.entries(changes).filter(([name]) => !places.includes(name as never)))
      if (Object.keys(kept).length > 0) write([{ do: 'set', settings: kept }])
    },

    isBehind: () => isBehind,

    caughtUp() {
      isBehind = false
      attempt(log, 'noting that the journal is whole', () => writeFact(db, 'isJournalBehind', null))
    },
  }
}

/** All that is so, as lines: the base of a new journal. Run inside one read transaction. */
export function* linesOf(db: ReadDb, settings: Partial<Settings>, at: number): Generator<JournalLine> {
  for (const feed of subscriptions(db).values()) yield { at, do: 'follow', feed }
  yield { at, do: 'set', settings }
  for (let ids = savedIds(db, 0, articlesAtOnce); ids.length > 0; ids = savedIds(db, ids.at(-1)!, articlesAtOnce)) {
    for (const article of wholeArticles(db, ids)) yield { at, do: 'save', article }
  }
}

type Known = Map<number, { feed: Subscription; text: string }>

function differences(before: Known, after: Known): Line[] {
  const lines: Line[] = []
  for (const [id, { feed, text }] of after) {
    const old = before.get(id)
    if (old && old.feed.url !== feed.url) lines.push({ do: 'move-feed', from: old.feed.url, to: feed.url })
    if (old?.text !== text) lines.push({ do: 'follow', feed })
  }
  for (const [id, { feed }] of before) if (!after.has(id)) lines.push({ do: 'unfollow', url: feed.url })
  return lines
}
