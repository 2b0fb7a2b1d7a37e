/**
 * The text index, in volumes of 16,384 articles by id. A search asks the newest volume first and goes on only until it
 * has enough, so that a frequent word or a short beginning costs the same at a million articles as at twenty thousand;
 * and the merging that FTS5 does now and then never touches more than one volume.
 */
import type { IndexText } from '../../feeds/parsed.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { forIndex } from '../folding/text.ts'
import { marksOf } from './facets.ts'
import { inNext } from './next-index.ts'

const volumeBits = 14
/** Pages that one step of merging may write: some ms. */
const pagesPerStep = 50

/** `text`: as it is, or as UTF-8 in the index's spelling already. */
export type IndexedText = { title: string; text: string | IndexText; author: string }

/** The table that holds an article. Numbers only: it goes into SQL. */
function volumeOf(articleId: number): string {
  return tableOf(Math.floor(articleId / 2 ** volumeBits))
}

function tableOf(volume: number): string {
  return `article_index_${volume}`
}

/**
 * Adds an article, whose row and contents are stored, to the index, inside the caller's transaction. `marks`: where the
 * caller knows them (store/search/facets.ts).
 */
export function indexArticle(
  db: WriteDb,
  articleId: number,
  { title, text, author }: IndexedText,
  feed: string,
  marks?: string,
): void {
  inVolume(db, volumeOf(articleId), (table, { hasMarks, isFolded }) => {
    const indexed = { title, text, author }
    if (hasMarks) put(db, table, articleId, indexed, feed, marks)
    else {
      const sql = `INSERT INTO ${table} (rowid, title, text, author, feed) VALUES (?, ?, ?, ?, ?)`
      prepared(db, sql).run(articleId, ...spelled(indexed, feed))
    }
    if (!isFolded) inNext(db, table, next => indexInto(db, next, articleId, indexed, feed, marks))
  })
}

/** Puts an article into this very volume, which has marks, in the place of what is there of it. */
export function indexInto(
  db: WriteDb,
  table: string,
  articleId: number,
  indexed: IndexedText,
  feed: string,
  marks?: string,
): void {
  remove(db, table, articleId)
  put(db, table, articleId, indexed, feed, marks)
}

function put(
  db: WriteDb,
  table: string,
  articleId: number,
  indexed: IndexedText,
  feed: string,
  marks = marksOf(db, articleId),
): void {
  const sql = `INSERT INTO ${table} (rowid, title, text, author, feed, marks) VALUES (?, ?, ?, ?, ?, ?)`
  prepared(db, sql).run(articleId, ...spelled(indexed, feed), marks)
}

function spelled({ title, text, author }: IndexedText, feed: string): (string | IndexText)[] {
  return [forIndex(title), typeof text === 'string' ? forIndex(text) : text, forIndex(author), forIndex(feed)]
}

function remove(db: WriteDb, table: string, articleId: number): void {
  prepared(db, `DELETE FROM ${table} WHERE rowid = ?`).run(articleId)
}

export function unindexArticle(db: WriteDb, articleId: number): void {
  inVolume(db, volumeOf(articleId), (table, { isFolded }) => {
    remove(db, table, articleId)
    if (!isFolded) inNext(db, table, next => remove(db, next, articleId))
  })
}

/** What a volume is like, by the program that made it. */
export type VolumeKind = {
  /** False for those of the first Broadsheets: there, what is not a word is asked of the articles. */
  hasMarks: boolean
  /** False where SQLite alone folded the text, that is the accents of Latin letters: to be made anew (store/articles/index-upgrade.ts). */
  isFolded: boolean
}

/** The volume each connection wrote to last, and its kind: the list of tables grows with the store. */
const lastVolume = new WeakMap<ReadDb, { table: string; kind: VolumeKind }>()

/** Writes to a volume, which is made where there is none. */
function inVolume(db: WriteDb, table: string, write: (table: string, kind: VolumeKind) => void): void {
  const last = lastVolume.get(db)
  if (last?.table === table) {
    try {
      write(table, last.kind)
      return
    } catch (error) {
      // The transaction that made it was taken back.
      if (!(error instanceof Error && error.message.startsWith('no such table'))) throw error
    }
  }
  const kind = ensureVolume(db, table)
  // One of an earlier kind may be replaced at any time, by another connection.
  if (kind.isFolded) lastVolume.set(db, { table, kind })
  write(table, kind)
}

export type Volume = VolumeKind & {
  table: string
  /** Ids of the articles it can hold. */
  first: number
  last: number
}

/** The volumes of the index, newest articles first. */
export function volumes(db: ReadDb): Volume[] {
  return prepared<[], { number: number; sql: string }>(
    db,
    `SELECT CAST(substr(name, 15) AS INTEGER) AS number, sql FROM sqlite_schema
     WHERE type = 'table' AND name GLOB 'article_index_[0-9]*' AND sql LIKE 'CREATE VIRTUAL%' ORDER BY number DESC`,
  )
    .all()
    .map(({ number, sql }) => ({
      table: tableOf(number),
      first: number * 2 ** volumeBits,
      last: (number + 1) * 2 ** volumeBits - 1,
      ...kindOf(sql),
    }))
}

/** One step of tidying: false when there is nothing left to do. Called while nothing else happens. */
export function mergeIndexStep(db: WriteDb): boolean {
  for (const { table } of volumes(db)) {
    const before = changes(db)
    prepared(db, `INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`).run(pagesPerStep)
    // FTS5 tells by this whether it merged anything (fts5.html, 6.9).
    if (changes(db) - before >= 2) return true
  }
  return giveBackRoom(db)
}

/** Returns pages that merging freed to the system; false when there are none. */
function giveBackRoom(db: WriteDb): boolean {
  if (db.pragma('freelist_count', { simple: true }) === 0) return false
  db.pragma(`incremental_vacuum(${pagesPerStep})`)
  return true
}

function changes(db: ReadDb): number {
  return prepared<[], number>(db, 'SELECT total_changes()').pluck().get() ?? 0
}

/** Makes the volume where there is none, and says what it is like. */
function ensureVolume(db: WriteDb, table: string): VolumeKind {
  const known = prepared<[string], string>(db, 'SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(table)
  if (known !== undefined) return kindOf(known)
  makeVolume(db, table)
  return { hasMarks: true, isFolded: true }
}

/** By the statement that made it: SQLite folds nothing where all is folded before. */
function kindOf(sql: string): VolumeKind {
  return { hasMarks: sql.includes('marks'), isFolded: sql.includes('remove_diacritics 0') }
}

/** A volume as they are now, empty. `table` is a name of ours. */
export function makeVolume(db: WriteDb, table: string): void {
  const sql = `
    -- Marks that folding leaves are vowel signs of scripts like Devanagari: within words.
    -- The text first: FTS5 writes the column before each word's places, two bytes, but for the first of them.
    CREATE VIRTUAL TABLE ${table} USING fts5(
      text, title, author, feed, marks,
      content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
    );
    -- Merging in the middle of a refresh would hold up a click for seconds; mergeIndexStep does it while idle.
    INSERT INTO ${table} (${table}, rank) VALUES ('automerge', 0);
    INSERT INTO ${table} (${table}, rank) VALUES ('crisismerge', 1000);
  `
  db.exec(sql)
}
