/** Whether the connection costs, asked of NetworkManager and of the portal that a Flatpak reaches: on a bus of the test's own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isConnectionMetered } from '../../src-main/electron/power/metered.ts'
import { hasBus, startBus } from './system/bus.ts'

const flatpak = { FLATPAK_ID: 'io.github.broadsheet_reader.Broadsheet' }

describe.skipIf(!hasBus)('on a real bus (needs dbus-daemon, gdbus, python3-dbus)', () => {
  let dir: string
  const running: ChildProcess[] = []

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'broadsheet-bus-'))
    const { bus, address } = await startBus(dir)
    running.push(bus)
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', address)
    vi.stubEnv('DBUS_SYSTEM_BUS_ADDRESS', address)
  })
  afterEach(() => {
    for (const child of running.splice(0)) child.kill()
    vi.unstubAllEnvs()
    rmSync(dir, { recursive: true, force: true })
  })

  async function startNetwork(): Promise<(line: string) => Promise<void>> {
    const network = spawn('/usr/bin/python3', [join(import.meta.dirname, 'system', 'network.py')])
    running.push(network)
    await once(network.stdout, 'data')
    return async line => {
      network.stdin.write(`${line}\n`)
      await once(network.stdout, 'data')
    }
  }

  test('a computer without either is not metered', async () => {
    expect(await isConnectionMetered('linux', {})).toBe(false)
    expect(await isConnectionMetered('linux', flatpak)).toBe(false)
  })

  test('NetworkManager is believed, and its guess that it is', async () => {
    const say = await startNetwork()
    await say('portal true')
    const said: boolean[] = []
    // NMMetered: unknown, yes, no, a guess of yes, a guess of no.
    for (const value of [0, 1, 2, 3, 4]) {
      await say(`manager ${value}`)
      said.push(await isConnectionMetered('linux', {}))
    }
    expect(said).toEqual([false, true, false, true, false])
  })

  test('in a Flatpak it is the portal', async () => {
    const say = await startNetwork()
    await say('manager 1')
    expect(await isConnectionMetered('linux', flatpak)).toBe(false)
    await say('portal true')
    expect(await isConnectionMetered('linux', flatpak)).toBe(true)
  })

  test.each(['win32', 'darwin'] as const)('on %s nobody is asked', async platform => {
    const say = await startNetwork()
    await say('manager 1')
    expect(await isConnectionMetered(platform, {})).toBe(false)
  })
})
