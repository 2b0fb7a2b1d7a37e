/** What the build makes of src-main: entries, and the chunks they share. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'playwright/test'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(process.env.BROADSHEET_OUT ?? join(root, 'out'), 'main')

test('no shared file imports an entry: loading it in a worker would start a second engine there', () => {
  const files = readdirSync(folder).filter(name => name.endsWith('.js'))
  const shared = files.filter(name => name.startsWith('shared-'))
  const entries = files.filter(name => !name.startsWith('shared-'))
  expect(entries).toEqual(
    expect.arrayContaining(['cli.js', 'electron.js', 'engine.js', 'intake.js', 'start.js', 'worker.js']),
  )
  expect(shared.length).toBeGreaterThan(5)
  const imports = shared.flatMap(name =>
    importsOf(readFileSync(join(folder, name), 'utf8')).map(imported => ({ name, imported })),
  )
  expect(imports.filter(({ imported }) => entries.includes(imported))).toEqual([])
})

test('every file can be read by Node: one that cannot ends the thread that needs it', () => {
  const files = readdirSync(folder).filter(name => name.endsWith('.js'))
  const unreadable = files.filter(name => spawnSync(process.execPath, ['--check', join(folder, name)]).status !== 0)
  expect(unreadable).toEqual([])
})

/** The names of files beside it that a built file imports, at once or later. */
function importsOf(source: string): string[] {
  return [...source.matchAll(/(?:from|import)\s*\(?\s*["'`]\.\/([\w.-]+)["'`]/g)].map(match => match[1] ?? '')
}
