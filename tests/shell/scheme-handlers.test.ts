import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { electronHandlers, xdgHandlers } from '../../src-main/electron/links/scheme-handlers.ts'

const isThere = (() => {
  try {
    execFileSync('xdg-mime', ['--version'])
    return true
  } catch {
    return false
  }
})()

const id = 'io.github.broadsheet_reader.Broadsheet'
const before = { ...process.env }
let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'broadsheet-xdg-'))
  const config = join(home, '.config')
  const share = join(home, '.local', 'share')
  mkdirSync(join(share, 'applications'), { recursive: true })
  mkdirSync(config)
  const types = 'x-scheme-handler/feed;x-scheme-handler/feeds;x-scheme-handler/broadsheet;'
  for (const name of [id, 'other'])
    writeFileSync(
      join(share, 'applications', `${name}.desktop`),
      `[Desktop Entry]\nType=Application\nName=${name}\nExec=/bin/${name === 'other' ? 'false' : 'true'} %U\nMimeType=${types}\n`,
    )
  Object.assign(process.env, { HOME: home, XDG_CONFIG_HOME: config, XDG_DATA_HOME: share, XDG_DATA_DIRS: share })
})
afterEach(() => {
  process.env = { ...before }
  rmSync(home, { recursive: true })
})

test.skipIf(!isThere).each(['GNOME', 'KDE', 'X-Generic'])(
  'on Linux, %s, links are ours when the system was asked, and nothing else becomes ours',
  async desktop => {
    // KDE's own tools would be asked where they are.
    Object.assign(process.env, { XDG_CURRENT_DESKTOP: desktop, KDE_SESSION_VERSION: '6' })
    const list = join(home, '.config', 'mimeapps.list')
    writeFileSync(list, '[Default Applications]\ntext/html=browser.desktop\nx-scheme-handler/feed=other.desktop\n')
    const handlers = xdgHandlers(`${id}.desktop`)
    expect(await handlers.areOurs()).toBe(false)
    await handlers.take()
    expect(await handlers.areOurs()).toBe(true)
    expect(readFileSync(list, 'utf8').split('\n').filter(Boolean).toSorted()).toEqual([
      '[Default Applications]',
      'text/html=browser.desktop',
      `x-scheme-handler/broadsheet=${id}.desktop`,
      `x-scheme-handler/feed=${id}.desktop`,
      `x-scheme-handler/feeds=${id}.desktop`,
    ])
  },
)

test('on Linux without xdg-mime nothing is ours, and nothing breaks', async () => {
  process.env.PATH = home
  const handlers = xdgHandlers(`${id}.desktop`)
  await handlers.take()
  expect(await handlers.areOurs()).toBe(false)
})

test('elsewhere Electron is asked, with what starts a program that is not packaged', () => {
  const asked: unknown[][] = []
  const note =
    (name: string) =>
    (...args: unknown[]) =>
      asked.push([name, ...args]) > 0
  const app = {
    isDefaultProtocolClient: note('is'),
    setAsDefaultProtocolClient: note('set'),
    removeAsDefaultProtocolClient: note('remove'),
  }
  const handlers = electronHandlers(app, 'C:\\electron.exe', ['C:\\here'])
  expect(handlers.areOurs()).toBe(true)
  void handlers.take()
  handlers.leave()
  const program = ['C:\\electron.exe', ['C:\\here']]
  expect(asked).toEqual([
    ['is', 'feed', ...program],
    ...['feed', 'feeds', 'broadsheet'].map(scheme => ['set', scheme, ...program]),
    ...['feed', 'feeds', 'broadsheet'].map(scheme => ['remove', scheme, ...program]),
  ])
})
