/** Which articles are of a category, and of what the reader joined to it: the index knows, by its facets. */
import { type Aliases, namesOf, readAliases } from '../../api/categories/aliases.ts'
import { type CategoryAlias, defaultSettings } from '../../api/settings.ts'
import type { ReadDb } from '../db/open.ts'
import { getValue, getValues, type SqlPart } from '../db/prepared.ts'
import { tagFacet } from './facets.ts'
import { listShards } from './index.ts'
import { anyOf } from './query.ts'

/** Asked with every article that is opened: by itself, not with all settings. */
export function categoryAliases(db: ReadDb): Aliases {
  const value = getValue<string>(db, "SELECT value FROM settings WHERE name = 'categoryAliases'")
  return readAliases(value === null ? defaultSettings.categoryAliases : (JSON.parse(value) as CategoryAlias[]))
}

/** The facets of a category and of all that is joined to it: an article of it has one of them. */
export function facetsOfCategory(db: ReadDb, name: string): string[] {
  return namesOf(categoryAliases(db), name).map(tagFacet)
}

/** The ids of its articles, listed or not: a tenth of what it takes to look them up. */
export function idsInCategory(db: ReadDb, name: string): number[] {
  const match = anyOf(facetsOfCategory(db, name))
  const ids: number[] = []
  for (const { table } of listShards(db))
    for (const id of getValues<number>(db, `SELECT rowid FROM ${table} WHERE ${table} MATCH ?`, match)) ids.push(id)
  return ids
}

/** Condition for articles: they are of this category, or of one that is joined to it; with ids from `from` on. */
export function inCategory(db: ReadDb, name: string, from = 0): SqlPart {
  const match = anyOf(facetsOfCategory(db, name))
  const shards = listShards(db).filter(({ last }) => last >= from)
  if (shards.length === 0) return { sql: 'FALSE', values: [] }
  // The driver hands numbers over as floating point; such a bound FTS5 looks at only row by row.
  const found = shards.map(
    ({ table }) => `SELECT rowid FROM ${table} WHERE ${table} MATCH ? AND rowid >= CAST(? AS INTEGER)`,
  )
  return { sql: `articles.id IN (${found.join(' UNION ALL ')})`, values: shards.flatMap(() => [match, from]) }
}
