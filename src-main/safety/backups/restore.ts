/** Goes back to a backup: it is made ready beside the database, and takes its place at the next start (data-files.ts). */
import { copyFileSync, existsSync, statSync } from 'node:fs'
import type { Backup, BackupFailure } from '../../api/storage-model.ts'
import { acquireFolderLock } from '../../store/db/folder-lock.ts'
import { renewDatabaseId, writeMeta } from '../../store/db/meta.ts'
import { openDatabase } from '../../store/db/open.ts'
import { inspectBackup } from '../../store/rescue/copy.ts'
import { databaseFile, finishNext, removeDatabase, takeNext, unfinishedFile } from '../data-files.ts'
import { freeBytes } from '../disk-reserve.ts'
import { narrowFile } from '../private-folder.ts'
import { failureOf, makeBackup } from './backups.ts'

export type RestoreRequest = { dataDir: string; file: string; wanted: string | null; at: number }
export type Restored = { kind: 'ready'; previous: Backup | null } | { kind: 'failed'; failure: BackupFailure }

/**
 * Checks the backup, makes one of the present database, and prepares the old one. The present database may be damaged, or of a
 * later version, from which the reader goes back: then it is not copied, only set aside later. Nothing is changed where this fails. Never throws.
 */
export async function prepareRestore({ dataDir, file, wanted, at }: RestoreRequest): Promise<Restored> {
  const made = unfinishedFile(dataDir)
  try {
    const inspected = inspectBackup(file, true)
    if (!inspected.ok) return inspected
    const current = databaseFile(dataDir)
    let previous: Backup | null = null
    if (existsSync(current)) {
      const backup = await makeBackup({ dataDir, file: current, wanted, at, reason: 'before-restore' })
      if (backup.kind === 'failed' && !['damaged', 'newer'].includes(backup.failure.reason)) return backup
      previous = backup.kind === 'made' ? backup.backup : null
    }
    removeDatabase(made)
    const free = freeBytes(dataDir)
    if (free !== null && free < statSync(file).size) {
      return { kind: 'failed', failure: { reason: 'no-space', detail: dataDir } }
    }
    copyFileSync(file, made)
    narrowFile(made)
    const db = openDatabase(made)
    try {
      // New articles will get ids that others had after this backup was made: undo ids and read marks must not mix them up.
      renewDatabaseId(db)
      writeMeta(db, 'backup', null)
      writeMeta(db, 'recovery', null)
      // The journal has what was done after this backup.
      writeMeta(db, 'isJournalBehind', true)
    } finally {
      db.close()
    }
    finishNext(dataDir, made)
    return { kind: 'ready', previous }
  } catch (error) {
    removeDatabase(made)
    return { kind: 'failed', failure: failureOf(error) }
  }
}

/** Goes back to a backup at once, where no Broadsheet runs on the folder. */
export async function restoreAlone(request: RestoreRequest): Promise<Restored> {
  const lock = acquireFolderLock(request.dataDir)
  if (!lock) return { kind: 'failed', failure: { reason: 'in-use', detail: request.dataDir } }
  try {
    const ready = await prepareRestore(request)
    if (ready.kind === 'ready') takeNext(request.dataDir, request.at)
    return ready
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) }
  } finally {
    lock.release()
  }
}
