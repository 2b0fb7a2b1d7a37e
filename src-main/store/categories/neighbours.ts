/** What the latest articles of a category are about besides. */
import { type Aliases, shownCategories } from '../../api/categories/aliases.ts'
import type { CategoryCount } from '../../api/categories/model.ts'
import { bestSpelling, categoryKey, withoutSign } from '../../api/categories/names.ts'
import type { ReadDb } from '../db/open.ts'
import { getValues } from '../db/prepared.ts'
import { andVisible } from '../feeds/visibility.ts'
import { inCategory } from '../search/categories.ts'

/** So many are read: what was written long ago tells little of what a category stands for now. */
const mostRead = 200
const mostNeighbours = 12

/** `spelling`: as most of its articles have it; null where it has none. The most frequent neighbours first. */
export function aroundCategory(
  db: ReadDb,
  name: string,
  aliases: Aliases,
): { spelling: string | null; neighbours: CategoryCount[] } {
  const key = aliases.keyOf(name)
  const own: string[] = []
  const others = new Map<string, string[]>()
  for (const names of latestNames(db, name)) {
    own.push(...names.filter(one => categoryKey(one) === key).map(withoutSign))
    for (const shown of shownCategories(names, aliases)) {
      const other = categoryKey(shown)
      if (other !== key) others.set(other, [...(others.get(other) ?? []), shown])
    }
  }
  const neighbours = [...others.values()]
    .map(spellings => ({ name: bestSpelling(spellings), articles: spellings.length }))
    .sort((a, b) => b.articles - a.articles || (a.name < b.name ? -1 : 1))
    .slice(0, mostNeighbours)
  return { spelling: own.length > 0 ? bestSpelling(own) : null, neighbours }
}

/** The publishers' categories of each of its latest articles. */
function latestNames(db: ReadDb, name: string): string[][] {
  const { sql, values } = inCategory(db, name)
  const latest = `SELECT contents.categories
    FROM (SELECT id, published_at FROM articles NOT INDEXED WHERE is_hidden = 0${andVisible(db)} AND ${sql}
      ORDER BY published_at DESC LIMIT ${mostRead}) AS latest
    JOIN contents ON contents.article_id = latest.id`
  return getValues<string>(db, latest, ...values).map(categories => JSON.parse(categories) as string[])
}
