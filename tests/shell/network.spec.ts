/** The window's Chromium asks nobody for anything: the engine has an HTTP client of its own. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { type Desktop, openDesktop } from './desktop.ts'

let desktop: Desktop
test.afterEach(() => desktop?.remove())

test('before there is a window, every session is told to check no spelling, and Chromium that no name exists', async () => {
  desktop = await openDesktop()
  const { spelling, dictionaries, resolverRules } = await desktop.facts()
  expect(spelling.length).toBeGreaterThanOrEqual(2)
  for (const session of spelling) expect(session).toEqual({ languages: [], isEnabled: false })
  expect(dictionaries).toEqual([])
  expect(resolverRules).toBe('MAP * ~NOTFOUND')
})

test('a start and a word typed leave no address in Chromium’s own log, at the second start neither', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-net-log-'))
  try {
    desktop = await openDesktop()
    test.skip(desktop.kind === 'stand-in', 'the stand-in’s Chromium is started by the tests')
    await desktop.quit()
    for (const start of ['first', 'second']) {
      const log = join(folder, `${start}.json`)
      desktop = await openDesktop([`--log-net-log=${log}`], desktop.dataDir)
      await desktop.page.getByRole('textbox', { name: 'Address' }).pressSequentially('misspeled ')
      // Names are looked up for nobody, so what goes past our handlers ends here.
      expect(await desktop.ask('resolve', '127.0.0.1')).toMatch(/NAME_NOT_RESOLVED/)
      await desktop.quit()
      expect(addressesIn(readFileSync(log, 'utf8')), start).toEqual([])
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Whatever was asked for, or would have been connected to, but for our own scheme. */
function addressesIn(log: string): string[] {
  const asked = [...log.matchAll(/"(?:url|host|group_id|original_url|location)":"([^"]+)"/g)].map(match => match[1]!)
  return [...new Set(asked.filter(address => !address.startsWith('app://broadsheet')))]
}
