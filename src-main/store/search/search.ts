/**
 * Search: all that matches, newest first, in steps. A frequent word fills a page from the newest shard, and nobody waits for
 * the rest; a rare one is looked up in every shard. Ranking all hits of a frequent word would take seconds at a million
 * articles.
 */
import type { PageKey } from '../../api/model.ts'
import type { ReadDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'
import { feedsInTransition, isNotInTransition } from '../feeds/visibility.ts'
import { timeFacets } from './facets.ts'
import { type Filters, filtersOf, type RowFilter, type Value } from './filters.ts'
import { listShards, type Shard } from './index.ts'
import { parseSearch, type SearchQuery, toMatch } from './query.ts'

export type SearchHit = PageKey

export type Search = {
  /** Found so far and in their final order: by date, newest first. */
  readonly hits: SearchHit[]
  /** Goes on for some ms. False when the whole library has been searched. */
  step(): boolean
}

/** A search lists this many: the newest. */
export const searchedAtMost = 2_000
/** Hits that one step takes from a shard. */
const perStep = 400
/** Where fewer than this are saved (or unread), each of them is looked up, not each article with the words. */
const fewArticles = 20_000
/** So many facets are looked up in a shard before anything else is; with more of them it would not pay. */
const fewFacets = 24

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
  return hasWords || filters.facets.length > 0 ? searchIndex(db, query, filters) : searchRows(db, filters)
}

/** Shard after shard, each from its newest article on. */
function searchIndex(db: ReadDb, query: SearchQuery, filters: Filters): Search {
  const left = listShards(db)
  const fewIds = idsOfFew(db, filters)
  const facets = [...filters.facets, ...facetsOfTime(db, filters)]
  const hits: SearchHit[] = []
  /** Found, but something newer may still be found: dates don't follow ids. */
  let early: SearchHit[] = []
  let below = Number.MAX_SAFE_INTEGER

  function step(): boolean {
    const [shard] = left
    if (!shard) return false
    const found = searchShard(db, shard, query, { ...filters, facets }, { below, fewIds })
    below = found.at(-1)?.id ?? shard.first
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

/** Only articles with ids below, and only these few, where they are known. */
type Part = { below: number; fewIds: number[] | null }

function searchShard(
  db: ReadDb,
  { table, first, last }: Shard,
  { terms }: SearchQuery,
  { facets, notFacets, rows }: Filters,
  { below, fewIds }: Part,
): SearchHit[] {
  if (!hasAllFacets(db, table, facets)) return []
  const id = `${table}.rowid`
  const matched: RowFilter = { sql: `${table} MATCH ?`, values: [toMatch(terms, { facets, notFacets })] }
  const filters = [listed, ...whileSettling(db), ...rows, matched]
  if (fewIds) {
    const inShard = fewIds.filter(id => id >= first && id <= last && id < below)
    // The plus: one walk over what matches, not a search of the index for each of them.
    filters.push({ sql: `+${id} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(inShard)] })
  } else {
    // The driver hands numbers over as floating point; such a bound FTS5 looks at only row by row.
    const range = `${id} BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)`
    filters.push({ sql: range, values: [first, Math.min(last, below - 1)] })
  }
  const sql = `
    SELECT articles.id, articles.published_at AS publishedAt
    FROM ${table} CROSS JOIN articles ON articles.id = ${id}
    WHERE ${filters.map(filter => filter.sql).join(' AND ')}
    ${fewIds ? '' : `ORDER BY ${id} DESC LIMIT ${perStep}`}`
  // Conditions are put together in many ways: only the statements of plain words are kept.
  const isPlain = filters.length === 3 && !fewIds
  const statement = isPlain ? prepared<Value[], SearchHit>(db, sql) : db.prepare<Value[], SearchHit>(sql)
  return statement.all(...filters.flatMap(filter => filter.values))
}

/** FTS5 expands a prefix first, in vain where a shard has nothing of that feed or that month. */
function hasAllFacets(db: ReadDb, table: string, facets: string[][]): boolean {
  if (facets.length === 0 || facets.flat().length > fewFacets) return true
  const sql = `SELECT 1 FROM ${table} WHERE ${table} MATCH ? LIMIT 1`
  return prepared<[string], number>(db, sql).pluck().get(toMatch([], { facets })) === 1
}

/** Of a feed that is unsubscribed only what is saved is listed. */
const listed: RowFilter = { sql: 'articles.is_hidden <= articles.is_saved', values: [] }

/** Of a feed that is being hidden or shown, too. */
function whileSettling(db: ReadDb): RowFilter[] {
  return feedsInTransition(db).length > 0
    ? [{ sql: `(articles.is_saved = 1 OR ${isNotInTransition})`, values: [] }]
    : []
}

/** By date, where there are neither words nor facets to begin with. */
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

/** One list of facets, or none. A year that no article is of would be looked up in every shard. */
function facetsOfTime(db: ReadDb, { earliest, latest }: Filters): string[][] {
  if (latest === Number.MAX_SAFE_INTEGER) return []
  const sql = `
    SELECT MIN(oldest) FROM (
      SELECT MIN(published_at) AS oldest FROM articles INDEXED BY articles_by_date WHERE is_hidden = 0
      UNION ALL SELECT MIN(published_at) FROM articles INDEXED BY articles_saved WHERE is_saved = 1)`
  const oldest = prepared<[], number | null>(db, sql).pluck().get() ?? 0
  return [timeFacets(Math.max(earliest, oldest), latest)]
}

/** No article with a lower id is dated later than this: dates are never later than when an article was first seen. */
function latestBelow(db: ReadDb, id: number): number {
  const sql = 'SELECT first_seen_at FROM articles WHERE id < ? ORDER BY id DESC LIMIT 1'
  return prepared<[number], number>(db, sql).pluck().get(id) ?? -1
}

function newestFirst(a: SearchHit, b: SearchHit): number {
  return b.publishedAt - a.publishedAt || b.id - a.id
}
