/**
 * Search: all that matches, newest first, in steps. A frequent word fills a page from the newest shard, and nobody waits for
 * the rest; a rare one is looked up in every shard. Ranking all hits of a frequent word would take seconds at a million
 * articles.
 */
import type { PageKey } from '../../api/model.ts'
import { parseSearch } from '../../api/search/parse.ts'
import type { ReadDb } from '../db/open.ts'
import { getValue, getValues, prepared, type SqlPart, type SqlValue } from '../db/prepared.ts'
import { andVisible } from '../feeds/visibility.ts'
import { facetsOfCategory } from './categories.ts'
import { timeFacets } from './facets.ts'
import { type Filters, filtersOf, type List } from './filters.ts'
import { listShards, type Shard } from './index.ts'
import { anyOf, type Match, toMatch } from './query.ts'

export type Search = {
  /** Found so far and in their final order: by date, newest first. */
  readonly hits: PageKey[]
  /** Goes on for some ms. False when the whole library has been searched. */
  step(): boolean
}

/** A search lists this many: the newest. */
export const searchedAtMost = 2_000
/** Hits that one step takes from a shard. */
const perStep = 400
/** Where fewer than this are saved (or unread), each of them is looked up, not each article with the words. */
const fewArticles = 20_000
/** What a search can go through by date: an index, and the condition that it needs. */
const lists = {
  all: 'articles_by_date WHERE is_hidden = 0',
  unread: 'articles_unread WHERE is_hidden = 0 AND is_read = 0',
  saved: 'articles_saved WHERE is_saved = 1',
}
/** What is saved of feeds that are unsubscribed: never many. */
const hiddenSaved = `${lists.saved} AND is_hidden = 1`
/** So many facets are looked up in a shard before anything else is; with more of them it would not pay. */
const fewFacets = 24

/** The newest articles that match. */
export function searchArticles(db: ReadDb, text: string): PageKey[] {
  const search = startSearch(db, text)
  while (search.step() && search.hits.length < searchedAtMost);
  return search.hits.slice(0, searchedAtMost)
}

/** Begins to look for what the user typed. Text that says nothing finds nothing. Holds nothing in the database. */
export function startSearch(db: ReadDb, text: string): Search {
  const { terms, conditions } = parseSearch(text)
  if (conditions.length === 0 && terms.every(term => term.isExcluded)) return { hits: [], step: () => false }
  const filters = filtersOf(db, conditions)
  filters.rows.push(listed(db))
  const isOfIndex = terms.length + filters.facets.length + filters.notFacets.length > 0
  if (!isOfIndex) return searchRows(db, filters)
  filters.facets.push(...facetsOfTime(db, filters))
  const match = toMatch(terms, filters, category => facetsOfCategory(db, category))
  return searchShards(db, { ...filters, match, fewIds: idsOfFew(db, filters.list) })
}

/** Of a feed that is unsubscribed, or being hidden or shown, only what is saved is listed. */
function listed(db: ReadDb): SqlPart {
  return { sql: `(articles.is_saved = 1 OR articles.is_hidden = 0${andVisible(db)})`, values: [] }
}

type Request = Filters & {
  match: Match
  /** The saved or unread articles that a search is about, where they are few. */
  fewIds: number[] | null
}

/** Shard after shard, each from its newest article on. */
function searchShards(db: ReadDb, request: Request): Search {
  const left = listShards(db)
  const hits: PageKey[] = []
  /** Found, but something newer may still be found: dates don't follow ids. */
  let early: PageKey[] = []
  let below = Number.MAX_SAFE_INTEGER

  function step(): boolean {
    const [shard] = left
    if (!shard) return false
    const found = searchShard(db, shard, request, below)
    below = found.at(-1)?.id ?? shard.first
    if (request.fewIds || found.length < perStep) {
      left.shift()
      below = left[0] ? left[0].last + 1 : 0
    }
    early = [...early, ...found].sort(newestFirst)
    const latest = left.length > 0 ? latestBelow(db, below) : -1
    const held = early.findIndex(hit => hit.publishedAt < latest)
    hits.push(...early.splice(0, held < 0 ? early.length : held))
    if (latest < request.earliest) left.length = 0
    return left.length > 0
  }
  return { hits, step }
}

