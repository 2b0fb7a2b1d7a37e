/** The program's folders for Windows and macOS, packed on Linux around stand-ins for Electron's runtimes: what is in them, not that it runs. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fusesOf, pack } from './packing.ts'
import { readProgram } from './windows-program.ts'

const work = mkdtempSync(join(tmpdir(), 'broadsheet-other-'))
const unpackedIn = (resources: string) => join(resources, 'app.asar.unpacked/node_modules/better-sqlite3/prebuilds')

afterAll(() => rmSync(work, { recursive: true, force: true }))

describe.runIf(process.platform === 'linux')('the package for Windows', () => {
  const folder = join(work, 'win', 'made', 'win-unpacked')
  const program = join(folder, 'Broadsheet.exe')

  beforeAll(() => pack(join(work, 'win'), ['--win', 'dir']), 120_000)

  test('has a program that says what it is, with its icon, and refuses other code', () => {
    const { about, icons, types } = readProgram(program)
    expect(about).toMatchObject({ ProductName: 'Broadsheet', CompanyName: 'Broadsheet contributors' })
    expect(icons).toBeGreaterThan(3)
    // The archive's digest, which the program compares as it starts.
    expect(types).toContain('INTEGRITY')
    expect(fusesOf(program)).toBe('01001100')
  })

  test('has SQLite for Windows alone, and the licences', () => {
    expect(readdirSync(unpackedIn(join(folder, 'resources')))).toEqual(['win32-x64.node'])
    expect(existsSync(join(folder, 'resources/third-party-notices.txt'))).toBe(true)
  })
})

describe.runIf(process.platform === 'linux')('the package for macOS', () => {
  const contents = join(work, 'mac', 'made', 'mac', 'Broadsheet.app', 'Contents')

  beforeAll(() => pack(join(work, 'mac'), ['--mac', 'dir']), 120_000)

  test('opens links and lists, is found among the programs for news, and refuses other code', () => {
    const plist = readFileSync(join(contents, 'Info.plist'), 'utf8')
    for (const word of ['feed', 'feeds', 'broadsheet', 'opml', 'public.app-category.news', 'ElectronAsarIntegrity'])
      expect(plist).toMatch(new RegExp(`<(?:string|key)>${word}</`))
    expect(fusesOf(join(contents, 'Frameworks/Electron Framework.framework/Electron Framework'))).toBe('01001100')
  })

  test('has SQLite for both processors, the same in both halves of one program', () => {
    expect(readdirSync(unpackedIn(join(contents, 'Resources'))).sort()).toEqual([
      'darwin-arm64.node',
      'darwin-x64.node',
    ])
    expect(readdirSync(join(contents, 'Resources'))).toEqual(
      expect.arrayContaining(['icon.icns', 'third-party-notices.txt']),
    )
  })
})
