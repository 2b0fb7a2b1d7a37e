/** The user's settings: one JSON value per name, with defaults for what was never changed. */
import type { Settings } from '../../api/model.ts'
import type { ReadDb, WriteDb } from './database.ts'
import { prepared } from './prepared.ts'

export const defaultSettings: Settings = {
  theme: 'system',
  density: 'normal',
  textSize: 18,
  sourcesWidth: 260,
  headlinesWidth: 400,
  isSourcesHidden: false,
  collapsedFolders: [],
  newestFirst: true,
  unreadOnly: false,
  loadImages: true,
  lastView: { kind: 'all' },
  lastArticleId: null,
  showingArticleId: null,
  retention: { days: null, perFeed: null, includesUnread: false, megabytes: null },
  backupFolder: null,
}

export function readSettings(db: ReadDb): Settings {
  const rows = prepared<[], { name: string; value: string }>(db, 'SELECT name, value FROM settings').all()
  const known = rows.filter(row => row.name in defaultSettings).map(row => [row.name, JSON.parse(row.value)])
  return { ...defaultSettings, ...Object.fromEntries(known) }
}

export function changeSettings(db: WriteDb, changes: Partial<Settings>): Settings {
  db.transaction(() => {
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) continue
      prepared(
        db,
        'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      ).run(name, JSON.stringify(value))
    }
  })()
  return readSettings(db)
}
