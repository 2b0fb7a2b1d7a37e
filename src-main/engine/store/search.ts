/** Search: the newest matches, by date. Ranking all hits of a frequent word would take seconds at a million articles. */
import type { ReadDb } from './database.ts'
import { prepared } from './prepared.ts'
import { volumes } from './search-index.ts'
import { type Condition, parseSearch, toMatch } from './search-query.ts'

/** A search lists this many: the newest. */
export const searchedAtMost = 2_000

export type SearchHit = { id: number; publishedAt: number }
type Value = number | string

/** The newest articles that match, newest first. Text that says nothing finds nothing. */
export function searchArticles(db: ReadDb, text: string): SearchHit[] {
  const query = parseSearch(text)
  const match = toMatch(query)
  if (match === null && query.conditions.length === 0) return []
  const filters = query.conditions.map(toFilter)
  const where = ['articles.is_hidden <= articles.is_saved', ...filters.map(filter => filter.sql)].join(' AND ')
  const values = filters.flatMap(filter => filter.values)
  const hits = match === null ? listMatching(db, where, values) : searchText(db, match, where, values)
  return hits.sort((a, b) => b.publishedAt - a.publishedAt || b.id - a.id)
}

function listMatching(db: ReadDb, where: string, values: Value[]): SearchHit[] {
  return prepared<Value[], SearchHit>(
    db,
    `SELECT articles.id, articles.published_at AS publishedAt FROM articles WHERE ${where}
     ORDER BY articles.id DESC LIMIT ${searchedAtMost}`,
  ).all(...values)
}

/** Volume after volume, from the newest on, until there is enough. */
function searchText(db: ReadDb, match: string, where: string, values: Value[]): SearchHit[] {
  const hits: SearchHit[] = []
  for (const table of volumes(db)) {
    const found = prepared<Value[], SearchHit>(
      db,
      `SELECT articles.id, articles.published_at AS publishedAt
       FROM ${table} JOIN articles ON articles.id = ${table}.rowid
       WHERE ${table} MATCH ? AND ${where}
       ORDER BY ${table}.rowid DESC LIMIT ?`,
    ).all(match, ...values, searchedAtMost - hits.length)
    hits.push(...found)
    if (hits.length >= searchedAtMost) break
  }
  return hits
}

function toFilter(condition: Condition): { sql: string; values: Value[] } {
  const { sql, values } = filterOf(condition)
  return { sql: condition.isExcluded ? `NOT (${sql})` : sql, values }
}

function filterOf(condition: Condition): { sql: string; values: Value[] } {
  switch (condition.field) {
    case 'feed':
      return {
        sql: `articles.feed_id IN (
          SELECT id FROM feeds WHERE instr(fold(COALESCE(custom_title, title) || ' ' || url), ?) > 0)`,
        values: [condition.text],
      }
    case 'folder':
      return {
        sql: `articles.feed_id IN (
          WITH RECURSIVE within (id) AS (
            SELECT id FROM folders WHERE instr(fold(title), ?) > 0
            UNION SELECT folders.id FROM folders JOIN within ON folders.parent_id = within.id
          ) SELECT feeds.id FROM feeds JOIN within ON feeds.folder_id = within.id)`,
        values: [condition.text],
      }
    case 'tag':
      return {
        sql: `EXISTS (
          SELECT 1 FROM contents, json_each(contents.categories)
          WHERE contents.article_id = articles.id AND fold(json_each.value) = ?)`,
        values: [condition.text],
      }
    case 'is':
      if (condition.value === 'saved') return { sql: 'articles.is_saved = 1', values: [] }
      return { sql: `articles.is_read = ${condition.value === 'read' ? 1 : 0}`, values: [] }
    case 'has':
      if (condition.value === 'image') return { sql: 'articles.image IS NOT NULL', values: [] }
      return {
        sql: `EXISTS (
          SELECT 1 FROM contents, json_each(contents.enclosures)
          WHERE contents.article_id = articles.id AND json_each.value ->> 'type' LIKE ?)`,
        values: [`${condition.value}/%`],
      }
    case 'before':
      return { sql: 'articles.published_at < ?', values: [condition.time] }
    case 'after':
      return { sql: 'articles.published_at >= ?', values: [condition.time] }
  }
}
