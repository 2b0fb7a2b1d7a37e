/**
 * Search: all that matches, newest first, found piece by piece. What is frequent fills a page from the newest articles,
 * and nobody waits for the rest; what is rare is looked up in every volume. Ranking all hits of a frequent word would
 * take seconds at a million articles.
 */
import type { PageKey } from '../../api/model.ts'
import type { ReadDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { isSettled, settlingFeeds } from '../feeds/visibility.ts'
import { marksBetween } from './facets.ts'
import { type Filters, filtersOf, type RowFilter, type Value } from './filters.ts'
import { type Volume, volumes } from './index.ts'
import { parseSearch, type SearchQuery, toMatch } from './query.ts'

export type SearchHit = PageKey

export type Search = {
  /** Found so far and in their final order: by date, newest first. */
  readonly hits: SearchHit[]
  /** Looks at one more piece of the library, some ms. False when all has been looked at. */
  step(): boolean
}

/** A search lists this many: the newest. */
export const searchedAtMost = 2_000
/** Hits that one step takes from a volume. */
const perStep = 400
/** Where fewer than this are saved (or unread), each of them is looked up, not each article with the words. */
const fewArticles = 20_000
/** So many marks are looked up in a volume before anything else is; with more of them it would not pay. */
const fewMarks = 24

/** The newest articles that match. */
export function searchArticles(db: ReadDb, text: string): SearchHit[] {
  const search = startSearch(db, text)
  while (search.step() && search.hits.length < searchedAtMost);
  return search.hits.slice(0, searchedAtMost)
}

/** Begins to look for what the user typed. Text that says nothing finds nothing. Holds nothing in the database. */
export function startSearch(db: ReadDb, text: string): Search {
  const query = parseSearch(text)
  const filters = filtersOf(db, query)
  const hasWords = query.terms.some(term => !term.isExcluded)
  if (!hasWords && query.conditions.length === 0) return { hits: [], step: () => false }
  return hasWords || filters.marks.length > 0 ? searchIndex(db, query, filters) : searchRows(db, filters)
}

/** Volume after volume, each from its newest article on. */
function searchIndex(db: ReadDb, query: SearchQuery, filters: Filters): Search {
  const left = volumes(db)
  const fewIds = idsOfFew(db, filters)
  const marks = [...filters.marks, ...marksInTime(db, filters)]
  const hits: SearchHit[] = []
  /** Found, but something newer may still be found. */
  let early: SearchHit[] = []
  let below = Number.MAX_SAFE_INTEGER

  function step(): boolean {
    const [volume] = left
    if (!volume) return false
    const found = askVolume(db, volume, query, { ...filters, marks }, { below, fewIds })
    below = found.at(-1)?.id ?? volume.first
    if (fewIds || found.length < perStep) {
      left.shift()
      below = left[0] ? left[0].last + 1 : 0
    }
    early = [...early, ...found].sort(newestFirst)
    const latest = left.length > 0 ? latestBelow(db, below) : -1
    const held = early.findIndex(hit => hit.publishedAt < latest)
    hits.push(...early.splice(0, held < 0 ? early.length : held))
    if (latest < filters.earliest) left.length = 0
    return left.length > 0
  }
  return { hits, step }
}

type Piece = { below: number; fewIds: number[] | null }

function askVolume(
  db: ReadDb,
  { table, first, last, hasMarks, isFolded }: Volume,
  query: SearchQuery,
  { marks, notMarks, rows, insteadOfMarks }: Filters,
  { below, fewIds }: Piece,
): SearchHit[] {
  if (hasMarks && !hasAllMarks(db, table, marks)) return []
  const match = hasMarks ? toMatch(query, { isFolded, marks, notMarks }) : toMatch(query, { isFolded, hasMarks })
  const filters: RowFilter[] = [listed, ...whileSettling(db), ...rows, ...(hasMarks ? [] : insteadOfMarks)]
  const id = match === null ? 'articles.id' : `${table}.rowid`
  if (match !== null) filters.push({ sql: `${table} MATCH ?`, values: [match] })
  if (fewIds) {
    const inVolume = fewIds.filter(id => id >= first && id <= last && id < below)
    // The plus: one walk over what matches, not a search of the index for each of them.
    filters.push({ sql: `+${id} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(inVolume)] })
  } else {
    // The driver hands numbers over as floating point; such a bound FTS5 looks at only row by row.
    const range = `${id} BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)`
    filters.push({ sql: range, values: [first, Math.min(last, below - 1)] })
  }
  const sql = `
    SELECT articles.id, articles.published_at AS publishedAt
    FROM ${match === null ? 'articles' : `${table} CROSS JOIN articles ON articles.id = ${table}.rowid`}
    WHERE ${filters.map(filter => filter.sql).join(' AND ')}
    ${fewIds ? '' : `ORDER BY ${id} DESC LIMIT ${perStep}`}`
  // Conditions are put together in many ways: only the statements of plain words are kept.
  const isPlain = filters.length === 3 && !fewIds
  const statement = isPlain ? prepared<Value[], SearchHit>(db, sql) : db.prepare<Value[], SearchHit>(sql)
  return statement.all(...filters.flatMap(filter => filter.values))
}

/** FTS5 gathers all words with a beginning first, in vain where a volume has nothing of that feed or that month. */
function hasAllMarks(db: ReadDb, table: string, marks: string[][]): boolean {
  const match = toMatch({ terms: [], conditions: [] }, { marks })
  if (match === null || marks.flat().length > fewMarks) return true
  const sql = `SELECT 1 FROM ${table} WHERE ${table} MATCH ? LIMIT 1`
  return prepared<[string], number>(db, sql).pluck().get(match) === 1
}

/** Of a feed that is unsubscribed only what is saved is listed. */
const listed: RowFilter = { sql: 'articles.is_hidden <= articles.is_saved', values: [] }

/** Of a feed that is being hidden or shown, too. */
function whileSettling(db: ReadDb): RowFilter[] {
  return settlingFeeds(db).length > 0 ? [{ sql: `(articles.is_saved = 1 OR ${isSettled})`, values: [] }] : []
}

/** By date, where there are no words and no marks to begin with. */
function searchRows(db: ReadDb, { rows: asked, state, latest }: Filters): Search {
  const hits: SearchHit[] = []
  const rows = [...whileSettling(db), ...asked]
  const where = rows.map(filter => `AND ${filter.sql}`).join(' ')
  const index = state === 'saved' ? 'articles_saved' : state === 'unread' ? 'articles_unread' : 'articles_by_date'
  const ofIndex =
    state === 'saved' ? 'is_saved = 1' : state === 'unread' ? 'is_hidden = 0 AND is_read = 0' : 'is_hidden = 0'
  const page = db.prepare<Value[], SearchHit>(
    `SELECT id, published_at AS publishedAt FROM articles INDEXED BY ${index}
     WHERE ${ofIndex} ${where} AND (published_at, id) < (?, ?) ORDER BY published_at DESC, id DESC LIMIT ${perStep}`,
  )
  const values = rows.flatMap(filter => filter.values)
  // What is saved of feeds that are unsubscribed: never many.
  const hidden = state === 'saved' ? [] : hiddenSaved(db, where, values)
  let after: SearchHit = { publishedAt: latest, id: 0 }

  function step(): boolean {
    const found = page.all(...values, after.publishedAt, after.id)
    const isMore = found.length === perStep
    after = found.at(-1) ?? after
    const now = isMore ? hidden.findIndex(hit => newestFirst(hit, after) > 0) : hidden.length
    hits.push(...[...found, ...hidden.splice(0, now < 0 ? hidden.length : now)].sort(newestFirst))
    return isMore
  }
  return { hits, step }
}

function hiddenSaved(db: ReadDb, where: string, values: Value[]): SearchHit[] {
  const isAny = prepared<[], number>(db, 'SELECT 1 FROM articles WHERE is_hidden = 1 LIMIT 1').pluck().get()
  if (isAny === undefined) return []
  return db
    .prepare<Value[], SearchHit>(
      `SELECT id, published_at AS publishedAt FROM articles INDEXED BY articles_saved
       WHERE is_saved = 1 AND is_hidden = 1 ${where} ORDER BY published_at DESC, id DESC`,
    )
    .all(...values)
}

/** The saved or unread articles that a search is about, where they are few; null where not. */
function idsOfFew(db: ReadDb, { state }: Filters): number[] | null {
  if (!state) return null
  const sql =
    state === 'saved'
      ? 'SELECT id FROM articles INDEXED BY articles_saved WHERE is_saved = 1 LIMIT ?'
      : 'SELECT id FROM articles INDEXED BY articles_unread WHERE is_read = 0 AND is_hidden = 0 LIMIT ?'
  const ids = prepared<[number], number>(db, sql).pluck().all(fewArticles)
  if (ids.length === fewArticles) return null
  return state === 'saved' ? ids : [...ids, ...hiddenSaved(db, '', []).map(hit => hit.id)]
}

/** One list of marks, or none. A year that no article is of would be looked up in every volume. */
function marksInTime(db: ReadDb, { earliest, latest }: Filters): string[][] {
  if (latest === Number.MAX_SAFE_INTEGER) return []
  const sql = `
    SELECT MIN(oldest) FROM (
      SELECT MIN(published_at) AS oldest FROM articles INDEXED BY articles_by_date WHERE is_hidden = 0
      UNION ALL SELECT MIN(published_at) FROM articles INDEXED BY articles_saved WHERE is_saved = 1)`
  const oldest = prepared<[], number | null>(db, sql).pluck().get() ?? 0
  return [marksBetween(Math.max(earliest, oldest), latest)]
}

/** No article with a lower id is dated later than this: dates are never later than when an article was first seen. */
function latestBelow(db: ReadDb, id: number): number {
  const sql = 'SELECT first_seen_at FROM articles WHERE id < ? ORDER BY id DESC LIMIT 1'
  return prepared<[number], number>(db, sql).pluck().get(id) ?? -1
}

function newestFirst(a: SearchHit, b: SearchHit): number {
  return b.publishedAt - a.publishedAt || b.id - a.id
}
