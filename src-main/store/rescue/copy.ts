/** Copies of the database, made by SQLite's online backup, and checks of such copies. */
import { closeSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { Backup, BackupFailure } from '../../api/storage-model.ts'
import { isNoDatabase } from '../../lib/disk-fault.ts'
import { type Meta, readMeta } from '../db/meta.ts'
import { migrations } from '../db/migrations.ts'
import type { ReadDb } from '../db/open.ts'
import { foreignPart } from '../db/schema-check.ts'

/** How much a database holds, as it is shown to the user. */
export type StoredCounts = { feeds: number; articles: number; saved: number }

/** What a copy holds; `databaseId` and `backup` are null in one of an early version. */
export type Inspected =
  | { ok: true; backup: Meta['backup'] | null; databaseId: string | null; counts: StoredCounts }
  | { ok: false; kind: 'failed'; failure: BackupFailure }

/**
 * Copies the database at `source` to `target`, as it was at one moment, while others may write. The copy is one file without a
 * WAL. Throws SQLite's errors; `target` is then of no use.
 */
export async function copyDatabase(
  source: string,
  target: string,
  { at, reason }: Pick<Backup, 'at' | 'reason'>,
): Promise<void> {
  const from = new Database(source, { readonly: true, timeout: 5_000 })
  try {
    // An open transaction, so that a write of another connection doesn't make the copy restart.
    from.exec('BEGIN')
    const counts = storedCounts(from as unknown as ReadDb)
    // Readable for its owner only, and created here: never through a link that lay there.
    closeSync(openSync(target, 'wx', 0o600))
    await from.backup(target)
    from.exec('COMMIT')
    label(target, { at, reason, ...counts })
  } finally {
    from.close()
  }
}

export function storedCounts(db: ReadDb): StoredCounts {
  const count = (sql: string) => db.prepare<[], number>(sql).pluck().get() ?? 0
  return {
    feeds: count('SELECT COUNT(*) FROM feeds WHERE removed_at IS NULL'),
    articles: count('SELECT COUNT(*) FROM articles'),
    saved: count('SELECT COUNT(*) FROM articles WHERE is_saved = 1'),
  }
}

/** Makes the copy one file, and writes into it why it was made and what it holds. */
function label(target: string, backup: Meta['backup']): void {
  const copy = new Database(target)
  try {
    copy.pragma('journal_mode = DELETE')
    if (hasMeta(copy)) {
      copy.prepare(`INSERT OR REPLACE INTO facts (name, value) VALUES ('backup', ?)`).run(JSON.stringify(backup))
    }
  } finally {
    copy.close()
  }
}

/**
 * Checks a file that is said to be a backup, and changes nothing. `isThorough` reads all of it, as before it is relied on;
 * without, only whether it opens, and its label.
 */
export function inspectBackup(file: string, isThorough: boolean): Inspected {
  let db: InstanceType<typeof Database>
  try {
    db = new Database(file, { readonly: true, fileMustExist: true })
  } catch (error) {
    return failed('not-a-backup', textOf(error))
  }
  try {
    const version = db.pragma('user_version', { simple: true }) as number
    if (version > migrations.length) return failed('newer', `schema ${version}`)
    const isOurs = version > 0 && db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'articles'`).get() !== undefined
    if (!isOurs) return failed('not-a-backup', 'it has no articles')
    // Before any of it is read: a view runs when it is read, a generated column when it is checked.
    const foreign = foreignPart(db)
    if (foreign !== null) return failed('foreign', foreign)
    const read = db as unknown as ReadDb
    const [backup, databaseId] = hasMeta(db) ? [readMeta(read, 'backup'), readMeta(read, 'databaseId')] : [null, null]
    const damage = isThorough ? damageIn(db) : null
    if (damage) return failed('damaged', damage)
    // For a list its label will do.
    const counts = isThorough || !backup ? storedCounts(read) : backup
    if (isThorough && backup && (backup.articles !== counts.articles || backup.saved !== counts.saved)) {
      return failed('damaged', 'articles are missing')
    }
    return { ok: true, backup, databaseId, counts }
  } catch (error) {
    return failed(isNoDatabase(error) ? 'not-a-backup' : 'damaged', textOf(error))
  } finally {
    db.close()
  }
}

function failed(reason: BackupFailure['reason'], detail: string): Inspected {
  return { ok: false, kind: 'failed', failure: { reason, detail } }
}

/** What integrity_check finds; null for a sound file. */
function damageIn(db: InstanceType<typeof Database>): string | null {
  const found = db.pragma('integrity_check(1)', { simple: true })
  if (found !== 'ok') return String(found)
  return (db.pragma('foreign_key_check') as unknown[]).length > 0 ? 'rows point nowhere' : null
}

function hasMeta(db: InstanceType<typeof Database>): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'facts'`).get() !== undefined
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
