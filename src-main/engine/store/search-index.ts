/**
 * The text index, in volumes of 16,384 articles by id. A search asks the newest volume first and goes on only until it
 * has enough, so that a frequent word or a short beginning costs the same at a million articles as at twenty thousand;
 * and the merging that FTS5 does now and then never touches more than one volume.
 */
import type { ReadDb, WriteDb } from './database.ts'
import { prepared } from './prepared.ts'
import { forIndex } from './search-text.ts'

const volumeBits = 14
/** Pages that one step of merging may write: some ms. */
const pagesPerStep = 50

export type IndexedText = { title: string; text: string; author: string }

/** The table that holds an article. Numbers only: it goes into SQL. */
function volumeOf(articleId: number): string {
  return tableOf(Math.floor(articleId / 2 ** volumeBits))
}

function tableOf(volume: number): string {
  return `article_index_${volume}`
}

/** Adds an article to the index, inside the caller's transaction. */
export function indexArticle(db: WriteDb, articleId: number, { title, text, author }: IndexedText, feed: string): void {
  const table = volumeOf(articleId)
  ensureVolume(db, table)
  prepared(db, `INSERT INTO ${table} (rowid, title, text, author, feed) VALUES (?, ?, ?, ?, ?)`).run(
    articleId,
    forIndex(title),
    forIndex(text),
    forIndex(author),
    forIndex(feed),
  )
}

export function unindexArticle(db: WriteDb, articleId: number): void {
  const table = volumeOf(articleId)
  ensureVolume(db, table)
  prepared(db, `DELETE FROM ${table} WHERE rowid = ?`).run(articleId)
}

/** The tables of the index, newest articles first. */
export function volumes(db: ReadDb): string[] {
  return prepared<[], { name: string }>(
    db,
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'article_index_[0-9]*' AND sql LIKE 'CREATE VIRTUAL%'
     ORDER BY CAST(substr(name, 15) AS INTEGER) DESC`,
  )
    .all()
    .map(row => row.name)
}

/** One step of tidying: false when there is nothing left to do. Called while nothing else happens. */
export function mergeIndexStep(db: WriteDb): boolean {
  for (const table of volumes(db)) {
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

function ensureVolume(db: WriteDb, table: string): void {
  const known = prepared<[string], number>(db, 'SELECT 1 FROM sqlite_schema WHERE name = ?').pluck().get(table)
  if (known) return
  const sql = `
    CREATE VIRTUAL TABLE ${table} USING fts5(
      title, text, author, feed,
      content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2"
    );
    -- Merging in the middle of a refresh would hold up a click for seconds; mergeIndexStep does it while idle.
    INSERT INTO ${table} (${table}, rank) VALUES ('automerge', 0);
    INSERT INTO ${table} (${table}, rank) VALUES ('crisismerge', 1000);
  `
  db.exec(sql)
}
