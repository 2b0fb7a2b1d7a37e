/** The stored settings: one JSON value per name, with defaults (api/settings.ts) for what was never changed. */
import { isDeepStrictEqual } from 'node:util'
import { defaultSettings, type Settings } from '../api/settings.ts'
import type { ReadDb, WriteDb } from './db/open.ts'
import { getRows, run } from './db/prepared.ts'

export function readSettings(db: ReadDb): Settings {
  const rows = getRows<{ name: string; value: string }>(db, 'SELECT name, value FROM settings')
  const known = rows.filter(row => row.name in defaultSettings).map(row => [row.name, JSON.parse(row.value)])
  return { ...defaultSettings, ...Object.fromEntries(known) }
}

export function changeSettings(db: WriteDb, changes: Partial<Settings>): void {
  const sql = 'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value'
  db.transaction(() => {
    for (const [name, value] of Object.entries(changes)) {
      if (value !== undefined) run(db, sql, name, JSON.stringify(value))
    }
  })()
}

/** Settings that the journal or an export of an earlier version has, by today's names: pictures were loaded or not. */
export function withPresentNames<Stored extends object>(settings: Stored & { loadImages?: unknown }): Stored {
  const { loadImages, ...rest } = settings
  return typeof loadImages === 'boolean' ? ({ pictures: loadImages ? 'load' : 'never', ...rest } as Stored) : settings
}

/** Those of the named settings that the changes really change, with their values before and after. Null where none is. */
export function settingsBefore(db: ReadDb, changes: Partial<Settings>, names: readonly (keyof Settings)[]) {
  const now = readSettings(db)
  const changed = names.filter(name => changes[name] !== undefined && !isDeepStrictEqual(changes[name], now[name]))
  if (changed.length === 0) return null
  const of = (settings: Partial<Settings>): Partial<Settings> =>
    Object.fromEntries(changed.map(name => [name, settings[name]]))
  return { before: of(now), after: of(changes) }
}

/** Puts settings back, unless one of them has been changed since. */
export function putBackSettings(
  db: WriteDb,
  { before, after }: { before: Partial<Settings>; after: Partial<Settings> },
): 'done' | 'changed-since' {
  const now = readSettings(db)
  const names = Object.keys(after) as (keyof Settings)[]
  const isNow = (settings: Partial<Settings>) => names.every(name => isDeepStrictEqual(now[name], settings[name]))
  if (!isNow(after)) return isNow(before) ? 'done' : 'changed-since'
  changeSettings(db, before)
  return 'done'
}
