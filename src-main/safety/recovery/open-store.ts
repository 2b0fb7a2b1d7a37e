/**
 * Opens the database of a data folder, whatever happened to it since the last time: a backup that waits to be put back, an
 * unclean shutdown, damage, a file that is gone, a store of an earlier version.
 */
import { existsSync, statSync } from 'node:fs'
import type { Recovery } from '../../api/storage-model.ts'
import { diskFault } from '../../lib/disk-fault.ts'
import { attempt, type Log } from '../../lib/log.ts'
import { readMeta, writeMeta } from '../../store/db/meta.ts'
import { DatabaseUnusable, openDatabase, type WriteDb } from '../../store/db/open.ts'
import { readSettings } from '../../store/settings.ts'
import { takePlaceFromSettings } from '../../store/upgrade/place.ts'
import { listBackups, ownBackupFolder } from '../backups/backups.ts'
import {
  databaseFile,
  isMarkedDamaged,
  removeLeftovers,
  takeClosedMark,
  takeNext,
  unmarkDamaged,
} from '../data-files.ts'
import { beginFile, hasJournal, journalFolder, writeBase } from '../journal/file.ts'
import { linesOf } from '../journal/journal.ts'
import { backUpBeforeMigrations, noteVersion } from './before-update.ts'
import { type Examined, examine, noteDatabaseId } from './examine.ts'

export type Opening = {
  dataDir: string
  now: number
  log: Log
  /** This program holds the folder's lock: damage can be repaired, a waiting backup can be put in its place. */
  isAlone: boolean
  /**
   * An engine of this very process had it open before, and died: what was written is with the system, so that nothing can
   * be lost or half done. Checking all of it, which windows would wait for, can be done later.
   */
  isAgain?: boolean
  /** Called with the share of an earlier version's store that has been rewritten, from 0 to 1. */
  onUpgrade?: (share: number) => void
}

export type Opened = {
  db: WriteDb
  /** Too large to be checked before the first window: to be checked in the background. */
  isUnchecked: boolean
  /** The journal may have more than the database: it could not be replayed, and must be at the next start. */
  isBehindJournal: boolean
}

/** Throws DatabaseUnusable, or what the system says of a disk that is full or read-only. */
export async function openStore(opening: Opening): Promise<Opened> {
  const { dataDir, now, log, isAlone, isAgain = false } = opening
  const file = databaseFile(dataDir)
  if (!isAlone) return { db: await openUpgraded(opening), isUnchecked: false, isBehindJournal: false }

  takeNext(dataDir, now)
  removeLeftovers(dataDir)
  const wasClosed = takeClosedMark(dataDir)
  const isSuspect = isMarkedDamaged(dataDir)
  // To SQLite an empty file is a new database.
  const isGone = !existsSync(file) || statSync(file).size === 0
  if (isGone && (hasJournal(journalFolder(dataDir)) || listBackups(ownBackupFolder(dataDir)).length > 0)) {
    log('the database is gone: recovering it')
    await recover(opening, 'missing')
  }
  const known = wasClosed ? sound : isAgain ? unchecked : null
  const examined = known === null || isSuspect ? examineFile(opening, isSuspect) : known
  if (examined.kind === 'damaged' || examined.kind === 'foreign') {
    log(`the database is ${examined.kind}: ${examined.detail}`)
    await recover(opening, examined.kind)
  }
  const db = await openSound(opening)
  unmarkDamaged(dataDir)
  attempt(log, 'keeping the journal', () => {
    if (isAgain) noteJournalBehind(db)
    else beginJournalAnew(db, opening)
  })
  const isLost = !wasClosed && !isAgain
  const isBehindJournal = isLost && !(await replayWholeJournal(db, opening))
  attempt(log, 'noting the id of the database', () => noteDatabaseId(dataDir, readMeta(db, 'databaseId') ?? ''))
  return { db, isUnchecked: examined.kind === 'unchecked', isBehindJournal }
}

const sound: Examined = { kind: 'sound' }
const unchecked: Examined = { kind: 'unchecked' }

function examineFile({ dataDir, now, log }: Opening, isSuspect: boolean): Examined {
  return existsSync(databaseFile(dataDir)) ? examine(dataDir, isSuspect, now, log) : sound
}

/**
 * What the dead engine had committed may not have been journaled yet. Windows show it from now on, and a later replay would take
 * it back. A new base has all that was saved: it is written once the database has been checked.
 */
function noteJournalBehind(db: WriteDb): void {
  writeMeta(db, 'isJournalBehind', true)
}

/** Where the journal is of another time than the database, or lacks something, it begins anew with what is so now. */
function beginJournalAnew(db: WriteDb, { dataDir, now }: Opening): void {
  if (!readMeta(db, 'isJournalBehind')) return
  const folder = journalFolder(dataDir)
  const number = beginFile(folder)
  db.transaction(() => writeBase(folder, number, linesOf(db, readSettings(db), now)))()
  writeMeta(db, 'isJournalBehind', null)
}

/** Loaded only where there is something to recover. */
async function recover(opening: Opening, cause: Recovery['cause']): Promise<void> {
  const recovery = await import('./recover.ts')
  await recovery.recover(opening, cause)
}

/** Opens it, recovering what can't be opened although it looked sound or was not checked. */
async function openSound(opening: Opening): Promise<WriteDb> {
  try {
    const copied = await backUpBeforeMigrations(opening)
    const db = requireWritable(await openUpgraded(opening))
    await noteVersion(db, opening, copied)
    return db
  } catch (error) {
    const cause = causeOf(error)
    if (cause === null) throw error
    opening.log(`the database can't be opened: ${error instanceof Error ? error.message : String(error)}`)
    await recover(opening, cause)
    return openDatabase(databaseFile(opening.dataDir))
  }
}

/** Opens it in today's form. What rewrites an earlier one is loaded where there is something to rewrite. */
async function openUpgraded({ dataDir, log, onUpgrade }: Opening): Promise<WriteDb> {
  const db = openDatabase(databaseFile(dataDir))
  try {
    attempt(log, 'taking the place out of the settings', () => takePlaceFromSettings(db))
    if (readMeta(db, 'upgradedTo') === null) return db
    log('rewriting what an earlier version stored')
    const { bringUpToDate } = await import('./bring-up-to-date.ts')
    bringUpToDate(db, onUpgrade)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Null where recovering would not help. */
function causeOf(error: unknown): 'damaged' | 'foreign' | null {
  if (!(error instanceof DatabaseUnusable)) return diskFault(error) === 'damaged' ? 'damaged' : null
  if (error.code === 'storage-foreign') return 'foreign'
  return error.code === 'storage-damaged' ? 'damaged' : null
}

/** SQLite reports a read-only file at the first write: found here rather than at the first click. */
function requireWritable(db: WriteDb): WriteDb {
  try {
    db.exec(`BEGIN IMMEDIATE; UPDATE facts SET value = value WHERE name = 'lineage'; ROLLBACK`)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * After an unclean shutdown: the journal has all that was answered, even where the WAL was lost. Its lines say what is so in
 * the end, so that replaying all of them changes nothing that is right. False where it failed, as on a full disk.
 */
async function replayWholeJournal(db: WriteDb, { dataDir, now, log }: Opening): Promise<boolean> {
  try {
    const { replayJournal } = await import('../journal/replay.ts')
    await replayJournal(db, journalFolder(dataDir), { now, log })
    return true
  } catch (error) {
    attempt(log, 'replaying the journal', () => {
      throw error
    })
    return false
  }
}
