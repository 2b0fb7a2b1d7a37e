/**
 * Rewrites what earlier programs wrote in other forms, so that nothing else has to read two: texts compressed with deflate,
 * shards of the text index without facets or folded less, undo records. Migration 8 marks a store that may have any
 * (`upgradedTo`); so does a salvage, which may also have dropped shards. Each shard is one transaction: after a kill the
 * next start goes on with the shard that was under way.
 */
import { inflateRawSync } from 'node:zlib'
import { htmlToText } from '../../lib/html-text.ts'
import { portableArticle } from '../articles/portable.ts'
import { idsBetween } from '../articles/read-state.ts'
import { pack } from '../db/compressed-html.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getValue, getValues, run } from '../db/prepared.ts'
import { indexArticle, listShards, shardSize } from '../search/index.ts'
import { upgradeUndos } from './undo-records.ts'

/** Ids of articles, both ends included. */
type Range = { first: number; last: number }

/** Articles indexed between two reports of the progress: some 50 ms. */
const articlesPerReport = 100

/**
 * Brings all of the store into today's form; does nothing where it is. `onProgress` gets the share that is done, from 0 to 1.
 * Two processes may do this at once.
 */
export function upgradeStore(db: WriteDb, onProgress: (share: number) => void = () => {}): void {
  const done = readMeta(db, 'upgradedTo')
  if (done === null) return
  const end = endOfIds(db)
  const report = (id: number) => onProgress(Math.min(1, id / end))
  // Before the first lock, which another process may hold.
  report(done)
  dropHalfMade(db)
  while (upgradeNext(db, end, report));
}

/** Ids of articles are below this, and those of shards, which may have no articles any more. */
function endOfIds(db: ReadDb): number {
  const article = db.prepare<[], number | null>('SELECT MAX(id) FROM articles').pluck().get() ?? 0
  return Math.max(article, listShards(db)[0]?.last ?? 0) + 1
}

/** One transaction: a shard, or in the end the undo records. False when all is done. */
function upgradeNext(db: WriteDb, end: number, report: (id: number) => void): boolean {
  return db
    .transaction(() => {
      const first = readMeta(db, 'upgradedTo')
      if (first === null) return false
      report(first)
      if (first >= end) {
        for (const table of ['undos', 'undo_parts'] as const) upgradeUndos(db, table)
        writeMeta(db, 'upgradedTo', null)
        return false
      }
      const range = { first, last: first + shardSize - 1 }
      for (const table of ['contents', 'revisions'] as const) recompress(db, table, range)
      reindexShard(db, range, report)
      writeMeta(db, 'upgradedTo', first + shardSize)
      return true
    })
    .immediate()
}

/**
 * Earlier programs made a shard anew beside the old one, which was whole as long as it had its own name; and after a
 * recovery they indexed from the newest article down, while the store was in use.
 */
function dropHalfMade(db: WriteDb): void {
  const half = `SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'
    AND (name GLOB 'article_next_[0-9]*' OR name GLOB 'article_old_[0-9]*')`
  db.transaction(() => {
    const below = readMeta(db, 'reindexBelow') ?? 0
    const incomplete = listShards(db).filter(({ first }) => first < below)
    for (const table of [...getValues<string>(db, half), ...incomplete.map(shard => shard.table)])
      db.prepare(`DROP TABLE ${table}`).run()
    writeMeta(db, 'reindexBelow', null)
  }).immediate()
}

/** Texts of the first programs are bare deflate; today's begin as a Zstandard frame does (RFC 8878, 3.1.1). */
function recompress(db: WriteDb, table: 'contents' | 'revisions', { first, last }: Range): void {
  const old = `SELECT rowid FROM ${table} WHERE article_id BETWEEN ? AND ? AND substr(html, 1, 4) <> x'28b52ffd'`
  for (const id of getValues<number>(db, old, first, last)) {
    const text = inflated(getValue<Uint8Array>(db, `SELECT html FROM ${table} WHERE rowid = ?`, id)!)
    if (text) run(db, `UPDATE ${table} SET html = ? WHERE rowid = ?`, pack(text), id)
  }
}

/** Null where the text is damaged: it stays as it is, and the article says so. */
function inflated(bytes: Uint8Array): Uint8Array | null {
  try {
    return inflateRawSync(bytes)
  } catch {
    return null
  }
}

/** Builds a shard that is of an earlier form, or missing. */
function reindexShard(db: WriteDb, { first, last }: Range, report: (id: number) => void): void {
  const shard = listShards(db).find(shard => shard.first === first)
  if (shard && isOfToday(db, shard.table)) return
  if (shard) db.prepare(`DROP TABLE ${shard.table}`).run()
  idsBetween(db, first, last).forEach((id, index) => {
    tryToIndex(db, id)
    if (index % articlesPerReport === 0) report(id)
  })
}

/** An article whose row makes no sense, after damage, stays out of the index, rather than keep the store from opening. */
function tryToIndex(db: WriteDb, id: number): void {
  try {
    const article = portableArticle(db, id)
    if (article) indexArticle(db, id, { ...article, text: htmlToText(article.html) }, article.feedTitle)
  } catch (error) {
    // Errors of SQLite and of the disk have a code.
    if (error instanceof Error && 'code' in error) throw error
  }
}

/** SQLite folds nothing in the shards of today: their tokenizer tells them from others. */
function isOfToday(db: ReadDb, table: string): boolean {
  const sql = getValue<string>(db, 'SELECT sql FROM sqlite_schema WHERE name = ?', table)
  return sql?.includes('remove_diacritics 0') ?? false
}
