/** What another category may be the same as. Loaded with the dialog that asks: it needs the tables of the search. */
import { categoryKey } from '../../src-main/api/categories/names.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'

/** All but the one itself: those it is often used with first, then those used most lately. */
export async function othersThan(engine: EngineClient, name: string): Promise<string[]> {
  const [{ neighbours }, { categories }] = await Promise.all([
    engine.category({ name }),
    engine.topCategories({ days: 28 }),
  ])
  const seen = new Set([categoryKey(name)])
  return [...neighbours, ...categories].flatMap(other => {
    const key = categoryKey(other.name)
    if (seen.has(key)) return []
    seen.add(key)
    return other.name
  })
}
