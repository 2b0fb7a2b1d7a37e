/** Which articles are copies of which. */
import type { ReadDb } from '../db/open.ts'
import { getRows, getValues } from '../db/prepared.ts'
import { andVisible } from '../feeds/visibility.ts'
import { foldsCopies } from './setting.ts'

/** An article as the window names it beside its copies. */
export type Member = { id: number; copyGroup: number; feedTitle: string; isSaved: boolean; isListed: boolean }

/** All articles of these groups, the first that came first. */
export function membersOf(db: ReadDb, groups: number[]): Map<number, Member[]> {
  if (groups.length === 0 || !foldsCopies(db)) return new Map()
  const sql = `SELECT articles.id, articles.copy_group AS copyGroup, articles.is_saved AS isSaved,
      articles.is_hidden = 0${andVisible(db)} AS isListed,
      COALESCE(feeds.custom_title, NULLIF(feeds.title, ''), feeds.url) AS feedTitle
    FROM articles INDEXED BY articles_by_copy_group JOIN feeds ON feeds.id = articles.feed_id
    WHERE articles.copy_group IN (SELECT value FROM json_each(?)) ORDER BY articles.id`
  const rows = getRows<Omit<Member, 'isSaved' | 'isListed'> & { isSaved: number; isListed: number }>(
    db,
    sql,
    JSON.stringify(groups),
  )
  const members = rows.map(row => ({ ...row, isSaved: row.isSaved === 1, isListed: row.isListed === 1 }))
  return Map.groupBy(members, ({ copyGroup }) => copyGroup)
}

/** The groups of these articles, of those that have copies; none where copies are not folded. */
export function copyGroups(db: ReadDb, articleIds: number[]): Map<number, number> {
  if (articleIds.length === 0 || !foldsCopies(db)) return new Map()
  const sql = `SELECT articles.id, articles.copy_group AS copyGroup
    FROM json_each(?) AS wanted JOIN articles ON articles.id = wanted.value WHERE articles.copy_group IS NOT NULL`
  const rows = getRows<{ id: number; copyGroup: number }>(db, sql, JSON.stringify(articleIds))
  return new Map(rows.map(({ id, copyGroup }) => [id, copyGroup]))
}

/** These articles and all their copies; only these where copies are not folded. */
export function withCopies(db: ReadDb, articleIds: number[]): number[] {
  if (!foldsCopies(db)) return articleIds
  const sql = `SELECT copies.id FROM json_each(?) AS wanted JOIN articles ON articles.id = wanted.value
    JOIN articles AS copies INDEXED BY articles_by_copy_group ON copies.copy_group = articles.copy_group`
  return [...new Set([...articleIds, ...getValues<number>(db, sql, JSON.stringify(articleIds))])]
}

/** Those of these articles that are to be saved: of each group one, and none where one is saved already. */
export function withoutSavedCopies(db: ReadDb, articleIds: number[]): number[] {
  if (!foldsCopies(db)) return articleIds
  const sql = `SELECT articles.id, articles.copy_group AS copyGroup,
      EXISTS (SELECT 1 FROM articles AS copies WHERE copies.copy_group = articles.copy_group AND copies.is_saved = 1) AS isSaved
    FROM json_each(?) AS wanted JOIN articles ON articles.id = wanted.value
    WHERE articles.copy_group IS NOT NULL ORDER BY wanted.key`
  const grouped = getRows<{ id: number; copyGroup: number; isSaved: 0 | 1 }>(db, sql, JSON.stringify(articleIds))
  const left = new Set<number>()
  const groups = new Set<number>()
  for (const { id, copyGroup, isSaved } of grouped) {
    if (isSaved === 1 || groups.has(copyGroup)) left.add(id)
    groups.add(copyGroup)
  }
  return articleIds.filter(id => !left.has(id))
}
