/** What `npm run package` packs, made by the real electron-builder around a folder that stands in for Electron's runtime. */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { extractAll, listPackage } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const run = promisify(execFile)
const work = mkdtempSync(join(tmpdir(), 'broadsheet-package-'))
const unpacked = join(work, 'made', 'linux-unpacked')
const asar = join(unpacked, 'resources', 'app.asar')

afterAll(() => rmSync(work, { recursive: true, force: true }))

// Elsewhere the release workflow makes the real ones.
describe.runIf(process.platform === 'linux')('the package for Linux', () => {
  beforeAll(async () => {
    const runtime = join(work, 'runtime')
    makeRuntime(runtime)
    const args = [
      '--linux',
      'dir',
      '--x64',
      `-c.electronDist=${runtime}`,
      `-c.directories.output=${join(work, 'made')}`,
    ]
    await run(process.execPath, ['scripts/package.mjs', ...args], { cwd: root })
  }, 300_000)

  test('holds the build, SQLite and the library for archives, and nothing else', () => {
    const files = listPackage(asar, { isPack: false }).map(name => name.replaceAll('\\', '/'))
    const parts = files.filter(name => /\.\w+$|LICENSE$/.test(name)).map(partOf)
    expect([...new Set(parts)].sort()).toEqual([
      '/node_modules/better-sqlite3/LICENSE',
      '/node_modules/better-sqlite3/lib',
      '/node_modules/better-sqlite3/package.json',
      '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
      '/node_modules/fflate/LICENSE',
      '/node_modules/fflate/esm/index.mjs',
      '/node_modules/fflate/package.json',
      '/out/main',
      '/out/preload',
      '/out/renderer',
      '/package.json',
    ])
    expect(files.filter(name => /\.map$|\.ts$|\/(?:cli|start)\.js$/.test(name))).toEqual([])
  })

  test('stays within its budget', () => {
    expect(statSync(asar).size).toBeLessThan(13_000_000)
  })

  test('holds SQLite outside the archive, where the system loads it, and both libraries load from it', async () => {
    expect(
      statSync(join(`${asar}.unpacked`, 'node_modules/better-sqlite3/prebuilds/linux-x64.node')).size,
    ).toBeGreaterThan(1e6)
    const app = join(work, 'app')
    extractAll(asar, app)
    writeFileSync(
      join(app, 'out/main/try.mjs'),
      `import Database from 'better-sqlite3'
       import { unzipSync, zipSync } from 'fflate'
       const { word } = new Database(':memory:').prepare("SELECT 'read' AS word").get()
       console.log(word, Object.keys(unzipSync(zipSync({ written: new Uint8Array(1) }))).join())`,
    )
    if (process.platform !== 'linux' || process.arch !== 'x64') return
    const { stdout } = await run(process.execPath, [join(app, 'out/main/try.mjs')], { cwd: work })
    expect(stdout.trim()).toBe('read written')
  })

  test('has Electron’s switches for running other code off', () => {
    // The letters after the mark are the switches in the order of @electron/fuses: 0 is off, 1 on.
    const program = readFileSync(join(unpacked, 'broadsheet'), 'latin1')
    expect(program.slice(program.indexOf(mark) + mark.length + 2)).toBe('01001100')
  })

  test('brings the licences of what it is made of', () => {
    const notices = readFileSync(join(unpacked, 'resources', 'third-party-notices.txt'), 'utf8')
    for (const name of ['better-sqlite3', 'svelte', 'undici', '@fontsource-variable/newsreader'])
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'))
    expect(notices).not.toMatch(/^(?:playwright|vitest|electron-builder) \d/m)
  })
})

const mark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** As much of Electron's runtime as packing needs: a program with the place of its switches, all of them on. */
function makeRuntime(folder: string): void {
  mkdirSync(folder)
  const program = `stand-in ${mark}\x01\x0811111111`
  writeFileSync(join(folder, 'electron'), program, { encoding: 'latin1', mode: 0o755 })
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'version'])
    writeFileSync(join(folder, name), '')
}

function partOf(name: string): string {
  return /^\/(?:out\/\w+|node_modules\/better-sqlite3\/lib)/.exec(name)?.[0] ?? name
}
