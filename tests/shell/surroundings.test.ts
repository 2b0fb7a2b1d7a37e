import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { menuTemplate } from '../../src-main/electron/menu/menu-template.ts'
import { fitted, readWindowState, writeWindowState } from '../../src-main/electron/window/window-state.ts'
import { cacheFolder, dataFolder, type System } from '../../src-main/host/data-folders.ts'
import { readRunningNote, removeRunningNote, writeRunningNote } from '../../src-main/host/running-note.ts'
import { unusableText } from '../../src-main/host/startup-errors.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'broadsheet-around-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('folders', () => {
  const linux: System = { platform: 'linux', home: '/home/a', env: {} }
  test.each<[string, System, string, string]>([
    ['Linux', linux, '/home/a/.local/share/broadsheet', '/home/a/.cache/broadsheet'],
    [
      'Linux with XDG',
      { ...linux, env: { XDG_DATA_HOME: '/d', XDG_CACHE_HOME: '/c' } },
      '/d/broadsheet',
      '/c/broadsheet',
    ],
    [
      'Linux with a relative XDG, which is to be ignored',
      { ...linux, env: { XDG_DATA_HOME: 'd', XDG_CACHE_HOME: '' } },
      '/home/a/.local/share/broadsheet',
      '/home/a/.cache/broadsheet',
    ],
    [
      'macOS',
      { platform: 'darwin', home: '/Users/a', env: {} },
      '/Users/a/Library/Application Support/Broadsheet',
      '/Users/a/Library/Caches/Broadsheet',
    ],
    [
      'Windows',
      { platform: 'win32', home: 'C:\\Users\\a', env: { APPDATA: 'C:\\R', LOCALAPPDATA: 'C:\\L' } },
      'C:\\R\\Broadsheet',
      'C:\\L\\Broadsheet\\Cache',
    ],
    [
      'Windows without variables',
      { platform: 'win32', home: 'C:\\Users\\a', env: {} },
      'C:\\Users\\a\\AppData\\Roaming\\Broadsheet',
      'C:\\Users\\a\\AppData\\Local\\Broadsheet\\Cache',
    ],
  ])('on %s', (_name, system, data, cache) => {
    expect([dataFolder(system), cacheFolder(system)]).toEqual([data, cache])
  })
})

describe('the window', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }]
  const look = { zoom: 0, theme: 'system' as const, panes: null }
  const panes = { panes: { sourcesWidth: 300, headlinesWidth: 420.5, isSourcesHidden: true } }
  const usual = { width: 1280, height: 860, isMaximized: false, ...look }

  test('comes back where it was', () => {
    const file = path.join(folder, 'window.json')
    const state = {
      x: 40,
      y: 50,
      width: 1000,
      height: 700,
      isMaximized: true,
      zoom: 1.5,
      theme: 'sepia' as const,
      ...panes,
    }
    writeWindowState(file, state)
    expect(readWindowState(file, screens)).toEqual(state)
  })

  test.each([
    ['beyond the right', { x: 2_500, y: 50 }],
    ['above the top', { x: 40, y: -100 }],
    ['below the bottom', { x: 40, y: 1_070 }],
    ['all but a sliver to the left', { x: -950, y: 50 }],
  ])('that was %s of a screen goes where the system puts it', (_name, place) => {
    expect(fitted({ ...place, width: 1_000, height: 700, isMaximized: false }, screens)).toEqual({
      width: 1_000,
      height: 700,
      isMaximized: false,
      ...look,
    })
  })

  test.each([
    null,
    7,
    [],
    {},
    { width: '1000', height: 700, isMaximized: false },
    { width: Number.NaN, height: 1, isMaximized: true },
  ])('is of the usual size when its file says %j', stored => {
    expect(fitted(stored, screens)).toEqual(usual)
  })

  test('is of the usual size when its file is broken or absent', () => {
    const file = path.join(folder, 'broken.json')
    writeFileSync(file, '{"width":')
    expect(readWindowState(file, screens)).toEqual(usual)
    expect(readWindowState(path.join(folder, 'none.json'), screens)).toEqual(usual)
  })

  test('is never too small to use, and never larger than the screens that are left', () => {
    expect(fitted({ width: 5, height: 5, isMaximized: false }, screens)).toMatchObject({ width: 420, height: 400 })
    const large = { x: 0, y: 0, width: 3_840, height: 2_160, isMaximized: false }
    expect(fitted(large, screens)).toMatchObject({ width: 1_920, height: 1_080 })
  })

  test('keeps its place and size when its file is of an earlier version, without zoom, theme and panes', () => {
    const stored = { x: 40, y: 50, width: 1_000, height: 700, isMaximized: true }
    expect(fitted(stored, screens)).toEqual({ ...stored, ...look })
  })

  test.each([
    ['a zoom that no eye can read', { zoom: -7 }, { zoom: -4 }],
    ['a zoom beyond every menu', { zoom: 9 }, { zoom: 6 }],
    ['a zoom that is none', { zoom: '1' }, { zoom: 0 }],
    ['a zoom a hair off, as Chromium gives it', { zoom: 0.49999999999 }, { zoom: 0.5 }],
    ['a theme that is none', { theme: 'javascript:' }, { theme: 'system' }],
    ['a theme of ours', { theme: 'dark' }, { theme: 'dark' }],
    ['panes as they were left', panes, panes],
    ['panes of no width', { panes: { ...panes.panes, sourcesWidth: '300" onload="' } }, { panes: null }],
    ['half of the panes', { panes: { sourcesWidth: 300 } }, { panes: null }],
  ])('reads %s as what can be shown', (_name, stored, read) => {
    expect(fitted({ ...usual, ...stored }, screens)).toMatchObject(read)
  })
})

