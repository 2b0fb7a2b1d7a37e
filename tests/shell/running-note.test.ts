import { lstatSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { writeRunningNote } from '../../src-main/host/running-note.ts'

test.skipIf(process.platform === 'win32')(
  'the token goes into a file of our own, not into what lay in its place',
  () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'broadsheet-note-'))
    const victim = path.join(dir, 'victim')
    writeFileSync(victim, 'mine', { mode: 0o666 })
    symlinkSync(victim, path.join(dir, 'running.json.new'))
    writeRunningNote(dir, { pid: 1, host: 'web', url: null })
    expect(readFileSync(victim, 'utf8')).toBe('mine')
    const file = path.join(dir, 'running.json')
    expect(lstatSync(file).isSymbolicLink()).toBe(false)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    rmSync(dir, { recursive: true })
  },
)
