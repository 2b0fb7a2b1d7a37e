/**
 * Makes a sound database where there is a damaged one, or none any more: the newest good backup, what can still be read of
 * the damaged file, and the journal of what the user did. The damaged file is set aside as it was.
 */
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup, Recovery } from '../../api/storage-model.ts'
import { attempt, type Log } from '../../lib/log.ts'
import { readFact, writeFact } from '../../store/db/meta.ts'
import { openDatabase, type WriteDb } from '../../store/db/open.ts'
import { isPlainTable } from '../../store/db/schema-check.ts'
import { inspectBackup } from '../../store/rescue/copy.ts'
import { openDamaged } from '../../store/rescue/open-damaged.ts'
import { storedCounts } from '../../store/rescue/row-counts.ts'
import { leaveIds, salvage } from '../../store/rescue/salvage.ts'
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
import { reindex } from './reindex.ts'

export type RecoveryParts = { dataDir: string; now: number; log: Log }

/** More are left for later: the index is filled while nothing else happens. */
const indexedAtOnce = 3_000

type Found = { backup: Backup; file: string; lineage: string | null }

/** Recovers into the place of the database. Throws where the disk can't take it: then everything is as it was. */
export async function recover(parts: RecoveryParts, cause: Recovery['cause']): Promise<void> {
  const { dataDir, now, log } = parts
  const damaged = databaseFile(dataDir)
  const made = unfinishedFile(dataDir)
  removeDatabase(made)

  const { backupFolder, highestMarked } = await hintsOf(dataDir)
  const found = newestGoodBackup([backupFolder, ownBackupFolder(dataDir)], log)
  if (found) copyFileSync(found.file, made)
  if (found) narrowFile(made)
  const db = openDatabase(made)
  try {
    const readable = existsSync(damaged) && readInto(db, damaged, found, parts)
    log(`recovering: backup ${found?.backup.name ?? 'none'}, the file itself ${readable ? 'read' : 'not read'}`)
    leaveIds(db, highestMarked)
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
    writeFact(db, 'backup', null)
    writeFact(db, 'recovery', recovery)
    // Its ids were of the old database.
    writeFact(db, 'isJournalBehind', true)
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
    if (inspected.ok) return { ...candidate, lineage: inspected.lineage }
    log(`backup ${candidate.backup.name} is of no use: ${inspected.failure.detail}`)
  }
  return null
}

/**
 * What the journal is asked before it is followed: where the user wanted backups, since the database that knew is not to be
 * asked; and the highest id it marks, since ids of lost articles must not be given to others.
 */
async function hintsOf(dataDir: string): Promise<{ backupFolder: string | null; highestMarked: number }> {
  const hints: { backupFolder: string | null; highestMarked: number } = { backupFolder: null, highestMarked: 0 }
  for await (const line of readLines(journalFolder(dataDir))) {
    if (line.do === 'set' && line.settings.backupFolder !== undefined) hints.backupFolder = line.settings.backupFolder
    if (line.do === 'mark') hints.highestMarked = Math.max(hints.highestMarked, line.ranges.at(-1) ?? 0)
  }
  return hints
}

/** False where nothing of it could be read, or where it is another database than the backup was made of. */
function readInto(db: WriteDb, file: string, found: Found | null, { dataDir, log }: RecoveryParts): boolean {
  const scratch = scratchFile(dataDir)
  const from = openDamaged(file, found?.file ?? null, scratch)
  if (!from) return false
  try {
    const lineage = lineageOf(() =>
      isPlainTable(from, 'facts') ? readFact(from as unknown as WriteDb, 'lineage') : null,
    )
    // Its ids mean other articles than the backup's: it stands alone.
    if (found && lineage !== null && found.lineage !== null && lineage !== found.lineage) clear(db)
    const { rows, articleIds } = salvage(db, from)
    if (lineage !== null) writeFact(db, 'lineage', lineage)
    log(
      `recovering: read ${Object.entries(rows)
        .map(([table, count]) => `${count} ${table}`)
        .join(', ')}`,
    )
    indexAgain(db, articleIds, log)
    return rows.articles !== undefined && rows.articles + (rows.feeds ?? 0) > 0
  } finally {
    from.close()
    removeDatabase(scratch)
  }
}

function lineageOf(read: () => string | null): string | null {
  try {
    return read()
  } catch {
    return null
  }
}

function clear(db: WriteDb): void {
  db.pragma('foreign_keys = OFF')
  for (const table of ['contents', 'revisions', 'identities', 'tombstones', 'icons', 'articles', 'feeds', 'folders']) {
    db.prepare(`DELETE FROM ${table}`).run()
  }
  writeFact(db, 'reindexBelow', Number.MAX_SAFE_INTEGER)
  db.pragma('foreign_keys = ON')
}

function indexAgain(db: WriteDb, articleIds: number[], log: Log): void {
  const ids = articleIds.slice(0, indexedAtOnce)
  db.transaction(() => {
    for (const id of ids) attempt(log, 'indexing a recovered article', () => reindex(db, id))
  }).immediate()
  if (articleIds.length > ids.length) writeFact(db, 'reindexBelow', Math.max(...articleIds.slice(indexedAtOnce)) + 1)
}
