/** On battery the program asks less often, and says so. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { type Desktop, openDesktop } from './desktop.ts'
import { restoreEnvironment } from './system/environment.ts'
import { panelEnvironment, setMetered } from './system/panel.ts'

restoreEnvironment()

let desktop: Desktop
test.afterEach(() => desktop?.remove())

test('a computer that is unplugged asks half as often, also when its engine has been started anew, until it is plugged in', async () => {
  desktop = await openDesktop()
  test.skip(desktop.kind === 'electron', 'a real computer is not unplugged by a test')
  const { page } = desktop
  const panel = page.getByRole('tabpanel')
  await desktop.ask('clickMenu', 'settings')
  await page.getByRole('tab', { name: 'Desktop' }).click()
  await expect(panel).toContainText('Half as often on battery')
  await desktop.ask('unplug')
  await expect(panel).toContainText('On battery now')

  const saving = panel.getByRole('switch', { name: 'Ask feeds less often to save power' })
  const pids = async () => (await desktop.ask('enginePids')) as number[]
  const [before] = await pids()
  await desktop.ask('crashEngine')
  await expect.poll(async () => (await pids()).filter(pid => pid !== before)).toHaveLength(1)
  // A change that was on its way as the engine died is refused, and the switch goes back.
  await expect(async () => {
    await saving.uncheck()
    await expect(panel).not.toContainText('On battery now', { timeout: 2_000 })
  }).toPass()
  await saving.check()
  await expect(panel).toContainText('On battery now')
  await desktop.ask('plugIn')
  await expect(panel).toContainText('Half as often on battery')
})

for (const flatpak of [{}, { FLATPAK_ID: 'io.github.broadsheet_reader.Broadsheet' }]) {
  const where = 'FLATPAK_ID' in flatpak ? ', in a Flatpak, too' : ''
  test(`a connection that costs is asked over a quarter as often, found out at the start and after sleep${where}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'broadsheet-panel-'))
    Object.assign(process.env, panelEnvironment(folder), flatpak)
    setMetered(folder, true)
    desktop = await openDesktop()
    test.skip(desktop.kind === 'electron', 'a real computer is not put to sleep by a test')
    const { page } = desktop
    await desktop.ask('clickMenu', 'settings')
    await page.getByRole('tab', { name: 'Desktop' }).click()
    const panel = page.getByRole('tabpanel')
    await expect(panel).toContainText('The connection costs by what is loaded')
    setMetered(folder, false)
    await desktop.ask('suspend')
    await desktop.ask('resume')
    await expect(panel).toContainText('Half as often on battery')
    rmSync(folder, { recursive: true, force: true })
  })
}
