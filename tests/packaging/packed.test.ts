/** What `npm run package` packs, made by the real electron-builder around a folder that stands in for Electron's runtime. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractAll, extractFile, listPackage } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { switches } from '../../src-main/electron/menu/switches.ts'
import { packageKind, wayOf } from '../../src-main/electron/updates/package-kind.ts'
import { readSource } from '../../src-main/electron/updates/source.ts'
import { appId } from '../../src-main/host/app-id.ts'
import { buildOf, manifestFile, readManifest } from './flatpak.ts'
import { fusesOf, has, pack, root, run } from './packing.ts'
import { canBeRoot, dpkg, makeScratchRoot } from './scratch-root.ts'

const work = mkdtempSync(join(tmpdir(), 'broadsheet-package-'))
const unpacked = join(work, 'made', 'linux-unpacked')
const asar = join(unpacked, 'resources', 'app.asar')
const makesDebs = has('dpkg-deb')

afterAll(() => rmSync(work, { recursive: true, force: true }))

// Elsewhere the release workflow makes the real ones.
describe.runIf(process.platform === 'linux')('the package for Linux', () => {
  // The folder, and the deb that is made of it. xz would take longer than all the rest.
  beforeAll(() => pack(work, ['--linux', makesDebs ? 'deb' : 'dir', '-c.deb.compression=gz']), 300_000)

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
    expect(statSync(asar).size).toBeLessThan(15_000_000)
  })

  test('has its text at one byte a letter, as each of its threads keeps it then', () => {
    const files = listPackage(asar, { isPack: false }).filter(name => /main.\w.*\.js$/.test(name))
    expect(files.length).toBeGreaterThan(20)
    const isWide = (name: string) => /[^\0-\xff]/.test(extractFile(asar, name.slice(1)).toString())
    expect(files.filter(isWide)).toEqual([])
  })

  test('holds SQLite outside the archive, where the system loads it, and what the build leaves outside of its files loads from it', async () => {
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
       import { readdirSync } from 'node:fs'
       const languages = readdirSync(import.meta.dirname).find(name => name.includes('extrasmall'))
       const { eld } = await import('./' + languages)
       const { language } = eld.detect('The ferry of the islands leaves an hour later on Sundays.')
       console.log(word, Object.keys(unzipSync(zipSync({ written: new Uint8Array(1) }))).join(), language)`,
    )
    if (process.platform !== 'linux' || process.arch !== 'x64') return
    const { stdout } = await run(process.execPath, [join(app, 'out/main/try.mjs')], { cwd: work })
    expect(stdout.trim()).toBe('read written en')
  })

  test('has Electron’s switches for running other code off', () => {
    expect(fusesOf(join(unpacked, 'broadsheet'))).toBe('01001100')
  })

  test('brings the licences of what it is made of', () => {
    const notices = readFileSync(join(unpacked, 'resources', 'third-party-notices.txt'), 'utf8')
    for (const name of ['better-sqlite3', 'svelte', 'undici', '@fontsource-variable/newsreader'])
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'))
    expect(notices).not.toMatch(/^(?:playwright|vitest|electron-builder) \d/m)
  })

  describe.runIf(makesDebs)('as a deb (needs dpkg-deb)', () => {
    const tree = join(work, 'tree')
    const system = join(work, 'system')
    const saved = join(system, 'home/reader/.local/share/broadsheet/broadsheet.db')
    const deb = () => join(work, 'made', readdirSync(join(work, 'made')).find(name => name.endsWith('.deb'))!)
    const field = async (name: string) => (await run('dpkg-deb', ['--field', deb(), name])).stdout.trim()

    beforeAll(async () => {
      await run('dpkg-deb', ['--extract', deb(), tree])
      makeScratchRoot(system)
      mkdirSync(join(saved, '..'), { recursive: true })
      writeFileSync(saved, 'what was read')
    })

    test('says what it is, of which version, and which C library it needs', async () => {
      expect(await field('Package')).toBe('broadsheet')
      expect(await field('Version')).toBe(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)
      expect(await field('Depends')).toContain('libc6 (>= ')
      expect(await field('Section')).toBe('web')
    })

    test('only tells of new versions, as itself and within a Flatpak', () => {
      const resources = join(tree, 'opt/Broadsheet/resources')
      const found = {
        platform: 'linux' as const,
        isPackaged: true,
        execPath: '/opt/Broadsheet/broadsheet',
        packageType: readFileSync(join(resources, 'package-type'), 'utf8'),
        isStore: false,
        hasUninstaller: false,
      }
      const hasSource = readSource(resources, { platform: 'linux', arch: 'x64' }) !== null
      for (const env of [{}, { FLATPAK_ID: appId }])
        expect(wayOf(packageKind({ ...found, env }), hasSource, true)).toBe('tell')
    })

    test.runIf(has('lintian'))(
      'keeps the rules of Debian, but where it says why not (needs lintian)',
      async () => {
        const { stdout } = await run('lintian', [
          '--allow-root',
          '--fail-on',
          'none',
          '--tag-display-limit',
          '0',
          deb(),
        ])
        expect(stdout.split('\n').filter(line => line.startsWith('E:'))).toEqual([])
      },
      60_000,
    )

    test.runIf(has('desktop-file-validate'))(
      'brings an entry for menus that is valid (needs desktop-file-validate)',
      async () => {
        const { stdout } = await run('desktop-file-validate', [
          join(tree, 'usr/share/applications', `${appId}.desktop`),
        ])
        expect(stdout).toBe('')
      },
    )

    test.runIf(has('appstreamcli'))(
      'brings a description for software centres that fits the entry (needs appstreamcli)',
      async () => {
        const { stdout } = await run('appstreamcli', ['validate-tree', '--no-net', tree])
        expect(stdout).toContain('Validation was successful')
      },
    )

    test('opens the same files and links by its entry as it tells software centres', () => {
      const entry = readFileSync(join(tree, 'usr/share/applications', `${appId}.desktop`), 'utf8')
      const types = /^MimeType=(.+);$/m.exec(entry)![1]!.split(';')
      const metainfo = readFileSync(join(tree, 'usr/share/metainfo', `${appId}.metainfo.xml`), 'utf8')
      const told = [...metainfo.matchAll(/<mediatype>(.+)<\/mediatype>/g)].map(([, type]) => type)
      expect(types.sort()).toEqual(told.sort())
      expect(types).toEqual(
        expect.arrayContaining(['application/rss+xml', 'application/atom+xml', 'x-scheme-handler/feed']),
      )
      expect(entry).toMatch(/^Comment\[de\]=.+$/m)
      expect(entry).toMatch(/^Keywords\[de\]=.+;$/m)
    })

    test('offers on its icon the commands that the program knows', () => {
      const entry = readFileSync(join(tree, 'usr/share/applications', `${appId}.desktop`), 'utf8')
      const starts = [...entry.matchAll(/^Exec=\/opt\/Broadsheet\/broadsheet (--.+)$/gm)].map(([, given]) => given)
      expect(starts.sort()).toEqual(Object.keys(switches).sort())
      expect(entry).toMatch(/^Name\[de\]=Ungelesen$/m)
    })

    test('becomes a Flatpak by its manifest: program, entry, icons and description in their places', async () => {
      const app = join(work, 'app-of-flatpak')
      await buildOf(deb(), join(work, 'flatpak'), app)
      const entry = readFileSync(join(app, 'share/applications', `${appId}.desktop`), 'utf8')
      const { command, 'rename-icon': icon } = readManifest()
      expect(entry.match(/^Exec=\S+/gm)).toEqual(Array(4).fill(`Exec=${command}`))
      expect(entry).toContain(`\nIcon=${icon}\n`)
      expect(existsSync(join(app, `share/icons/hicolor/512x512/apps/${icon}.png`))).toBe(true)
      for (const file of [`metainfo/${appId}.metainfo.xml`, `mime/packages/${appId}.xml`])
        expect(existsSync(join(app, 'share', file))).toBe(true)
      const start = readFileSync(join(app, 'bin', command), 'utf8')
      expect(existsSync(join(app, /zypak-wrapper \/app\/(\S+)/.exec(start)![1]!))).toBe(true)
    })

    test.runIf(has('flatpak-builder'))(
      'has a manifest that flatpak-builder takes (needs flatpak-builder)',
      async () => {
        const { stdout } = await run('flatpak-builder', ['--show-manifest', manifestFile])
        expect(JSON.parse(stdout)).toMatchObject(readManifest())
        expect(stdout).not.toContain('--filesystem')
      },
    )

    test.runIf(canBeRoot)('is set up in a system, found in its menus and by its name, also after an update', () => {
      for (const _ of ['first', 'update']) {
        dpkg(system, '--install', deb())
        expect(dpkg(system, '--status', 'broadsheet')).toContain('Status: install ok installed')
        expect(readlinkSync(join(system, 'usr/bin/broadsheet'))).toBe('/etc/alternatives/broadsheet')
        expect(readlinkSync(join(system, 'etc/alternatives/broadsheet'))).toBe('/opt/Broadsheet/broadsheet')
        expect(statSync(join(system, 'opt/Broadsheet/broadsheet')).mode & 0o777).toBe(0o755)
      }
      for (const size of [16, 24, 32, 48, 64, 128, 256, 512])
        expect(existsSync(join(system, `usr/share/icons/hicolor/${size}x${size}/apps/broadsheet.png`))).toBe(true)
    })

    test.runIf(canBeRoot)('is removed and purged without a trace, and leaves what was read', () => {
      dpkg(system, '--install', deb())
      for (const step of ['--remove', '--purge']) {
        dpkg(system, step, 'broadsheet')
        expect(existsSync(join(system, 'opt/Broadsheet'))).toBe(false)
        expect(readFileSync(saved, 'utf8')).toBe('what was read')
      }
      const left = readdirSync(system, { recursive: true, encoding: 'utf8' }).filter(name => /broadsheet/i.test(name))
      expect(left.every(name => name.startsWith('home/reader/'))).toBe(true)
    })
  })
})

function partOf(name: string): string {
  return /^\/(?:out\/\w+|node_modules\/better-sqlite3\/lib)/.exec(name)?.[0] ?? name
}
