/** How the articles of each feed are read: what holds, and whether the feed, a folder or the settings say so. */
import {
  folderLevels,
  type ReadingName,
  type ReadingOptions,
  type ReadingValues,
  type ResolvedReading,
  resolveReading,
  valuesOf,
} from '../api/settings.ts'
import type { ReadDb } from './db/open.ts'
import { getRow, getRows } from './db/prepared.ts'
import { type OwnReading, readingFrom, type StoredReading } from './feeds/reading.ts'
import { readSettings } from './settings.ts'

/** What holds for a feed, followed or not, and who says so. For one that is not there, what the settings say. */
export function readingOf(db: ReadDb, feedId: number): ResolvedReading {
  const sql = 'SELECT folder_id AS folderId, reading FROM feeds WHERE id = ?'
  const feed = getRow<OwnReading>(db, sql, feedId)
  return resolve(feed ?? { folderId: null, reading: null }, readFolders(db), readSettings(db))
}

/** For the rows of one answer: reads the settings and folders once, and resolves what each feed says once. */
export function makeReadingValues(db: ReadDb): (own: OwnReading) => ReadingValues {
  const settings = readSettings(db)
  const folders = readFolders(db)
  const known = new Map<number | null, Map<StoredReading, ReadingValues>>()
  return own => {
    const ofFolder = known.get(own.folderId) ?? new Map<StoredReading, ReadingValues>()
    known.set(own.folderId, ofFolder)
    const values = ofFolder.get(own.reading) ?? valuesOf(resolve(own, folders, settings))
    ofFolder.set(own.reading, values)
    return values
  }
}

/** The feeds, followed ones, for which this value holds. */
export function feedsRead<N extends ReadingName>(db: ReadDb, name: N, value: ReadingValues[N]): number[] {
  const sql = 'SELECT id, folder_id AS folderId, reading FROM feeds WHERE removed_at IS NULL'
  const valuesOf = makeReadingValues(db)
  const feeds = getRows<OwnReading & { id: number }>(db, sql)
  return feeds.filter(own => valuesOf(own)[name] === value).map(({ id }) => id)
}

type Folders = ReadonlyMap<number, { id: number; parentId: number | null; reading: ReadingOptions }>

function readFolders(db: ReadDb): Folders {
  const rows = getRows<{ id: number; parentId: number | null; reading: StoredReading }>(
    db,
    'SELECT id, parent_id AS parentId, reading FROM folders',
  )
  return new Map(rows.map(row => [row.id, { ...row, reading: readingFrom(row.reading) }]))
}

function resolve({ folderId, reading }: OwnReading, folders: Folders, settings: ReadingValues): ResolvedReading {
  const own = { from: { kind: 'feed' as const }, reading: readingFrom(reading) }
  return resolveReading([own, ...folderLevels(folders, folderId)], settings)
}
