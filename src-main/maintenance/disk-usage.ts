/** Disk usage: the parts of the database, and the folders beside it. */
import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DiskUsage, StoragePart } from '../api/storage-model.ts'
import { freeBytes } from '../safety/disk-reserve.ts'
import { openForReading } from '../store/db/open.ts'
import { databaseUsage } from '../store/disk-usage.ts'

export type Measured = {
  /** The database. */
  file: string
  dataDir: string
  /** The user's own folder for backups; null for the one in the data folder. */
  backupFolder: string | null
}

/** Sizes in bytes. A folder that can't be read counts as empty. */
export async function measureDiskUsage({ file, dataDir, backupFolder }: Measured): Promise<DiskUsage> {
  const db = openForReading(file)
  try {
    const backupFolders = [join(dataDir, 'backups'), ...(backupFolder === null ? [] : [backupFolder])]
    const [media, journal, log, ...backups] = await Promise.all([
      folderBytes(join(dataDir, 'media')),
      folderBytes(join(dataDir, 'journal')),
      fileBytes(`${file}-wal`),
      // The user's own folder may contain other files.
      ...backupFolders.map(folder => folderBytes(folder, name => name.startsWith('broadsheet'))),
    ])
    const database = db.transaction(() => databaseUsage(db))()
    return {
      ...database,
      databaseBytes: database.databaseBytes + log,
      parts: withLog(database.parts, log),
      mediaBytes: media,
      backupBytes: backups.reduce((sum, bytes) => sum + bytes, 0),
      journalBytes: journal,
      freeBytes: freeBytes(dirname(file)),
    }
  } finally {
    db.close()
  }
}

/** The write-ahead log has the latest changes until they are checkpointed into the database. */
function withLog(parts: StoragePart[], log: number): StoragePart[] {
  if (log === 0) return parts
  const other = parts.find(part => part.kind === 'other')?.bytes ?? 0
  return [...parts.filter(part => part.kind !== 'other'), { kind: 'other', bytes: other + log }]
}

/** Of the files directly in it whose names count. */
async function folderBytes(folder: string, counts: (name: string) => boolean = () => true): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  let sum = 0
  for (const name of names) if (counts(name)) sum += await fileBytes(join(folder, name))
  return sum
}

async function fileBytes(file: string): Promise<number> {
  const info = await stat(file).catch(() => null)
  return info?.isFile() ? info.size : 0
}