describe('the note of a running Broadsheet', () => {
  const url = `http://127.0.0.1:5000/#token=${'0'.repeat(64)}`

  test('is for its owner only, and leads to it', () => {
    writeRunningNote(folder, { pid: 7, host: 'web', url })
    expect(readRunningNote(folder)).toEqual({ pid: 7, host: 'web', url })
    if (process.platform !== 'win32') expect(statSync(path.join(folder, 'running.json')).mode & 0o777).toBe(0o600)
    removeRunningNote(folder)
    expect(readRunningNote(folder)).toBeNull()
  })

  test('is left out where it can not be written, which keeps nobody from starting', () => {
    const nowhere = path.join(folder, 'not-there')
    writeRunningNote(nowhere, { pid: 7, host: 'web', url })
    expect(readRunningNote(nowhere)).toBeNull()
  })

  test.each(['http://evil.test/', 'javascript:alert(1)', `http://127.0.0.1:5000@evil.test/#token=${'0'.repeat(64)}`])(
    'never leads to %s',
    wrong => {
      writeRunningNote(folder, { pid: 7, host: 'web', url: wrong })
      expect(readRunningNote(folder)).toBeNull()
    },
  )
})

test('every reason why the folder cannot be used has words and names the folder', () => {
  const codes = [
    'in-use',
    'storage-damaged',
    'storage-foreign',
    'unsafe-folder',
    'foreign-file',
    'hard-link',
    'storage-read-only',
    'storage-full',
    'storage-newer',
    'internal',
  ]
  const texts = codes.map(code => unusableText(code, '', '/data'))
  expect(new Set(texts).size).toBe(codes.length)
  for (const text of texts) expect(text).toContain('/data')
})

describe('the menu', () => {
  const idle = { send: () => undefined, reload: () => undefined, openArticle: () => undefined }
  const labels = (platform: NodeJS.Platform) => menuTemplate(platform, true, idle).map(menu => menu.role ?? menu.label)

  test('has the system’s own first menu on macOS only', () => {
    expect(labels('darwin')).toEqual(['appMenu', '&File', '&Edit', '&View', '&Go', '&Article', 'windowMenu', 'help'])
    expect(labels('linux')).toEqual(['&File', '&Edit', '&View', '&Go', '&Article', 'windowMenu', 'help'])
  })

  test('shows single keys without taking them from the page', () => {
    const items = menuTemplate('linux', true, idle).flatMap(
      menu => menu.submenu as Electron.MenuItemConstructorOptions[],
    )
    const single = items.filter(item => item?.accelerator && !/Ctrl|F\d/.test(String(item.accelerator)))
    expect(single.length).toBeGreaterThan(5)
    expect(single.every(item => item.registerAccelerator === false)).toBe(true)
  })

  test('leaves the key of Undo to the page, where the page gets it', () => {
    const undo = (platform: NodeJS.Platform) =>
      menuTemplate(platform, true, idle)
        .flatMap(menu => menu.submenu as Electron.MenuItemConstructorOptions[])
        .filter(item => item?.label === 'Undo' || item?.role === 'undo')
        .map(({ id, registerAccelerator = true }) => ({ id, registerAccelerator }))
    expect(undo('linux')).toEqual([{ id: 'undo', registerAccelerator: false }])
    expect(undo('darwin')).toEqual([{ id: 'undo', registerAccelerator: true }])
  })

  test('has developer tools only where it is not packaged', () => {
    const text = (isPackaged: boolean) => JSON.stringify(menuTemplate('linux', isPackaged, idle))
    expect([text(true).includes('toggleDevTools'), text(false).includes('toggleDevTools')]).toEqual([false, true])
  })
})

test('the fuses are those the packager is to burn', () => {
  const text = readFileSync(new URL('../../scripts/fuses.mjs', import.meta.url), 'utf8')
  expect(text).toMatch(/RunAsNode: false/)
  expect(text).toMatch(/OnlyLoadAppFromAsar: true/)
})
