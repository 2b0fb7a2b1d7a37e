/** What another category may be the same as. Loaded with the dialog that asks: it needs the tables of the search. */
import { categoryKey } from '../../src-main/api/categories/names.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'

/** All but the one itself: those it is often used with first, then those used most lately. */
export async function othersThan(engine: EngineClient, name: string): Promise<string[]> {
  const [{ neighbours }, { categories }] = await Promise.all([
    engine.category({ name }),
    engine.topCategories({ days: 28 }),
  ])
  const names = [...neighbours, ...categories].map(other => other.name)
  const byKey = new Map(names.toReversed().map(other => [categoryKey(other), other]))
  byKey.delete(categoryKey(name))
  return [...byKey.values()].toReversed()
}
