/** Whether the body of a notice is read as markup, asked of a server of notices on a bus of the test's own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isBodyMarkup } from '../../src-main/electron/notices/markup.ts'
import { hasBus, startBus } from './system/bus.ts'

describe.skipIf(!hasBus)('on a real bus (needs dbus-daemon, gdbus, python3-dbus)', () => {
  let dir: string
  const running: ChildProcess[] = []

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'broadsheet-bus-'))
    const { bus, address } = await startBus(dir)
    running.push(bus)
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', address)
  })
  afterEach(() => {
    for (const child of running.splice(0)) child.kill()
    vi.unstubAllEnvs()
    rmSync(dir, { recursive: true, force: true })
  })

  async function startServer(...capabilities: string[]): Promise<void> {
    const server = spawn('/usr/bin/python3', [join(import.meta.dirname, 'system', 'notifications.py'), ...capabilities])
    running.push(server)
    await once(server.stdout, 'data')
  }

  test.each([
    { name: 'one that reads markup', can: ['actions', 'body', 'body-markup'], isMarkup: true },
    { name: 'one that shows text as it is', can: ['actions', 'body', 'body-hyperlinks'], isMarkup: false },
    { name: 'one that can nothing', can: [], isMarkup: false },
  ])('$name: $isMarkup', async ({ can, isMarkup }) => {
    await startServer(...can)
    expect(await isBodyMarkup('linux')).toBe(isMarkup)
  })

  test('one that does not answer may read it', async () => {
    expect(await isBodyMarkup('linux')).toBe(true)
  })

  test.each(['win32', 'darwin'] as const)('on %s nothing is read as markup, whatever is on a bus', async platform => {
    await startServer('body-markup')
    expect(await isBodyMarkup(platform)).toBe(false)
  })
})
