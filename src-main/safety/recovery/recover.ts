/**
 * Builds a sound database in place of a damaged or missing one: from the newest good backup, what can still be read of the
 * damaged file, and the journal. The damaged file is set aside as it was.
 */
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup, Recovery } from '../../api/storage-model.ts'
import type { Log } from '../../lib/log.ts'
import { databaseIdOf } from '../../store/db/integrity.ts'
import { writeMeta } from '../../store/db/meta.ts'
import { openDatabase, type WriteDb } from '../../store/db/open.ts'
import { inspectBackup, storedCounts } from '../../store/rescue/copy.ts'
import { openDamaged } from '../../store/rescue/open-damaged.ts'
import { reserveIds, salvage } from '../../store/rescue/salvage.ts'
import { listShards } from '../../store/search/index.ts'
import { listBackups, ownBackupFolder } from '../backups/backups.ts'
import {
  asidePlace,
  databaseFile,
  finishNext,
  removeDatabase,
  scratchFile,
  takeNext,
  unfinishedFile,
} from '../data-files.ts'
import { journalFolder, readLines } from '../journal/file.ts'
import { replayJournal } from '../journal/replay.ts'
import { narrowFile } from '../private-folder.ts'
import { bringUpToDate } from './bring-up-to-date.ts'

export type RecoveryParts = { dataDir: string; now: number; log: Log; onUpgrade?: (share: number) => void }

type Found = { backup: Backup; file: string; databaseId: string | null }

/** Puts the recovered database in place. Throws where the disk can't take it: then everything is as it was. */
export async function recover(parts: RecoveryParts, cause: Recovery['cause']): Promise<void> {
  const { dataDir, now, log, onUpgrade } = parts
  const damaged = databaseFile(dataDir)
  const made = unfinishedFile(dataDir)
  removeDatabase(made)

  const { backupFolder, highestMarked } = await hintsOf(dataDir)
  const found = newestGoodBackup([backupFolder, ownBackupFolder(dataDir)], log)
  if (found) copyFileSync(found.file, made)
  if (found) narrowFile(made)
  const db = openDatabase(made)
  try {
    const isRead = existsSync(damaged) && salvageInto(db, damaged, found, parts)
    log(`recovering: backup ${found?.backup.name ?? 'none'}, the file itself ${isRead ? 'read' : 'not read'}`)
    // Both may be of an earlier version, and what was salvaged is to be indexed.
    bringUpToDate(db, onUpgrade)
    reserveIds(db, highestMarked)
    const before = storedCounts(db)
    await replayJournal(db, journalFolder(dataDir), { now, log })
    const after = storedCounts(db)
    const recovery: Recovery = {
      at: now,
      cause,
      backupAt: found?.backup.at ?? null,
      ...after,
      fromJournal: Math.max(0, after.feeds - before.feeds) + Math.max(0, after.saved - before.saved),
      keptAt: asidePlace(dataDir, now),
    }
    writeMeta(db, 'backup', null)
    writeMeta(db, 'recovery', recovery)
    // Its lines have ids of the old database.
    writeMeta(db, 'isJournalBehind', true)
  } finally {
    db.close()
  }
  finishNext(dataDir, made)
  takeNext(dataDir, now)
}

function newestGoodBackup(folders: (string | null)[], log: Log): Found | null {
  const all = folders.flatMap(folder =>
    folder === null ? [] : listBackups(folder).map(backup => ({ backup, file: join(folder, backup.name) })),
  )
  for (const candidate of all.toSorted((a, b) => b.backup.at - a.backup.at)) {
    const inspected = inspectBackup(candidate.file, true)
    if (inspected.ok) return { ...candidate, databaseId: inspected.databaseId }
    log(`backup ${candidate.backup.name} is of no use: ${inspected.failure.detail}`)
  }
  return null
}

/**
 * What is read from the journal before it is replayed: the user's folder for backups, since the settings are in the damaged
 * database, and the highest article id, since ids of lost articles must not be given to new ones.
 */
async function hintsOf(dataDir: string): Promise<{ backupFolder: string | null; highestMarked: number }> {
  const hints: { backupFolder: string | null; highestMarked: number } = { backupFolder: null, highestMarked: 0 }
  for await (const line of readLines(journalFolder(dataDir))) {
    if (line.do === 'set' && line.settings.backupFolder !== undefined) hints.backupFolder = line.settings.backupFolder
    if (line.do === 'mark') hints.highestMarked = Math.max(hints.highestMarked, line.ranges.at(-1) ?? 0)
  }
  return hints
}

/** False where nothing of the damaged file could be read. */
function salvageInto(db: WriteDb, file: string, found: Found | null, { dataDir, log }: RecoveryParts): boolean {
  const scratch = scratchFile(dataDir)
  const from = openDamaged(file, found?.file ?? null, scratch)
  if (!from) return false
  try {
    const databaseId = databaseIdOf(from)
    // Its ids mean other articles than the backup's: the backup is left out.
    if (found && databaseId !== null && found.databaseId !== null && databaseId !== found.databaseId) clear(db)
    const rows = salvage(db, from)
    if (databaseId !== null) writeMeta(db, 'databaseId', databaseId)
    log(
      `recovering: read ${Object.entries(rows)
        .map(([table, count]) => `${count} ${table}`)
        .join(', ')}`,
    )
    return (rows.articles ?? 0) + (rows.feeds ?? 0) > 0
  } finally {
    from.close()
    removeDatabase(scratch)
  }
}

function clear(db: WriteDb): void {
  db.pragma('foreign_keys = OFF')
  for (const table of ['contents', 'revisions', 'identities', 'tombstones', 'icons', 'articles', 'feeds', 'folders']) {
    db.prepare(`DELETE FROM ${table}`).run()
  }
  for (const { table } of listShards(db)) db.prepare(`DROP TABLE ${table}`).run()
  db.pragma('foreign_keys = ON')
}
