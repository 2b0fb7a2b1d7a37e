import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from '../../src-main/host/file-server.ts'
import { acquireFolderLock } from '../../src-main/store/db/folder-lock.ts'
import { writeMeta } from '../../src-main/store/db/meta.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'

test('a command beside a window that is rewriting its store says so, and ends with 1', { timeout: 120_000 }, () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'broadsheet-upgrading-'))
  const db = openDatabase(path.join(dataDir, 'broadsheet.db'))
  writeMeta(db, 'upgradedTo', 0)
  const lock = acquireFolderLock(dataDir)
  db.exec('BEGIN IMMEDIATE')
  const program = path.join(projectFolder(), 'src-main', 'cli.ts')
  const args = ['--disable-warning=ExperimentalWarning', program, 'feeds', '--data', dataDir, '--json']
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  db.close()
  lock?.release()
  rmSync(dataDir, { recursive: true, force: true })
  expect(status).toBe(1)
  // After the log's line that there is something to rewrite.
  expect(JSON.parse(stderr.trim().split('\n').at(-1)!)).toMatchObject({
    code: 'storage-busy',
    message: expect.stringContaining('is updating'),
  })
})
