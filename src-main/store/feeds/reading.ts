/** What feeds and folders say themselves of how their articles are read. What holds is in store/reading.ts. */
import { type ReadingChanges, type ReadingOptions, readingNames } from '../../api/settings.ts'
import type { WriteDb } from '../db/open.ts'
import { getRow, getValue, run } from '../db/prepared.ts'

/** As it is stored in the rows of feeds and folders. Null: all is inherited. */
export type StoredReading = string | null

export function readingFrom(stored: StoredReading): ReadingOptions {
  return stored === null ? {} : (JSON.parse(stored) as ReadingOptions)
}

/** In one order, so that equal options are equal texts. */
export function storedReading(reading: ReadingOptions): StoredReading {
  const own = readingNames.flatMap(name => (reading[name] === undefined ? [] : [[name, reading[name]]]))
  return own.length > 0 ? JSON.stringify(Object.fromEntries(own)) : null
}

/** What a row of a feed says: its folder and its own options. */
export type OwnReading = { folderId: number | null; reading: StoredReading }

/** Changes what these feeds say themselves. */
export function changeFeedReading(db: WriteDb, feedIds: number[], changes: ReadingChanges): void {
  for (const feedId of feedIds) {
    const stored = getValue<string>(db, 'SELECT reading FROM feeds WHERE id = ?', feedId)
    run(db, 'UPDATE feeds SET reading = ? WHERE id = ?', changed(stored, changes), feedId)
  }
}

/** Changes what a folder says itself. */
export function changeFolderReading(db: WriteDb, folderId: number, changes: ReadingChanges): void {
  const stored = getValue<string>(db, 'SELECT reading FROM folders WHERE id = ?', folderId)
  run(db, 'UPDATE folders SET reading = ? WHERE id = ?', changed(stored, changes), folderId)
}

function changed(stored: StoredReading, changes: ReadingChanges): StoredReading {
  const now: { [name: string]: unknown } = { ...readingFrom(stored) }
  for (const name of readingNames) {
    const change = changes[name]
    if (change === null) delete now[name]
    else if (change !== undefined) now[name] = change
  }
  return storedReading(now as ReadingOptions)
}

/** What a command made of a folder's options. */
export type FolderReadingChange = { folderId: number; before: StoredReading; after: StoredReading }

/** Puts a folder's options back, unless they have been changed since. */
export function putBackFolderReading(
  db: WriteDb,
  { folderId, before, after }: FolderReadingChange,
): 'done' | 'changed-since' | 'gone' {
  const row = getRow<{ reading: StoredReading }>(db, 'SELECT reading FROM folders WHERE id = ?', folderId)
  if (!row) return 'gone'
  if (row.reading !== after) return row.reading === before ? 'done' : 'changed-since'
  run(db, 'UPDATE folders SET reading = ? WHERE id = ?', before, folderId)
  return 'done'
}
