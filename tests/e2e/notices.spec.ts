/** What is said above everything: a full disk, a read-only folder, a recovery, safe mode, backups that fail. */
import { answerInstead } from '../support/answers.ts'
import { expect, test } from '../support/e2e.ts'
import { allWell, aRecovery } from '../support/storage-samples.ts'

const failing = { reason: 'no-folder', detail: '' } as const

test('each is said in words, one at a time, and reached by keyboard', async ({ page, app, feeds, complaints }) => {
  const asked: string[] = []
  const engine = await answerInstead(page, {
    health: () => ({ ...allWell, isSafeMode: true, recovery: aRecovery, backupFailure: failing }),
    dismissRecovery: () => {
      asked.push('dismissRecovery')
      engine.announce('health-changed', { health: { ...allWell, backupFailure: failing } })
      return {}
    },
    leaveSafeMode: () => {
      asked.push('leaveSafeMode')
      engine.announce('health-changed', { health: { ...allWell, recovery: aRecovery, backupFailure: failing } })
      return {}
    },
  })
  await page.goto(app.url())
  // On the first page, too: nothing is followed yet.
  const notice = page.getByRole('region', { name: 'Notice' })
  await expect(notice).toContainText('Broadsheet ended unexpectedly')
  await page.getByRole('textbox', { name: 'Address' }).fill(`${feeds.url}/rss.xml`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'Harbour Gazette' })).toBeVisible()

  await notice.getByRole('button', { name: 'Next notice (1 of 3)' }).press('Enter')
  await expect(notice).toContainText('Kept: 128 feeds, 48,210 articles, 312 of them saved.')
  await notice.getByRole('button', { name: 'Next notice (2 of 3)' }).press('Enter')
  await expect(notice).toContainText('There has been no backup for some days.')
  await notice.getByRole('button', { name: 'Next notice (3 of 3)' }).press('Enter')

  await notice.getByRole('button', { name: 'Start normally' }).press('Enter')
  await expect(notice).toContainText('The damaged file was kept at')
  await notice.getByRole('button', { name: 'Understood' }).press('Enter')
  await expect(notice).toContainText('Connect the drive it is on')
  expect(asked).toEqual(['leaveSafeMode', 'dismissRecovery'])

  await notice.getByRole('button', { name: 'Show backups' }).press('Enter')
  await expect(page.getByRole('tabpanel', { name: 'Backups' })).toBeVisible()
  await page.keyboard.press('Escape')
  await notice.getByRole('button', { name: 'Dismiss for now' }).press('Enter')
  await expect(notice).toBeEmpty()

  engine.announce('health-changed', { health: { ...allWell, storage: 'full' } })
  await expect(notice.getByRole('alert')).toContainText('The disk is full. Reading works')
  engine.announce('health-changed', { health: { ...allWell, storage: 'read-only' } })
  await expect(notice.getByRole('alert')).toContainText('The data folder cannot be written to.')
  engine.announce('health-changed', { health: allWell })
  await expect(notice.getByRole('alert')).toBeEmpty()
  expect(complaints).toEqual([])
})

test('a backup that fails says what happened and what to do', async ({ page, app, feeds }) => {
  const reasons = {
    'no-space': 'There is not enough room',
    'no-folder': 'The folder for backups is not there',
    'not-writable': 'may not be written to',
    'not-a-backup': 'is no backup of Broadsheet',
    damaged: 'is damaged and cannot be trusted',
    newer: 'made by a newer Broadsheet',
    'in-use': 'Another program is working on the same data folder',
    failed: 'The backup could not be made',
  } as const
  const engine = await answerInstead(page, {})
  await page.goto(app.url())
  await page.getByRole('textbox', { name: 'Address' }).fill(`${feeds.url}/rss.xml`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'Harbour Gazette' })).toBeVisible()
  await page.keyboard.press(',')
  await page.getByRole('tab', { name: 'Backups' }).click()
  for (const [reason, words] of Object.entries(reasons)) {
    const failure = { reason: reason as keyof typeof reasons, detail: 'SQLITE_IOERR' }
    engine.answers.backUpNow = () => ({ kind: 'failed', failure })
    await page.getByRole('button', { name: 'Back up now' }).click()
    await expect(page.getByRole('tabpanel')).toContainText(words)
  }
})
