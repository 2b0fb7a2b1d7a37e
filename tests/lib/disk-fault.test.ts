import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { diskFault, storageErrorCode } from '../../src-main/lib/disk-fault.ts'

const failed = (code: string, more: object = {}) => Object.assign(new Error('it failed'), { code }, more)

test.each([
  ['SQLITE_FULL', 'full', 'storage-full'],
  ['ENOSPC', 'full', 'storage-full'],
  ['EDQUOT', 'full', 'storage-full'],
  ['SQLITE_READONLY', 'read-only', 'storage-read-only'],
  ['SQLITE_READONLY_DIRECTORY', 'read-only', 'storage-read-only'],
  ['SQLITE_CANTOPEN', 'read-only', 'storage-read-only'],
  ['SQLITE_CANTOPEN_ISDIR', 'read-only', 'storage-read-only'],
  ['SQLITE_PERM', 'read-only', 'storage-read-only'],
  ['EROFS', 'read-only', 'storage-read-only'],
  ['EACCES', 'read-only', 'storage-read-only'],
  ['EPERM', 'read-only', 'storage-read-only'],
  ['SQLITE_CORRUPT', 'damaged', 'storage-damaged'],
  ['SQLITE_CORRUPT_VTAB', 'damaged', 'storage-damaged'],
  ['SQLITE_NOTADB', 'damaged', 'storage-damaged'],
  ['SQLITE_IOERR_WRITE', 'failing', 'internal'],
  ['EIO', 'failing', 'internal'],
  ['SQLITE_BUSY', null, 'internal'],
  ['SQLITE_CONSTRAINT_UNIQUE', null, 'internal'],
  ['ENOENT', null, 'internal'],
  ['ECONNRESET', null, 'internal'],
])('%s is %s, told as %s', (code, fault, told) => {
  expect(diskFault(failed(code))).toBe(fault)
  expect(storageErrorCode(failed(code))).toBe(told)
})

test('a mistake without a code is none of the disk', () => {
  expect([new Error('ENOSPC'), 'SQLITE_FULL', null, undefined].map(diskFault)).toEqual([null, null, null, null])
})

test('what the system refuses of something else than a file is none of the disk', () => {
  for (const syscall of ['connect', 'listen', 'spawn', 'kill']) {
    expect(diskFault(failed('EACCES', { syscall }))).toBeNull()
    expect(diskFault(failed('EPERM', { syscall }))).toBeNull()
  }
  expect(diskFault(failed('EACCES', { syscall: 'open' }))).toBe('read-only')
})

test('what SQLite throws itself of a full file, of one it may only read, and of none', () => {
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-fault-'))
  try {
    const file = join(dir, 'some.db')
    const db = new Database(file)
    db.exec('CREATE TABLE rows (text TEXT)')
    db.pragma('max_page_count = 2')
    const write = (to: InstanceType<typeof Database>) =>
      to.prepare('INSERT INTO rows VALUES (?)').run('x'.repeat(100_000))
    expect(faultOf(() => write(db))).toBe('full')
    db.close()
    expect(faultOf(() => write(new Database(file, { readonly: true })))).toBe('read-only')
    mkdirSync(join(dir, 'folder'))
    expect(faultOf(() => new Database(join(dir, 'folder')))).toBe('read-only')
    writeFileSync(join(dir, 'picture'), 'x'.repeat(5_000))
    expect(faultOf(() => new Database(join(dir, 'picture')).pragma('user_version'))).toBe('damaged')
  } finally {
    rmSync(dir, { recursive: true })
  }
})

function faultOf(act: () => unknown): unknown {
  try {
    act()
  } catch (error) {
    return diskFault(error)
  }
  return 'nothing was thrown'
}
