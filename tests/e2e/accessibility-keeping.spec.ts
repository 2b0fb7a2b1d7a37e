/** axe on every screen about how things are kept, light and dark, narrow and wide, reached by keyboard alone. */
import type { Page } from 'playwright/test'
import { answerInstead } from '../support/answers.ts'
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'
import { allWell, aRecovery, someBackups, someDiskUsage } from '../support/storage-samples.ts'

const sizes = [
  { width: 900, height: 700 },
  { width: 1600, height: 900 },
]
const failure = { reason: 'no-folder', detail: '/media/ada/usb: ENOENT' } as const

for (const size of sizes)
  test(`settings and notices pass, ${size.width} px wide`, async ({ page, app, feeds, complaints }) => {
    test.setTimeout(300_000)
    await page.setViewportSize(size)
    const engine = await answerInstead(page, {
      backups: () => someBackups(Date.now()),
      diskUsage: () => someDiskUsage([{ feedId: 1, title: 'Harbour Gazette' }]),
      previewRetention: ({ retention }) => ({ wouldDelete: retention.days === null ? 0 : 1_234 }),
      backUpNow: () => ({ kind: 'failed', failure }),
    })
    await page.goto(app.url())
    await page.getByRole('textbox', { name: 'Address' }).fill(`${feeds.url}/rss.xml`)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 2, name: 'Harbour Gazette' })).toBeVisible()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0)

    const notices = {
      'a full disk': { ...allWell, storage: 'full' as const },
      'safe mode': { ...allWell, isSafeMode: true, recovery: aRecovery },
      'a recovery': { ...allWell, recovery: aRecovery },
      'failing backups': { ...allWell, backupFailure: failure },
    }
    for (const [name, health] of Object.entries(notices)) {
      engine.announce('health-changed', { health })
      await expect(page.getByRole('region', { name: 'Notice' })).not.toBeEmpty()
      await checkPage(page, name)
    }
    engine.announce('health-changed', { health: allWell })

    await page.keyboard.press(',')
    for (const name of [
      'Appearance',
      'Reading',
      'Newsletters',
      'Digest',
      'Sharing',
      'Desktop',
      'Keeping',
      'Storage',
      'Backups',
      'Import and export',
      'About',
    ]) {
      const tab = page.getByRole('tab', { name })
      await expect(tab).toBeFocused()
      await expect(tab).toHaveAttribute('aria-selected', 'true')
      await expect(page.getByText(/Measuring|Looking for backups/)).toHaveCount(0)
      await checkPage(page, name)
      await page.keyboard.press('ArrowDown')
    }

    await toSection(page, 'Keeping')
    await tabTo(page, /^Age: For/)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('30')
    await expect(page.getByText('Would delete 1,234 articles now.')).toBeVisible()
    await tabTo(page, /^Each feed/)
    await page.keyboard.type('x')
    await expect(page.getByText('A whole number from')).toBeVisible()
    await checkPage(page, 'a number that is none')
    await page.keyboard.press('Backspace')
    await page.keyboard.type('500')
    await tabTo(page, 'Delete unread articles, too')
    await page.keyboard.press('Space')
    await expect(page.getByText('There is no way to bring them back')).toBeVisible()
    await expect(page.getByText('Would delete 1,234 articles now.')).toBeVisible()
    await checkPage(page, 'a rule that would delete something')
    await tabTo(page, 'Leave it as it was')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Would delete')).toHaveCount(0)

    await toSection(page, 'Backups')
    await tabTo(page, 'Back up now')
    await page.keyboard.press('Enter')
    await expect(page.getByText('ENOENT')).toBeVisible()
    await checkPage(page, 'a backup that failed')
    await tabTo(page, /^Go back to the backup of/)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: 'Go back to a backup?' })).toBeVisible()
    await checkPage(page, 'going back')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('tabpanel', { name: 'Backups' })).toBeVisible()

    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await page.getByRole('treeitem', { name: /^Harbour Gazette/ }).press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Keep articles…' }).press('Enter')
    await expect(page.getByRole('dialog', { name: 'Keep articles of Harbour Gazette' })).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await expect(page.getByText('Applied.')).toBeVisible()
    await checkPage(page, 'a rule of a feed')
    expect(complaints).toEqual([])
  })

/** From a section's tab to another by arrow keys. */
async function toSection(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { selected: true }).focus()
  const tab = page.getByRole('tab', { name })
  await expect(async () => {
    await page.keyboard.press('ArrowDown')
    await expect(tab).toBeFocused({ timeout: 100 })
  }).toPass()
}

/** Presses Tab until that has the focus. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const wanted = page
    .getByRole('button', { name })
    .or(page.getByRole('textbox', { name }))
    .or(page.getByRole('switch', { name }))
    .first()
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(wanted).toBeFocused({ timeout: 100 })
  }).toPass()
}
