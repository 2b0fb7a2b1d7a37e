/** Copies of the database: made by SQLite's own online backup, looked through before they count as one. */
import { closeSync, openSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Backup, BackupFailure } from '../../api/storage-model.ts'
import { isNoDatabase } from '../../lib/disk-fault.ts'
import { type Facts, readFact } from '../db/meta.ts'
import { migrations } from '../db/migrations.ts'
import type { ReadDb } from '../db/open.ts'
import { foreignPart } from '../db/schema-check.ts'
import { type StoredCounts, storedCounts } from './row-counts.ts'

/** What a copy holds; `lineage` and `backup` are null in a database of another time or program. */
export type Inspected =
  | { ok: true; backup: Facts['backup'] | null; lineage: string | null; version: number; counts: StoredCounts }
  | { ok: false; kind: 'failed'; failure: BackupFailure }

/**
 * Copies the database at `source` to `target`, as it was at one moment: writers go on meanwhile. The copy is one file that
 * needs no other. Throws what SQLite says; `target` is then of no use.
 */
export async function copyDatabase(
  source: string,
  target: string,
  { at, reason }: Pick<Backup, 'at' | 'reason'>,
): Promise<void> {
  const from = new Database(source, { readonly: true, timeout: 5_000 })
  try {
    // Held open, so that a writer doesn't make the copy begin again.
    from.exec('BEGIN')
    const counts = storedCounts(from as unknown as ReadDb)
    // Readable for its owner only, and made here: never through a link that lay there.
    closeSync(openSync(target, 'wx', 0o600))
    await from.backup(target)
    from.exec('COMMIT')
    label(target, { at, reason, ...counts })
  } finally {
    from.close()
  }
}

/** Makes the copy one file, and writes into it what it is. */
function label(target: string, backup: Facts['backup']): void {
  const copy = new Database(target)
  try {
    copy.pragma('journal_mode = DELETE')
    if (hasFacts(copy)) {
      copy.prepare(`INSERT OR REPLACE INTO facts (name, value) VALUES ('backup', ?)`).run(JSON.stringify(backup))
    }
  } finally {
    copy.close()
  }
}

/**
 * Looks at a file that is said to be a backup. Thorough: reads all of it, as before it is relied on; else only whether it
 * opens and what it says of itself. Changes nothing.
 */
export function inspectBackup(file: string, isThorough: boolean): Inspected {
  let db: InstanceType<typeof Database>
  try {
    // A file that isn't there is no backup, and must not become an empty one.
    statSync(file)
    db = new Database(file, { readonly: true, fileMustExist: true })
  } catch (error) {
    return { ok: false, kind: 'failed', failure: { reason: 'not-a-backup', detail: textOf(error) } }
  }
  try {
    const version = db.pragma('user_version', { simple: true }) as number
    if (version > migrations.length)
      return { ok: false, kind: 'failed', failure: { reason: 'newer', detail: `schema ${version}` } }
    const isOurs = version > 0 && db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'articles'`).get() !== undefined
    if (!isOurs) return { ok: false, kind: 'failed', failure: { reason: 'not-a-backup', detail: 'it has no articles' } }
    // Before anything of it is asked: a view runs when it is read, a computed column when it is checked.
    const foreign = foreignPart(db)
    if (foreign !== null) return { ok: false, kind: 'failed', failure: { reason: 'foreign', detail: foreign } }
    const read = db as unknown as ReadDb
    const [backup, lineage] = hasFacts(db) ? [readFact(read, 'backup'), readFact(read, 'lineage')] : [null, null]
    const damage = isThorough ? damageIn(db) : null
    if (damage) return { ok: false, kind: 'failed', failure: { reason: 'damaged', detail: damage } }
    // What it says of itself will do, where it is only listed.
    const counts = isThorough || !backup ? storedCounts(read) : backup
    if (isThorough && backup && (backup.articles !== counts.articles || backup.saved !== counts.saved)) {
      return { ok: false, kind: 'failed', failure: { reason: 'damaged', detail: 'articles are missing' } }
    }
    return { ok: true, backup, lineage, version, counts }
  } catch (error) {
    const reason = isNoDatabase(error) ? 'not-a-backup' : 'damaged'
    return { ok: false, kind: 'failed', failure: { reason, detail: textOf(error) } }
  } finally {
    db.close()
  }
}

/** What integrity_check finds; null for a sound file. */
function damageIn(db: InstanceType<typeof Database>): string | null {
  const found = db.pragma('integrity_check(1)', { simple: true })
  if (found !== 'ok') return String(found)
  return (db.pragma('foreign_key_check') as unknown[]).length > 0 ? 'rows point nowhere' : null
}

function hasFacts(db: InstanceType<typeof Database>): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'facts'`).get() !== undefined
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
