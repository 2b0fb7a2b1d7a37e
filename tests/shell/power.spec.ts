/** On battery the program asks less often, and says so. */
import { expect, test } from 'playwright/test'
import { type Desktop, openDesktop } from './desktop.ts'

let desktop: Desktop
test.afterEach(() => desktop?.remove())

test('a computer that is unplugged asks half as often, unless the user wants no power to be saved, until it is plugged in', async () => {
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
  await saving.uncheck()
  await expect(panel).not.toContainText('On battery now')
  await saving.check()
  await expect(panel).toContainText('On battery now')
  await desktop.ask('plugIn')
  await expect(panel).toContainText('Half as often on battery')
})
