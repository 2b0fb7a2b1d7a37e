/**
 * Earlier Broadsheets made volumes of the text index without marks, where searches ask the articles instead, which takes
 * seconds in a large store, and later ones in which only accents were folded. Here such a volume is made anew beside the old one, in steps; the old one is used till the new
 * one is whole. Each step is one transaction, so that an end in the middle leaves nothing but the rest of this work.
 */

import { type IndexUpgrade, readFact, writeFact } from '../db/meta.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { indexInto, makeVolume, type Volume, volumes } from '../search/index.ts'
import { nextOf } from '../search/next-index.ts'
import { wholeArticles } from './saved.ts'

/** Articles in one step, and pages that it may merge: each step leaves a piece of its own in the new volume. */
const perStep = 10
const pagesPerStep = 12
/** Pieces of the old volume that one step removes: dropping all of it at once took longer than a click may wait. */
const removedPerStep = 100

/** Whether there is anything to do: in almost every store there is not. */
export function isUpgradeWanted(db: ReadDb): boolean {
  return (
    readFact(db, 'indexUpgrade') !== null || oldVolume(db) !== null || volumes(db).some(({ isFolded }) => !isFolded)
  )
}

/** True where there is more to do. `htmlToText` is what the index has of an article's HTML. */
export function upgradeStep(db: WriteDb, htmlToText: (html: string) => string): boolean {
  return db
    .transaction(() => {
      const upgrade = readFact(db, 'indexUpgrade')
      if (upgrade) return goOn(db, upgrade, htmlToText)
      if (removeSomeOfTheOld(db)) return true
      const volume = volumes(db).find(({ isFolded }) => !isFolded)
      if (!volume) return false
      begin(db, volume)
      return true
    })
    .immediate()
}

function begin(db: WriteDb, { table, first, last }: Volume): void {
  const dropHalfDone = `DROP TABLE IF EXISTS ${nextOf(table)}`
  db.exec(dropHalfDone)
  makeVolume(db, nextOf(table))
  writeFact(db, 'indexUpgrade', { table, last, after: first - 1 })
}

function goOn(db: WriteDb, upgrade: IndexUpgrade, htmlToText: (html: string) => string): boolean {
  const { table, last, after } = upgrade
  const next = nextOf(table)
  const sql = 'SELECT id FROM articles WHERE id > ? AND id <= ? ORDER BY id LIMIT ?'
  const ids = prepared<[number, number, number], number>(db, sql).pluck().all(after, last, perStep)
  const newest = ids.at(-1)
  if (newest === undefined) {
    take(db, table)
    return true
  }
  for (const id of ids) {
    const [article] = wholeArticles(db, [id])
    if (article) indexInto(db, next, id, { ...article, text: htmlToText(article.html) }, article.feedTitle)
  }
  prepared(db, `INSERT INTO ${next} (${next}, rank) VALUES ('merge', ?)`).run(pagesPerStep)
  writeFact(db, 'indexUpgrade', { ...upgrade, after: newest })
  return true
}

/** The new volume is whole. */
function take(db: WriteDb, table: string): void {
  // All of its articles may have been deleted meanwhile, and the volume with them.
  const setAside = `ALTER TABLE ${table} RENAME TO ${oldOf(table)}`
  const putInPlace = `ALTER TABLE ${nextOf(table)} RENAME TO ${table}`
  if (exists(db, table)) db.exec(setAside)
  db.exec(putInPlace)
  writeFact(db, 'indexUpgrade', null)
}

/** False where nothing is left of volumes that were replaced. */
function removeSomeOfTheOld(db: WriteDb): boolean {
  const table = oldVolume(db)
  if (table === null) return false
  // SQLite guards the tables behind an index, which must not be spoilt; this one is nobody's any more.
  db.unsafeMode(true)
  try {
    const sql = `DELETE FROM ${table}_data WHERE id IN (SELECT id FROM ${table}_data ORDER BY id DESC LIMIT ?)`
    const dropTheRest = `DROP TABLE ${table}`
    const { changes } = db.prepare(sql).run(removedPerStep)
    if (changes < removedPerStep) db.exec(dropTheRest)
  } finally {
    db.unsafeMode(false)
  }
  return true
}

function oldVolume(db: ReadDb): string | null {
  const sql = `SELECT name FROM sqlite_schema
    WHERE name GLOB 'article_old_[0-9]*' AND sql LIKE 'CREATE VIRTUAL%' LIMIT 1`
  return prepared<[], string>(db, sql).pluck().get() ?? null
}

function oldOf(table: string): string {
  return table.replace('article_index_', 'article_old_')
}

function exists(db: WriteDb, table: string): boolean {
  return prepared(db, 'SELECT 1 FROM sqlite_schema WHERE name = ?').get(table) !== undefined
}
