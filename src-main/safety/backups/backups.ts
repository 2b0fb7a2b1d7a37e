/** The backup folder: making verified copies, listing them, deleting old ones. Run in the maintenance thread or at the start. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { DiskFault } from '../../api/errors.ts'
import type { Backup, BackupFailure, BackupReason } from '../../api/storage-model.ts'
import { diskFault } from '../../lib/disk-fault.ts'
import { syncFile, syncFolder } from '../../lib/fsync.ts'
import { copyDatabase, inspectBackup } from '../../store/rescue/copy.ts'
import { stampOf } from '../data-files.ts'
import { freeBytes } from '../disk-reserve.ts'
import { expiredBackups } from './rotation.ts'

export type BackupMade =
  | { kind: 'made'; backup: Backup; folder: string; isFallback: boolean }
  | { kind: 'failed'; failure: BackupFailure }

/** All backups together may be as large as so many of the newest, and at least this many bytes. */
const mostTimesNewest = 6
const alwaysAllowed = 1_000_000_000
/** Left free for everything else on the disk. */
const spareBytes = 64_000_000

export function ownBackupFolder(dataDir: string): string {
  return join(dataDir, 'backups')
}

/** Newest first. What does not open is left out; nothing is changed. */
export function listBackups(folder: string): Backup[] {
  const backups = namesIn(folder).flatMap((name): Backup[] => {
    if (!/^broadsheet-[\w-]+\.db$/.test(name)) return []
    const file = join(folder, name)
    const inspected = inspectBackup(file, false)
    if (!inspected.ok) return []
    const { size, mtimeMs } = statSync(file)
    // One of an earlier schema has no label: it was made before an update.
    const label = inspected.backup ?? { at: mtimeMs, reason: 'before-update', ...inspected.counts }
    return [{ name, bytes: size, ...label }]
  })
  return backups.toSorted((a, b) => b.at - a.at)
}

/**
 * Those of both folders, newest first: what was made before the user named a folder, or while its drive was not connected, can
 * be restored, too. Of two of the same name the one in the user's folder is listed, as in `backupFile`.
 */
export function listAllBackups(dataDir: string, wanted: string | null): Backup[] {
  const { folder } = placeFor(dataDir, wanted)
  const here = listBackups(folder)
  if (folder === ownBackupFolder(dataDir)) return here
  const names = new Set(here.map(({ name }) => name))
  const others = listBackups(ownBackupFolder(dataDir)).filter(({ name }) => !names.has(name))
  return [...here, ...others.map(backup => ({ ...backup, isElsewhere: true as const }))].toSorted((a, b) => b.at - a.at)
}

/** None where there is no folder, or something else in its place. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** The user's own folder; where it is not there (a drive that is not connected), the one in the data folder. */
export function placeFor(dataDir: string, wanted: string | null): { folder: string; isFallback: boolean } {
  if (wanted !== null && existsSync(wanted)) return { folder: wanted, isFallback: false }
  return { folder: ownBackupFolder(dataDir), isFallback: wanted !== null }
}

export type BackupRequest = { dataDir: string; file: string; wanted: string | null; at: number; reason: BackupReason }

/**
 * Copies the database, reads the whole copy, and only then gives it its name. The other backups stay as they are until
 * it has one. Never throws: why it failed is in the answer.
 */
export async function makeBackup({ dataDir, file, wanted, at, reason }: BackupRequest): Promise<BackupMade> {
  let unfinished: string | null = null
  try {
    const { folder, isFallback } = placeFor(dataDir, wanted)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const bytes = statSync(file).size
    const free = freeBytes(folder)
    if (free !== null && free < bytes + spareBytes) {
      return failed('no-space', `${megabytes(free)} free, ${megabytes(bytes)} needed`)
    }
    const name = `broadsheet-${stampOf(at)}-${reason}.db`
    unfinished = join(folder, `${name}.part`)
    for (const old of readdirSync(folder)) if (old.endsWith('.db.part')) rmSync(join(folder, old), { force: true })
    await copyDatabase(file, unfinished, { at, reason })
    const inspected = inspectBackup(unfinished, true)
    if (!inspected.ok) {
      rmSync(unfinished, { force: true })
      return inspected
    }
    syncFile(unfinished)
    renameSync(unfinished, join(folder, name))
    syncFolder(folder)
    deleteExpired(folder)
    const backup: Backup = { name, bytes: statSync(join(folder, name)).size, at, reason, ...inspected.counts }
    return { kind: 'made', backup, folder, isFallback }
  } catch (error) {
    if (unfinished) rmSync(unfinished, { force: true })
    return { kind: 'failed', failure: failureOf(error) }
  }
}

function deleteExpired(folder: string): void {
  const backups = listBackups(folder)
  const most = Math.max(alwaysAllowed, (backups[0]?.bytes ?? 0) * mostTimesNewest)
  for (const { name } of expiredBackups(backups, most)) rmSync(join(folder, name), { force: true })
}

/** A backup's file by what a window calls it: a plain name, in one of the two folders. Null where there is none. */
export function backupFile(dataDir: string, wanted: string | null, name: string): string | null {
  if (basename(name) !== name) return null
  const files = [wanted, ownBackupFolder(dataDir)].flatMap(folder => (folder === null ? [] : [join(folder, name)]))
  return files.find(file => existsSync(file)) ?? null
}

const faultReasons: Record<DiskFault, BackupFailure['reason']> = {
  full: 'no-space',
  'read-only': 'not-writable',
  damaged: 'damaged',
  failing: 'failed',
}

export function failureOf(error: unknown): BackupFailure {
  const detail = error instanceof Error ? error.message : String(error)
  const fault = diskFault(error)
  if (fault !== null) return { reason: faultReasons[fault], detail }
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
  return { reason: isMissing ? 'no-folder' : 'failed', detail }
}

function failed(reason: BackupFailure['reason'], detail: string): BackupMade {
  return { kind: 'failed', failure: { reason, detail } }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}
