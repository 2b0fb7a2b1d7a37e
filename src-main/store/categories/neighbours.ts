/** What the latest articles of a category are about besides. */
import { type Aliases, shownCategories } from '../../api/categories/aliases.ts'
import type { CategoryCount } from '../../api/categories/model.ts'
import { bestSpelling, categoryKey, withoutSign } from '../../api/categories/names.ts'
import type { ReadDb } from '../db/open.ts'
import { getValues } from '../db/prepared.ts'

const mostNeighbours = 12

/**
 * `articleIds`: the latest of a category. `spelling`: as most of its articles have it; null where it has none. The most
 * frequent neighbours first.
 */
export function aroundCategory(
  db: ReadDb,
  { name, articleIds, aliases }: { name: string; articleIds: number[]; aliases: Aliases },
): { spelling: string | null; neighbours: CategoryCount[] } {
  const key = aliases.keyOf(name)
  const own: string[] = []
  const others = new Map<string, string[]>()
  for (const names of namesOf(db, articleIds)) {
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

/** The publishers' categories of each article. */
function namesOf(db: ReadDb, articleIds: number[]): string[][] {
  const sql = 'SELECT categories FROM contents WHERE article_id IN (SELECT value FROM json_each(?))'
  return getValues<string>(db, sql, JSON.stringify(articleIds)).map(categories => JSON.parse(categories) as string[])
}
