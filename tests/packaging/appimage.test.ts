/** What is in the AppImage. Its own runtime, which electron-builder fetches, is only stood in for: it can't be started as a whole. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appId } from '../../src-main/host/app-id.ts'
import { has, pack, placeOf, run } from './packing.ts'

const work = mkdtempSync(join(tmpdir(), 'broadsheet-appimage-'))
const tree = join(work, 'tree')
const runtime = 'stands in for the runtime'.padEnd(4096)

afterAll(() => rmSync(work, { recursive: true, force: true }))

describe.runIf(process.platform === 'linux' && has('mksquashfs'))('the AppImage (needs mksquashfs)', () => {
  beforeAll(async () => {
    const tools = join(work, 'tools')
    for (const name of ['runtimes', 'lib/x64']) mkdirSync(join(tools, name), { recursive: true })
    writeFileSync(join(tools, 'runtimes/runtime-x64'), runtime)
    for (const name of ['mksquashfs', 'desktop-file-validate']) symlinkSync(placeOf(name), join(tools, name))
    await pack(work, ['--linux', 'AppImage', '-c.appImage.compression=gzip'], { APPIMAGE_TOOLS_PATH: tools })
    const made = readdirSync(join(work, 'made')).find(name => name.endsWith('.AppImage'))!
    const file = join(work, 'made', made)
    expect(readFileSync(file, 'latin1').slice(0, runtime.length)).toBe(runtime)
    await run('unsquashfs', ['-quiet', '-no-progress', '-offset', `${runtime.length}`, '-dest', tree, file])
  }, 120_000)

  test('holds the program, and what desktops look for', () => {
    const entries = readdirSync(tree).sort()
    expect(entries).toEqual(
      expect.arrayContaining(['.DirIcon', 'AppRun', 'broadsheet', 'broadsheet.png', `${appId}.desktop`]),
    )
    expect(readFileSync(join(tree, '.DirIcon')).subarray(1, 4).toString()).toBe('PNG')
    const metainfo = readFileSync(join(tree, 'usr/share/metainfo', `${appId}.metainfo.xml`), 'utf8')
    expect(metainfo).toContain(`<launchable type="desktop-id">${appId}.desktop</launchable>`)
    expect(readFileSync(join(tree, `${appId}.desktop`), 'utf8')).toMatch(/^Exec=AppRun %U$/m)
  })

  test('knows where new versions are, and nothing of other kinds of packages', () => {
    expect(readdirSync(join(tree, 'resources')).sort()).toEqual([
      'app-update.yml',
      'app.asar',
      'app.asar.unpacked',
      'third-party-notices.txt',
    ])
  })

  test('starts the program with what it is given, in its sandbox where the system has one', async () => {
    const namespaces = await run('unshare', ['-Ur', 'true']).then(
      () => true,
      () => false,
    )
    const { stdout } = await run(join(tree, 'AppRun'), ['feed:https://example.org/a b', '--unread'])
    const given = ['feed:https://example.org/a b', '--unread']
    expect(stdout.trim().split('\n')).toEqual(namespaces ? given : ['--no-sandbox', ...given])
  })
})
