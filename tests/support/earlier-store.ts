/** Stores that earlier programs made (tests/fixtures), each in a folder of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { openDatabase, type WriteDb } from '../../src-main/store/db/open.ts'
import { upgradeStore } from '../../src-main/store/upgrade/upgrade.ts'

export type EarlierStore = { dir: string; file: string; [Symbol.dispose](): void }

/** As that program left it. `fixture`: without its ending, as in 'schemas/schema-1'. */
export function earlierStore(fixture: string): EarlierStore {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-earlier-'))
  const file = join(dir, 'broadsheet.db')
  writeFileSync(file, gunzipSync(readFileSync(join(import.meta.dirname, `../fixtures/${fixture}.db.gz`))))
  return { dir, file, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) }
}

/** Opens a store of any program in today's form. */
export function openUpgraded(file: string): WriteDb {
  const db = openDatabase(file)
  upgradeStore(db)
  return db
}