/** Of articles with ids below `below`. */
function searchShard(db: ReadDb, { table, first, last }: Shard, request: Request, below: number): PageKey[] {
  const { match, facets, rows, fewIds } = request
  if (!hasAllFacets(db, table, facets)) return []
  const id = match.wanted ? `${table}.rowid` : 'articles.id'
  const filters = [...rows, matched(table, match)]
  if (fewIds) {
    const inShard = fewIds.filter(id => id >= first && id <= last)
    // The plus: one walk over what matches, not a search of the index for each of them.
    const sql = `${match.wanted ? '+' : ''}${id} IN (SELECT value FROM json_each(?))`
    filters.push({ sql, values: [JSON.stringify(inShard)] })
  } else {
    // The driver hands numbers over as floating point; such a bound FTS5 looks at only row by row.
    const range = `${id} BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)`
    filters.push({ sql: range, values: [first, Math.min(last, below - 1)] })
  }
  const sql = `
    SELECT articles.id, articles.published_at AS publishedAt
    FROM ${match.wanted ? `${table} CROSS JOIN articles ON articles.id = ${id}` : 'articles NOT INDEXED'}
    WHERE ${filters.map(filter => filter.sql).join(' AND ')}
    ${fewIds ? '' : `ORDER BY ${id} DESC LIMIT ${perStep}`}`
  // Conditions are put together in many ways: only the statements of plain words are kept.
  const isPlain = rows.length === 1 && !fewIds
  const statement = isPlain ? prepared<SqlValue[], PageKey>(db, sql) : db.prepare<SqlValue[], PageKey>(sql)
  return statement.all(...filters.flatMap(filter => filter.values))
}

function matched(table: string, { wanted, excluded }: Match): SqlPart {
  // FTS5 knows 'this NOT that', but no 'NOT that' alone.
  if (!wanted) {
    return { sql: `articles.id NOT IN (SELECT rowid FROM ${table} WHERE ${table} MATCH ?)`, values: [excluded] }
  }
  return { sql: `${table} MATCH ?`, values: [excluded ? `(${wanted}) NOT (${excluded})` : wanted] }
}

/** FTS5 expands a prefix first, in vain where a shard has nothing of that feed or that month. */
function hasAllFacets(db: ReadDb, table: string, facets: string[][]): boolean {
  if (facets.length === 0 || facets.flat().length > fewFacets) return true
  const sql = `SELECT 1 FROM ${table} WHERE ${table} MATCH ? LIMIT 1`
  return getValue(db, sql, facets.map(anyOf).join(' AND ')) === 1
}

/** By date, where there are neither words nor facets. */
function searchRows(db: ReadDb, { rows, list, latest }: Filters): Search {
  const hits: PageKey[] = []
  const isAnyHidden = getValue(db, 'SELECT 1 FROM articles WHERE is_hidden = 1 LIMIT 1') === 1
  const sources = list === 'saved' || !isAnyHidden ? [lists[list]] : [lists[list], hiddenSaved]
  const filters = rows.map(filter => filter.sql).join(' AND ')
  const pages = sources.map(
    source => `SELECT id, published_at AS publishedAt FROM articles INDEXED BY ${source}
               AND (published_at, id) < (?, ?) AND ${filters}`,
  )
  const sql = `${pages.join(' UNION ALL ')} ORDER BY publishedAt DESC, id DESC LIMIT ${perStep}`
  const page = db.prepare<SqlValue[], PageKey>(sql)
  const values = rows.flatMap(filter => filter.values)

  function step(): boolean {
    const after = hits.at(-1) ?? { publishedAt: latest, id: 0 }
    const found = page.all(...sources.flatMap(() => [after.publishedAt, after.id, ...values]))
    hits.push(...found)
    return found.length === perStep
  }
  return { hits, step }
}

function idsOfFew(db: ReadDb, list: List): number[] | null {
  if (list === 'all') return null
  const hidden = list === 'unread' ? `UNION ALL SELECT id FROM articles INDEXED BY ${hiddenSaved}` : ''
  const sql = `SELECT id FROM articles INDEXED BY ${lists[list]} ${hidden} LIMIT ?`
  const ids = getValues<number>(db, sql, fewArticles)
  return ids.length < fewArticles ? ids : null
}

/** One list of facets, or none. A year that no article is of would be looked up in every shard. */
function facetsOfTime(db: ReadDb, { earliest, latest }: Filters): string[][] {
  if (latest === Number.MAX_SAFE_INTEGER) return []
  const sql = `
    SELECT MIN(oldest) FROM (
      SELECT MIN(published_at) AS oldest FROM articles INDEXED BY ${lists.all}
      UNION ALL SELECT MIN(published_at) FROM articles INDEXED BY ${lists.saved})`
  const oldest = getValue<number>(db, sql) ?? 0
  return [timeFacets(Math.max(earliest, oldest), latest)]
}

/** No article with a lower id is dated later than this: dates are never later than when an article was first seen. */
function latestBelow(db: ReadDb, id: number): number {
  const sql = 'SELECT first_seen_at FROM articles WHERE id < ? ORDER BY id DESC LIMIT 1'
  return getValue<number>(db, sql, id) ?? -1
}

function newestFirst(a: PageKey, b: PageKey): number {
  return b.publishedAt - a.publishedAt || b.id - a.id
}
