/** Journals what the user did (safety/journal/file.ts), after it is committed and before the call is answered. */
import type { Settings } from '../../api/settings.ts'
import { otherCalls } from '../../lib/chunks.ts'
import { attempt, type Log, stackOf } from '../../lib/log.ts'
import { portableArticle, savedArticles } from '../../store/articles/portable.ts'
import { readMeta, writeMeta } from '../../store/db/meta.ts'
import type { ReadDb, WriteDb } from '../../store/db/open.ts'
import { folderList, storedSubscriptions, subscriptionOf, subscriptions } from '../../store/feeds/subscriptions.ts'
import { toRanges } from '../../store/id-ranges.ts'
import { type MailList, mailList } from '../../store/mail/portable.ts'
import { allDecisions, decisionById } from '../../store/stories/decisions.ts'
import { appendLines, type JournalFolder, type JournalLine } from './file.ts'

type Line = JournalLine extends infer L ? (L extends { at: number } ? Omit<L, 'at'> : never) : never

/** Decompressing and writing so many articles takes some ms. */
const chunkSize = 20

type JournalParts = { db: WriteDb; folder: JournalFolder; now: () => number; log: Log }

/**
 * Promises resolve when the lines are synced. Nothing throws: where lines could not be written, the database notes that the
 * journal is behind, and a later backup or start begins it anew.
 */
export class Journal {
  readonly #parts: JournalParts
  #known: Known | null = null
  #isBehind = false

  constructor(parts: JournalParts) {
    this.#parts = parts
  }

  /** Before feeds or folders change: remembers their state, which `sourcesChanged` compares. */
  sourcesMayChange(): void {
    this.#known ??= this.#read('the subscriptions', knownSources)
  }

  /** Journals how feeds and folders differ from the remembered state. */
  async sourcesChanged(): Promise<void> {
    const before = this.#known
    if (!before) {
      // With no state to compare, only a new base can record the change.
      this.#fallBehind()
      this.sourcesMayChange()
      return
    }
    const changed = this.#read('the subscriptions', db => changes(db, before))
    if (!changed) return
    this.#known = changed.known
    await this.#write(changed.lines)
  }

  /** Journals the new state of articles. Saved ones are written in chunks, between which other calls are answered. */
  async articlesChanged(ids: number[], { isRead, isSaved }: { isRead?: boolean; isSaved?: boolean }): Promise<void> {
    if (isRead !== undefined) await this.#writeRead(ids, isRead)
    if (isSaved === undefined) return
    for (let start = 0; start < ids.length; start += chunkSize) {
      if (start > 0) await otherCalls()
      await this.#writeSaved(ids.slice(start, start + chunkSize), isSaved)
    }
  }

  async settingsChanged(changes: Partial<Settings>): Promise<void> {
    if (Object.keys(changes).length > 0) await this.#write([{ do: 'set', settings: changes }])
  }

  /** Journals these decisions of stories as they are now: made, or withdrawn. */
  async storiesDecided(ids: string[]): Promise<void> {
    const lines = this.#read('what was decided of stories', db =>
      ids.map((id): Line => {
        const decision = decisionById(db, id)
        return decision ? { do: 'decide-story', decision } : { do: 'withdraw-story', id }
      }),
    )
    await this.#write(lines ?? [])
  }

  /** A new base was written from the database. */
  caughtUp(): void {
    this.#isBehind = false
    this.#noteBehind(null)
  }

  async #writeRead(ids: number[], isRead: boolean): Promise<void> {
    const lineage = this.#read('the id of the database', db => readMeta(db, 'databaseId'))
    if (lineage) await this.#write([{ do: 'mark', lineage, isRead, ranges: toRanges(ids) }])
  }

  #writeSaved(ids: number[], isSaved: boolean): Promise<void> {
    const articles = this.#read('what was saved', db => ids.flatMap(id => portableArticle(db, id) ?? [])) ?? []
    return this.#write(
      articles.map(article =>
        isSaved ? { do: 'save', article } : { do: 'unsave', article: { feedUrl: article.feedUrl, keys: article.keys } },
      ),
    )
  }

  /** In the order of the calls, however long the disk takes for each. */
  async #write(lines: Line[]): Promise<void> {
    const { folder, now, log } = this.#parts
    const at = now()
    try {
      await appendLines(
        folder,
        lines.map(line => ({ at, ...line })),
      )
    } catch (error) {
      log(`writing the journal failed: ${stackOf(error)}`)
      this.#fallBehind()
    }
  }

  #read<Value>(what: string, read: (db: ReadDb) => Value): Value | null {
    const { db, log } = this.#parts
    let value: Value | null = null
    if (!attempt(log, `reading ${what}`, () => (value = read(db)))) this.#fallBehind()
    return value
  }

  #fallBehind(): void {
    if (this.#isBehind) return
    this.#isBehind = true
    this.#noteBehind(true)
  }

  #noteBehind(isBehind: true | null): void {
    const { db, log } = this.#parts
    attempt(log, 'noting whether the journal is behind', () => writeMeta(db, 'isJournalBehind', isBehind))
  }
}

/** The present state as lines: the base of a new journal. Run inside one read transaction. */
export function* linesOf(db: ReadDb, settings: Partial<Settings>, at: number): Generator<JournalLine> {
  for (const feed of subscriptions(db).values()) yield { at, do: 'follow', feed }
  yield { at, do: 'folders', ...folderList(db) }
  yield { at, do: 'mail', ...mailList(db) }
  yield { at, do: 'set', settings }
  for (const article of savedArticles(db)) yield { at, do: 'save', article }
  for (const decision of allDecisions(db)) yield { at, do: 'decide-story', decision }
}

/** What the journal has of each feed we follow, by its id (storedSubscriptions), and of the folders and mailboxes. */
type Known = { feeds: Map<number, string>; folders: string; mail: string }

function knownSources(db: ReadDb): Known {
  return { feeds: storedSubscriptions(db), folders: JSON.stringify(folderList(db)), mail: JSON.stringify(mailList(db)) }
}

function changes(db: ReadDb, before: Known): { lines: Line[]; known: Known } {
  const known = knownSources(db)
  const lines: Line[] = []
  for (const [id, stored] of known.feeds) {
    const old = before.feeds.get(id)
    if (old === stored) continue
    const feed = subscriptionOf(stored)
    const from = old && subscriptionOf(old).url
    if (from && from !== feed.url) lines.push({ do: 'move-feed', from, to: feed.url })
    lines.push({ do: 'follow', feed })
  }
  for (const [id, old] of before.feeds) {
    if (!known.feeds.has(id)) lines.push({ do: 'unfollow', url: subscriptionOf(old).url })
  }
  if (known.folders !== before.folders) lines.push({ do: 'folders', ...folderList(db) })
  if (known.mail !== before.mail) lines.push({ do: 'mail', ...(JSON.parse(known.mail) as MailList) })
  return { lines, known }
}
