/**
 * Opens the database of a data folder, whatever happened to it since the last time: a backup that waits to be put back, an
 * end without a goodbye, damage, a file that is gone, a schema of an earlier version.
 */
import { existsSync, statSync } from 'node:fs'
import { attempt, type Log, storageCode } from '../log.ts'
import { damageOf } from '../store/check.ts'
import { DatabaseUnusable, openDatabase, schemaOf, type WriteDb } from '../store/database.ts'
import { readFact, writeFact } from '../store/facts.ts'
import { readSettings } from '../store/settings.ts'
import { listBackups, makeBackup, ownBackupFolder } from './backups.ts'
import { databaseFile, isMarkedDamaged, takeClosedMark, takeNext, unmarkDamaged } from './data-files.ts'
import { linesOf } from './journal.ts'
import { beginFile, hasJournal, journalFolder, writeBase } from './journal-file.ts'
import { replayJournal } from './journal-replay.ts'
import { recover, removeLeftovers } from './recovery.ts'

export type Opening = {
  dataDir: string
  now: number
  log: Log
  /** Nobody else may have the folder: what is damaged can be mended, what waits can be put in its place. */
  isAlone: boolean
}

export type Opened = {
  db: WriteDb
  /** It was too large to be looked through before the first window: someone should, while it is used. */
  isUnchecked: boolean
}

/** Reading this much from end to end takes about a second. */
const checkedAtOnce = 300_000_000
/** So much is compared with its indexes as well. */
const checkedThoroughly = 64_000_000

/** Throws DatabaseUnusable, or what the system says of a disk that is full or read-only. */
export async function openStore(opening: Opening): Promise<Opened> {
  const { dataDir, now, log, isAlone } = opening
  const file = databaseFile(dataDir)
  if (!isAlone) return { db: openDatabase(file), isUnchecked: false }

  takeNext(dataDir, now)
  removeLeftovers(dataDir)
  const wasClosed = takeClosedMark(dataDir)
  const isSuspect = isMarkedDamaged(dataDir)
  // To SQLite an empty file is a new database.
  const isGone = !existsSync(file) || (statSync(file).size === 0 && !existsSync(`${file}-wal`))
  if (isGone && (hasJournal(journalFolder(dataDir)) || listBackups(ownBackupFolder(dataDir)).length > 0)) {
    log('the database is gone: recovering it')
    await recover(opening, 'missing')
  }
  const db = await openSound(opening, isSuspect)
  unmarkDamaged(dataDir)
  attempt(log, 'beginning the journal anew', () => beginJournalAnew(db, opening))
  if (wasClosed) return { db, isUnchecked: false }

  const bytes = statSync(file).size
  const isUnchecked = bytes > checkedAtOnce && !isSuspect
  const damage = isUnchecked ? null : damageOf(db, isSuspect || bytes <= checkedThoroughly)
  if (damage === null) {
    await followJournal(db, opening)
    return { db, isUnchecked }
  }
  log(`the database is damaged: ${damage}`)
  db.close()
  await recover(opening, 'damaged')
  const recovered = openDatabase(file)
  attempt(log, 'beginning the journal anew', () => beginJournalAnew(recovered, opening))
  return { db: recovered, isUnchecked: false }
}

/** Where the journal tells of another time than the database, or lacks something, it begins with what is so now. */
function beginJournalAnew(db: WriteDb, { dataDir, now }: Opening): void {
  if (!readFact(db, 'isJournalBehind')) return
  const folder = journalFolder(dataDir)
  const number = beginFile(folder)
  db.transaction(() => writeBase(folder, number, linesOf(db, readSettings(db), now)))()
  writeFact(db, 'isJournalBehind', null)
}

/** Opens it, recovering what can't be opened. */
async function openSound(opening: Opening, isSuspect: boolean): Promise<WriteDb> {
  const file = databaseFile(opening.dataDir)
  try {
    await backUpBeforeUpdate(opening)
    return openDatabase(file)
  } catch (error) {
    if (error instanceof DatabaseUnusable && error.code !== 'storage-damaged') throw error
    const isDamaged = error instanceof DatabaseUnusable || /^SQLITE_(?:CORRUPT|NOTADB)/.test(storageCode(error))
    // A failed migration of a damaged file says many things.
    if (!isDamaged && !(isSuspect && storageCode(error) !== '')) throw error
    opening.log(`the database can't be opened: ${error instanceof Error ? error.message : String(error)}`)
    await recover(opening, 'damaged')
    return openDatabase(file)
  }
}

/** A migration is one transaction each; the copy is for what it may get wrong. Without room for it, nothing is changed. */
async function backUpBeforeUpdate({ dataDir, now, log }: Opening): Promise<void> {
  const file = databaseFile(dataDir)
  const schema = schemaOf(file)
  if (schema === null || !schema.isEarlier) return
  log(`bringing the database from schema ${schema.version} up to date; a backup is made first`)
  const made = await makeBackup({ dataDir, file, wanted: null, at: now, reason: 'before-update' })
  if (made.kind === 'made') return
  const { reason, detail } = made.failure
  if (reason === 'no-space')
    throw new DatabaseUnusable('storage-full', `no room for a backup before the update: ${detail}`)
  if (reason === 'damaged') throw new DatabaseUnusable('storage-damaged', detail)
  throw new DatabaseUnusable('storage-read-only', `no backup could be made before the update: ${detail}`)
}

/**
 * After an end without a goodbye: the journal has all that was answered, even where the database's own log was lost. Its
 * lines are what is so in the end, so that following all of them changes nothing that is right.
 */
async function followJournal(db: WriteDb, { dataDir, now, log }: Opening): Promise<void> {
  try {
    await replayJournal(db, journalFolder(dataDir), { now, log })
  } catch (error) {
    attempt(log, 'following the journal', () => {
      throw error
    })
  }
}

/** Where the user wants backups; null for the data folder. */
export function wantedFolder(db: WriteDb): string | null {
  return readSettings(db).backupFolder
}
