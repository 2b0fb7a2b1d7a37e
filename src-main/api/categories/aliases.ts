/** Categories that the reader joined: 'US politics' is 'Politics'. */
import type { CategoryAlias } from '../settings.ts'
import { categoryKey, mergedCategories, withoutSign } from './names.ts'

/** What the aliases say of a name. None leads to another: `joined` sees to that. */
export type Aliases = {
  /** As the reader called the category that this one is, or is joined to; null where they said nothing of it. */
  chosenName(name: string): string | null
  /** The key of the category that this one is, or is joined to. */
  keyOf(name: string): string
  /** The names that are joined to the same. */
  joinedTo(name: string): string[]
}

export function readAliases(list: CategoryAlias[]): Aliases {
  const byKey = new Map(list.map(alias => [categoryKey(alias.name), alias]))
  const byMain = Map.groupBy(list, ({ as }) => categoryKey(as))
  const mainOf = (name: string) => byKey.get(categoryKey(name))?.as ?? name
  const keyOf = (name: string) => categoryKey(mainOf(name))
  return {
    keyOf,
    chosenName: name => byMain.get(keyOf(name))?.[0]?.as ?? null,
    joinedTo: name => (byMain.get(keyOf(name)) ?? []).map(alias => alias.name),
  }
}

/** The names of all categories that are one with this. */
export function namesOf(aliases: Aliases, name: string): string[] {
  return [aliases.chosenName(name) ?? name, ...aliases.joinedTo(name)]
}

/** The categories of one article as they are shown: joined as the reader wants them, then each once. */
export function shownCategories(names: string[], aliases: Aliases): string[] {
  return mergedCategories(names.map(name => aliases.chosenName(name) ?? name))
}

/**
 * Joins `from`, with all that is joined to it, to `to`. Where `to` is joined to another category itself, `from` is joined to
 * that one; where that is `from`, the two change places.
 */
export function joined(list: CategoryAlias[], from: string, to: string): CategoryAlias[] {
  if (categoryKey(from) === '' || categoryKey(to) === '') return list
  const aliases = readAliases(list)
  const isMain = (name: string) => aliases.keyOf(name) === categoryKey(name)
  const isOne = aliases.keyOf(from) === aliases.keyOf(to)
  if (isOne && isMain(to)) return list
  const as = isOne ? withoutSign(to) : (aliases.chosenName(to) ?? withoutSign(to))
  const moving = isOne || isMain(from) ? [aliases.chosenName(from) ?? from, ...aliases.joinedTo(from)] : [from]
  const moved = new Set([as, ...moving].map(categoryKey))
  const made = moving.map(withoutSign).filter(name => categoryKey(name) !== categoryKey(as))
  return sorted([...list.filter(({ name }) => !moved.has(categoryKey(name))), ...made.map(name => ({ name, as }))])
}

/** A name is a category of its own again. */
export function separated(list: CategoryAlias[], name: string): CategoryAlias[] {
  return list.filter(alias => categoryKey(alias.name) !== categoryKey(name))
}

/** With those of another library, of names that nothing is said of yet. */
export function withAliasesOf(list: CategoryAlias[], others: CategoryAlias[]): CategoryAlias[] {
  return others.reduce(
    (all, { name, as }) => (readAliases(all).chosenName(name) === null ? joined(all, name, as) : all),
    list,
  )
}

/** In one order, whatever the order of the deeds. */
export function sorted(list: CategoryAlias[]): CategoryAlias[] {
  return list.toSorted((a, b) => (categoryKey(a.name) < categoryKey(b.name) ? -1 : 1))
}
