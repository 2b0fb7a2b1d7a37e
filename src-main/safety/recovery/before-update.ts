/** A backup of what an earlier version of the program left, before this one writes to it: the way back from a bad version. */
import project from '../../../package.json' with { type: 'json' }
import type { Log } from '../../lib/log.ts'
import { readMeta, writeMeta } from '../../store/db/meta.ts'
import { DatabaseUnusable, schemaOf, type WriteDb } from '../../store/db/open.ts'
import { foreignPartOfFile } from '../../store/db/schema-check.ts'
import { makeBackup } from '../backups/backups.ts'
import { databaseFile } from '../data-files.ts'

type Opening = { dataDir: string; now: number; log: Log }

/** Whether there is nothing to copy yet, a copy has been made, or none is needed for a change of the tables. */
export type CopiedBefore = 'new' | 'copied' | 'same-tables'

/** Each migration is one transaction; the backup is for its mistakes. Without space for one, nothing is changed. */
export async function backUpBeforeMigrations({ dataDir, now, log }: Opening): Promise<CopiedBefore> {
  const file = databaseFile(dataDir)
  const schema = schemaOf(file)
  if (schema === null) return 'new'
  if (!schema.isEarlier) return 'same-tables'
  // The copy would ask its tables, which may be none.
  const foreign = foreignPartOfFile(file)
  if (foreign !== null) throw new DatabaseUnusable('storage-foreign', foreign)
  log(`bringing the database from schema ${schema.version} up to date; a backup is made first`)
  const made = await makeBackup({ dataDir, file, wanted: null, at: now, reason: 'before-update' })
  if (made.kind === 'made') return 'copied'
  const { reason, detail } = made.failure
  if (reason === 'no-space')
    throw new DatabaseUnusable('storage-full', `no room for a backup before the update: ${detail}`)
  if (reason === 'damaged' || reason === 'foreign') throw new DatabaseUnusable(`storage-${reason}`, detail)
  throw new DatabaseUnusable('storage-read-only', `no backup could be made before the update: ${detail}`)
}

/**
 * The first start of another version, although its tables are the same. Nobody is kept from reading where there is no room for
 * a copy: the next start tries again.
 */
export async function noteVersion(db: WriteDb, { dataDir, now, log }: Opening, copied: CopiedBefore): Promise<void> {
  const before = readMeta(db, 'lastVersion')
  if (before === project.version) return
  // Where none is noted, no version that was released had it: only those note theirs.
  if (copied === 'same-tables' && before !== null) {
    log(`version ${project.version} starts for the first time, after ${before}; a backup is made first`)
    const file = databaseFile(dataDir)
    const made = await makeBackup({ dataDir, file, wanted: null, at: now, reason: 'before-update' })
    if (made.kind === 'failed') return log(`no backup could be made: ${made.failure.reason}, ${made.failure.detail}`)
  }
  writeMeta(db, 'lastVersion', project.version)
}
