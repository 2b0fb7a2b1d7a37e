/** Runs the sibling folder's static audit (the official Electron list) on our sources. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const check = path.join(root, '..', 'shared', 'checks', 'electron-audit.mjs')
/** What becomes the program, and where its version and its fuses are written. */
const audited = ['src-main', 'src-renderer', 'scripts/fuses.mjs', 'package.json']

test.skipIf(!existsSync(check))('the sources keep every rule of the Electron list', () => {
  const copy = mkdtempSync(path.join(tmpdir(), 'broadsheet-audit-'))
  try {
    mkdirSync(path.join(copy, 'scripts'))
    for (const name of audited) cpSync(path.join(root, name), path.join(copy, name), { recursive: true })
    const { stdout } = spawnSync(process.execPath, [check, '--src', copy], { encoding: 'utf8' })
    const report = stdout.trim().split('\n')
    expect(report.filter(line => line.startsWith('FAIL'))).toEqual([])
    expect(report.filter(line => line.startsWith('PASS')).length).toBeGreaterThanOrEqual(34)
  } finally {
    rmSync(copy, { recursive: true })
  }
})

test('nothing can start a shell: processes are started with a list of arguments only', () => {
  const starting = readdirSync(path.join(root, 'src-main'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(path.join(root, 'src-main', name), 'utf8'))
    .filter(text => /from 'node:child_process'|require\(.child_process/.test(text))
  expect(starting.length).toBeGreaterThan(0)
  for (const text of starting) {
    const imported = text.match(/import \{([^}]*)\} from 'node:child_process'/)?.[1] ?? 'everything'
    const names = imported.split(',').map(name => name.replace('type', '').trim())
    expect(names.filter(name => !['spawn', 'spawnSync', 'execFile', 'ChildProcess'].includes(name))).toEqual([])
    expect(text).not.toMatch(/shell:/)
  }
})
