/** The icon in the tray: asked of a real session bus, kept where it can be seen; and the entry that starts the program at login. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { hasEntry, removeEntry, writeEntry } from '../../src-main/electron/tray/autostart-entry.ts'
import { statusNotifiers } from '../../src-main/electron/tray/status-notifiers.ts'
import { trayMenu } from '../../src-main/electron/tray/tray-menu.ts'
import { TrayPlace } from '../../src-main/electron/tray/tray-place.ts'
import { canRun, hasBus, startBus } from './system/bus.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'broadsheet-tray-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

describe.skipIf(!hasBus)('on a real session bus (needs dbus-daemon, gdbus, python3-dbus)', () => {
  const running: ChildProcess[] = []
  afterEach(() => {
    for (const child of running.splice(0)) child.kill()
    vi.unstubAllEnvs()
  })

  test('no watcher, one without a panel, and one with items', async () => {
    const { bus, address } = await startBus(dir)
    running.push(bus)
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', address)
    expect([await statusNotifiers.hasHost(), await statusNotifiers.items()]).toEqual([false, []])
    const watcher = spawn('/usr/bin/python3', [join(import.meta.dirname, 'system', 'watcher.py')])
    running.push(watcher)
    const say = async (line: string) => {
      watcher.stdin.write(`${line}\n`)
      await once(watcher.stdout, 'data')
    }
    await once(watcher.stdout, 'data')
    expect([await statusNotifiers.hasHost(), await statusNotifiers.items()]).toEqual([false, []])
    await say('host')
    await say("item :1.5/org/ayatana/NotificationItem/it's")
    await say('item org.kde.StatusNotifierItem-7-1')
    expect(await statusNotifiers.hasHost()).toBe(true)
    expect(await statusNotifiers.items()).toEqual([
      ":1.5/org/ayatana/NotificationItem/it's",
      'org.kde.StatusNotifierItem-7-1',
    ])
  })
})

describe('the place of the icon', () => {
  const made = { destroy: vi.fn() }
  const place = (items: () => string[]) =>
    new TrayPlace(() => made as never, { hasHost: async () => true, items: async () => items() })

  test('it is there once the panel has an item more', async () => {
    let asked = 0
    expect(await place(() => (++asked > 2 ? ['other', 'ours'] : ['other'])).show()).toBe(true)
  })

  test('a panel that never takes it has no icon of ours that nobody sees', async () => {
    made.destroy.mockClear()
    const at = place(() => ['other'])
    expect(await at.showWithin(1, 1, () => true)).toBe(false)
    expect([at.tray, made.destroy.mock.calls.length]).toEqual([null, 1])
  })

  test('an icon that could not be made once is tried again', async () => {
    let tries = 0
    const make = () => {
      if (++tries === 1) throw new Error('no bus')
      return made as never
    }
    const at = new TrayPlace(make, 'always')
    expect([await at.show(), await at.show()]).toEqual([false, true])
  })

  test('it comes back under the name that it had, listed all the time', async () => {
    let asked = 0
    const at = place(() => (++asked > 1 ? ['ours'] : []))
    expect(await at.show()).toBe(true)
    at.remove()
    expect(await at.show()).toBe(true)
  })

  test('one that comes up later is found, for as long as the icon is wanted', async () => {
    let asked = 0
    let isMade = false
    const make = () => {
      isMade = true
      return made as never
    }
    const late = new TrayPlace(make, {
      hasHost: async () => ++asked > 2,
      items: async () => (isMade ? ['ours'] : []),
    })
    expect(await late.showWithin(60_000, 1, () => true)).toBe(true)
    late.remove()
    expect(await late.showWithin(60_000, 1, () => false)).toBe(false)
    expect(late.tray).toBeNull()
  })
})

test('the menu says what is unread, and makes no letter of a title a key', () => {
  const labels = (state: Parameters<typeof trayMenu>[0]) =>
    trayMenu(state, {} as never).map(({ label }) => label ?? '-')
  const articles = [
    { id: 1, title: 'Fish & chips', source: 'R&D' },
    { id: 2, title: 'A word '.repeat(30).trim(), source: '' },
  ]
  const shown = labels({ unread: 1_200, articles, pausedUntil: null })
  expect(shown.slice(2, 5)).toEqual(['1,200 unread', 'Fish && chips (R&&D)', expect.stringMatching(/…$/)])
  expect(shown[4]!.length).toBeLessThanOrEqual(60)
  expect(shown).toContain('Pause Polling until Tomorrow')
  const paused = labels({ unread: 0, articles: [], pausedUntil: Date.now() })
  expect(paused).toEqual(
    expect.arrayContaining(['Nothing unread', expect.stringMatching(/^Polling paused until/), 'Resume Polling']),
  )
})

describe('the entry for logins', () => {
  const file = () => join(dir, 'deep', 'autostart', 'broadsheet.desktop')

  test('is written, seen, and removed; a desktop that has turned it off is believed', () => {
    expect(hasEntry(file())).toBe(false)
    writeEntry(file(), ['/opt/Broadsheet/broadsheet', '--hidden'])
    expect(hasEntry(file())).toBe(true)
    const text = readFileSync(file(), 'utf8')
    for (const line of ['Hidden=true', 'X-GNOME-Autostart-enabled=false']) {
      writeFileSync(file(), `${text}${line}\n`)
      expect(hasEntry(file())).toBe(false)
    }
    removeEntry(file())
    removeEntry(file())
    expect(hasEntry(file())).toBe(false)
  })

  test.skipIf(!canRun('gio', 'version'))(
    'starts the program with just these arguments, whatever is in them',
    async () => {
      const told = join(dir, 'told')
      const program = join(dir, 'a "strange" $name `x` \\y')
      writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > "$TOLD.part" && mv "$TOLD.part" "$TOLD"\n`, {
        mode: 0o755,
      })
      writeEntry(file(), [program, '--hidden', '--data', '/home/me/50% "new" $HOME'])
      const { stderr } = spawnSync('gio', ['launch', file()], { env: { ...process.env, TOLD: told } })
      expect(String(stderr)).toBe('')
      await vi.waitFor(() => readFileSync(told))
      expect(readFileSync(told, 'utf8').split('\n')).toEqual(['--hidden', '--data', '/home/me/50% "new" $HOME', ''])
    },
  )
})
