/**
 * The text index, in shards of 16,384 articles by id. A search asks the newest shard first and goes on only until it has
 * enough, so that a frequent word or a short prefix costs the same at a million articles as at twenty thousand; and a merge
 * of FTS5 never touches more than one shard. In one table, with or without `prefix='3'`, what is typed takes longer the more
 * articles there are (docs/benchmarks.md, 'One index or shards').
 */

import { forIndex } from '../../api/search/folding.ts'
import type { IndexText } from '../../feeds/parsed.ts'
import { htmlToText } from '../../lib/html-text.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { fullHtmlOf } from '../full-texts/full-texts.ts'
import { storedFacets } from './facets.ts'

export const shardSize = 16_384
/** Pages that one step of merging may write: some ms. */
const pagesPerStep = 50

/** `text`: as it is, or as UTF-8 in the index's spelling already. */
export type IndexedText = { title: string; text: string | IndexText; author: string }

/** Numbers only: the name goes into SQL. */
function tableOf(shard: number): string {
  return `article_index_${shard}`
}

/**
 * Adds an article, whose row and contents are stored, to the index, inside the caller's transaction: with the text of its page,
 * where that is stored, after the feed's own.
 */
export function indexArticle(db: WriteDb, articleId: number, article: IndexedText, feed: string): void {
  const ofPage = fullHtmlOf(db, [articleId]).get(articleId)
  const text = ofPage === undefined ? article.text : bothTexts(article.text, ofPage)
  insert(db, articleId, { ...article, text }, feed, storedFacets(db, articleId))
}

/** The same of an article that was never there, whose page cannot have been asked for. */
export function indexNewArticle(
  db: WriteDb,
  articleId: number,
  article: IndexedText,
  feed: string,
  facets: string,
): void {
  insert(db, articleId, article, feed, facets)
}

function insert(
  db: WriteDb,
  articleId: number,
  { title, text, author }: IndexedText,
  feed: string,
  facets: string,
): void {
  const indexed = [forIndex(title), typeof text === 'string' ? forIndex(text) : text, forIndex(author), forIndex(feed)]
  inShard(db, articleId, table => {
    const sql = `INSERT INTO ${table} (rowid, title, text, author, feed, marks) VALUES (?, ?, ?, ?, ?, ?)`
    prepared(db, sql).run(articleId, ...indexed, facets)
  })
}

function bothTexts(text: string | IndexText, htmlOfPage: string): string {
  const given = typeof text === 'string' ? text : Buffer.from(text).toString()
  return `${given}\n${htmlToText(htmlOfPage)}`
}

export function unindexArticle(db: WriteDb, articleId: number): void {
  inShard(db, articleId, table => prepared(db, `DELETE FROM ${table} WHERE rowid = ?`).run(articleId))
}

/** The shard each connection wrote to last: looking one up takes longer the more tables there are. */
const lastShard = new WeakMap<ReadDb, string>()

/** Writes to the shard of an article, which is created where there is none. */
function inShard(db: WriteDb, articleId: number, write: (table: string) => void): void {
  const table = tableOf(Math.floor(articleId / shardSize))
  if (lastShard.get(db) === table) {
    try {
      write(table)
      return
    } catch (error) {
      // The transaction that created it was rolled back.
      if (!(error instanceof Error && error.message.startsWith('no such table'))) throw error
    }
  }
  const isThere = prepared(db, 'SELECT 1 FROM sqlite_schema WHERE name = ?').get(table) !== undefined
  if (!isThere) createShard(db, table)
  lastShard.set(db, table)
  write(table)
}

export type Shard = {
  table: string
  /** Ids of the articles it can hold. */
  first: number
  last: number
}

/** The shards of the index, newest articles first. */
export function listShards(db: ReadDb): Shard[] {
  return prepared<[], number>(
    db,
    `SELECT CAST(substr(name, 15) AS INTEGER) AS number FROM sqlite_schema
     WHERE type = 'table' AND name GLOB 'article_index_[0-9]*' AND sql LIKE 'CREATE VIRTUAL%' ORDER BY number DESC`,
  )
    .pluck()
    .all()
    .map(number => ({ table: tableOf(number), first: number * shardSize, last: (number + 1) * shardSize - 1 }))
}

/**
 * Merges a little, or gives back some space of what was deleted: some ms. False when there is nothing left to do. Called while
 * nothing else happens.
 */
export function compactStep(db: WriteDb): boolean {
  const shards = listShards(db)
  // The newest stays, for new articles.
  const empty = shards.slice(1).find(({ table }) => !hasRows(db, table))
  if (empty) {
    db.prepare(`DROP TABLE ${empty.table}`).run()
    return true
  }
  for (const { table } of shards) {
    const before = changes(db)
    prepared(db, `INSERT INTO ${table} (${table}, rank) VALUES ('merge', ?)`).run(pagesPerStep)
    // FTS5 tells by this whether it merged anything (fts5.html, 6.9).
    if (changes(db) - before >= 2) return true
  }
  return vacuumStep(db)
}

/** Returns pages that merging freed to the system; false when there are none. */
function vacuumStep(db: WriteDb): boolean {
  if (db.pragma('freelist_count', { simple: true }) === 0) return false
  db.pragma(`incremental_vacuum(${pagesPerStep})`)
  return true
}

function hasRows(db: ReadDb, table: string): boolean {
  return prepared<[], number>(db, `SELECT 1 FROM ${table}_docsize LIMIT 1`).pluck().get() === 1
}

function changes(db: ReadDb): number {
  return prepared<[], number>(db, 'SELECT total_changes()').pluck().get() ?? 0
}

function createShard(db: WriteDb, table: string): void {
  const sql = `
    -- Marks that folding leaves are vowel signs of scripts like Devanagari: within words.
    -- The text first: FTS5 writes the column before each word's places, two bytes, but for the first of them.
    CREATE VIRTUAL TABLE ${table} USING fts5(
      text, title, author, feed, marks,
      content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
    );
    -- Merging in the middle of a refresh would hold up a click for seconds; compactStep does it while idle.
    INSERT INTO ${table} (${table}, rank) VALUES ('automerge', 0);
    INSERT INTO ${table} (${table}, rank) VALUES ('crisismerge', 1000);
  `
  db.exec(sql)
}
