/** Categories that the reader joins: kept as a setting, so that journals, exports and backups have them. */
import { isDeepStrictEqual } from 'node:util'
import { joined, separated, sorted } from '../api/categories/aliases.ts'
import { categoryKey } from '../api/categories/names.ts'
import { type CategoryAlias, mostAliases } from '../api/settings.ts'
import type { WriteDb } from './db/open.ts'
import { changeSettings, readSettings } from './settings.ts'

/** Takes back what was changed: `made` goes, `ended` comes back. */
export type AliasChange = { made: CategoryAlias[]; ended: CategoryAlias[] }

/** Each inside the caller's transaction; null where nothing changed. */
export function joinCategories(db: WriteDb, { from, to }: { from: string; to: string }): AliasChange | null {
  return changeAliases(db, list => joined(list, from, to))
}

export function separateCategory(db: WriteDb, name: string): AliasChange | null {
  return changeAliases(db, list => separated(list, name))
}

function changeAliases(db: WriteDb, act: (list: CategoryAlias[]) => CategoryAlias[]): AliasChange | null {
  const before = readSettings(db).categoryAliases
  const after = act(before)
  const change = { made: without(after, before), ended: without(before, after) }
  if (after.length > mostAliases || change.made.length + change.ended.length === 0) return null
  changeSettings(db, { categoryAliases: after })
  return change
}

/** Names that were joined otherwise since stay so. */
export function takeBackAliases(db: WriteDb, { made, ended }: AliasChange): 'done' | 'changed-since' {
  const now = readSettings(db).categoryAliases
  const others = without(now, made)
  const isAsMade = others.length === now.length - made.length
  const list = [...others, ...ended]
  if (!isAsMade || !isSound(list)) return 'changed-since'
  changeSettings(db, { categoryAliases: sorted(list) })
  return 'done'
}

/** Each name is joined once, and to what is not joined itself. */
function isSound(list: CategoryAlias[]): boolean {
  const names = new Set(list.map(({ name }) => categoryKey(name)))
  return names.size === list.length && list.every(({ as }) => !names.has(categoryKey(as)))
}

function without(list: CategoryAlias[], others: CategoryAlias[]): CategoryAlias[] {
  return list.filter(alias => !others.some(other => isDeepStrictEqual(alias, other)))
}
