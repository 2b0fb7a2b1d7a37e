/** A feed's details say when it is asked next, and what makes that later. */
import { expect, test } from '../support/e2e.ts'

test.use({ followed: ['/rss.xml'] })

/** Stands in for the battery that a browser tells a page of. */
const battery = `
  const battery = Object.assign(new EventTarget(), { charging: true })
  navigator.getBattery = async () => battery
  window.plug = charging => {
    battery.charging = charging
    battery.dispatchEvent(new Event('chargingchange'))
  }
`

test('on battery and paused: the time is that one, and the reason is said', async ({ reader }) => {
  const { page } = reader
  await page.addInitScript({ content: battery })
  await page.reload()
  await reader.choose('Harbour Gazette', /Feed details/)
  const health = page.getByRole('dialog', { name: 'Feed health' })
  const next = health.locator('dt', { hasText: 'Next time' }).locator('xpath=following-sibling::dd[1]')
  await expect(next).toContainText(':')
  const plugged = ((await next.textContent()) ?? '').trim()
  expect(plugged).not.toContain('Asked')

  await page.evaluate('plug(false)')
  await expect(next).toContainText('Asked half as often on battery.')
  await expect(next).not.toContainText(plugged)
  await page.evaluate('plug(true)')
  await expect(next).toHaveText(plugged)

  await page.keyboard.press('Escape')
  await page.keyboard.press(',')
  await page.getByRole('tab', { name: 'Desktop' }).click()
  await page.getByRole('button', { name: 'Pause until tomorrow' }).click()
  await page.keyboard.press('Escape')
  await reader.choose('Harbour Gazette', /Feed details/)
  await expect(next).toContainText('7:00')
  await expect(next).toContainText('You have paused all feeds until then.')
})
