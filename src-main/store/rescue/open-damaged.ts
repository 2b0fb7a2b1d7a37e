/** Opens a database that may be damaged, for reading only. */
import { closeSync, copyFileSync, existsSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs'
import Database from 'better-sqlite3'

type Connection = InstanceType<typeof Database>

/**
 * Opens what can be opened of `file`, without changing it. Where its first page is lost, a copy of it gets that of
 * `pattern`, a backup: the tables of both begin at the same pages. Null where nothing helps. `scratch` is where the copy
 * may be; it is the caller's to remove, with the connection closed.
 */
export function openDamaged(file: string, pattern: string | null, scratch: string): Connection | null {
  const asItIs = openReadOnly(file)
  if (asItIs || pattern === null) return asItIs
  try {
    for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, scratch + end)
    rmSync(`${scratch}-shm`, { force: true })
    transplantFirstPage(pattern, scratch)
  } catch {
    return null
  }
  return openReadOnly(scratch)
}

function openReadOnly(file: string): Connection | null {
  let db: Connection | null = null
  try {
    db = new Database(file, { readonly: true, fileMustExist: true })
    // Cells that lie about their size are found out before they lead astray.
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

/** sqlite.org/fileformat.html, 1.3: the size in the header holds only where two counters agree; else the file's own does. */
function transplantFirstPage(pattern: string, file: string): void {
  const from = openSync(pattern, 'r')
  const to = openSync(file, 'r+')
  try {
    const header = Buffer.alloc(100)
    readSync(from, header, 0, 100, 0)
    const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
    const page = Buffer.alloc(pageSize)
    readSync(from, page, 0, pageSize, 0)
    page.writeUInt32BE(Math.floor(statSync(file).size / pageSize), 28)
    page.writeUInt32BE(page.readUInt32BE(24), 92)
    // What was free is not known any more; nobody writes here.
    page.writeUInt32BE(0, 32)
    page.writeUInt32BE(0, 36)
    // The log may be read, as it was by the other one (fileformat.html, 1.3.3).
    page[18] = page[19] = existsSync(`${file}-wal`) ? 2 : 1
    writeSync(to, page, 0, pageSize, 0)
  } finally {
    closeSync(from)
    closeSync(to)
  }
}
