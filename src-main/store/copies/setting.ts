import { defaultSettings } from '../../api/settings.ts'
import type { ReadDb } from '../db/open.ts'
import { getValue } from '../db/prepared.ts'

/** Whether copies are one row, as the user has set it. Asked with every page and every count: by itself, not with all settings. */
export function foldsCopies(db: ReadDb): boolean {
  const value = getValue<string>(db, "SELECT value FROM settings WHERE name = 'foldsCopies'")
  return value === null ? defaultSettings.foldsCopies : value === 'true'
}
