/** Opens a database that may be damaged, for reading only. */
import { closeSync, copyFileSync, existsSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'

type Connection = InstanceType<typeof Database>

/**
 * Opens what can be opened of `file`, without changing it. Where its first page, which has the schema, is lost, a copy of the
 * file gets that of `backup`: the tables of both begin at the same pages. Null where that doesn't help. The copy is at
 * `scratch`; the caller removes it after closing the connection.
 */
export function openDamaged(file: string, backup: string | null, scratch: string): Connection | null {
  const asItIs = openReadOnly(file)
  if (asItIs || backup === null) return asItIs
  try {
    for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, scratch + end)
    rmSync(`${scratch}-shm`, { force: true })
    transplantFirstPage(backup, scratch)
  } catch {
    return null
  }
  return openReadOnly(scratch)
}

function openReadOnly(file: string): Connection | null {
  let db: Connection | null = null
  try {
    db = new Database(file, { readonly: true, fileMustExist: true })
    // Finds cells with an impossible size before their content is read.
    db.pragma('cell_size_check = ON')
    db.pragma('trusted_schema = OFF')
    const isOurs = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'articles'`).get() !== undefined
    if (isOurs) return db
  } catch {
    // Not a database, as far as SQLite can tell.
  }
  db?.close()
  return null
}

/** sqlite.org/fileformat.html, 1.3: the size in the header counts only where two counters agree; else that of the file does. */
function transplantFirstPage(backup: string, file: string): void {
  const from = openSync(backup, 'r')
  const to = openSync(file, 'r+')
  try {
    const header = Buffer.alloc(100)
    readSync(from, header, 0, 100, 0)
    const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
    const page = Buffer.alloc(pageSize)
    readSync(from, page, 0, pageSize, 0)
    page.writeUInt32BE(Math.floor(statSync(file).size / pageSize), 28)
    page.writeUInt32BE(page.readUInt32BE(24), 92)
    // The list of free pages is lost; only writing would need it.
    page.writeUInt32BE(0, 32)
    page.writeUInt32BE(0, 36)
    // Readers use the WAL only where the header says so (fileformat.html, 1.3.3).
    page[18] = page[19] = existsSync(`${file}-wal`) ? 2 : 1
    writeSync(to, page, 0, pageSize, 0)
  } finally {
    closeSync(from)
    closeSync(to)
  }
}
