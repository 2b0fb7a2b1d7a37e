/** Who writes to the mailboxes: which newsletters are new, kept and left out, and how that is decided. */
import type { Locator, Page } from 'playwright/test'
import { checkPage } from '../support/axe.ts'
import type { Broadsheet } from '../support/broadsheet.ts'
import { expect, reopen, test } from '../support/e2e.ts'
import { writeMailbox, writeSenders } from '../support/senders.ts'
import type { ReaderWindow } from '../support/window.ts'

test.use({ followed: ['/rss.xml'] })

/** Two newsletters and a person have written; the window is opened anew. */
async function withMail(reader: ReaderWindow, app: Broadsheet): Promise<void> {
  writeSenders(app.dataDir, [
    { key: 'list:weekly', name: 'Harbour Weekly', subject: 'The ferry runs again' },
    { key: 'list:daily', name: 'Quay Daily', subject: 'Fog' },
    { key: 'from:eve@quay.example', name: 'Eve', address: 'eve@quay.example', isNewsletter: false },
  ])
  await reopen(reader, app)
  await reader.expectOpen('Harbour Gazette')
}

const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Newsletters' })
const row = (page: Page, name: string): Locator => dialogOf(page).getByRole('listitem').filter({ hasText: name })
const group = (page: Page, name: RegExp): Locator => dialogOf(page).getByText(name)

test('what is new is said among the sources until it is decided, and becomes sources of a folder of its own', async ({
  page,
  app,
  reader,
}) => {
  await expect(reader.sources.getByRole('button', { name: /New newsletters/ })).toBeHidden()
  await withMail(reader, app)
  await reader.sources.getByRole('button', { name: 'New newsletters 2' }).click()
  await expect(row(page, 'Harbour Weekly')).toContainText('The ferry runs again')
  await row(page, 'Quay Daily').getByRole('button', { name: 'Leave out Quay Daily' }).click()
  await expect(row(page, 'Quay Daily')).toHaveCount(0)
  await dialogOf(page).getByRole('button', { name: 'Keep all' }).click()
  await expect(dialogOf(page).getByText('No new newsletters.')).toBeVisible()
  await expect(group(page, /Kept \(1\)/)).toBeVisible()
  await dialogOf(page).getByRole('button', { name: 'Done' }).click()
  await expect(reader.sources.getByRole('button', { name: /New newsletters/ })).toBeHidden()
  await expect(reader.source('Newsletters')).toHaveAttribute('aria-expanded', 'true')
  await expect(reader.source('Harbour Weekly')).toHaveAttribute('aria-level', '2')

  await reader.undo()
  await expect(reader.source('Newsletters')).toHaveCount(0)
  await expect(reader.sources.getByRole('button', { name: 'New newsletters 1' })).toBeVisible()
})

test('a person who writes is no source unless the reader says so; what was kept can be left out again', async ({
  page,
  app,
  reader,
}) => {
  await withMail(reader, app)
  await page.keyboard.press('g')
  await page.keyboard.press('n')
  await group(page, /Other senders \(1\)/).click()
  await dialogOf(page).getByLabel('Folder for what you keep').selectOption({ label: 'No folder' })
  await row(page, 'Eve').getByRole('button', { name: 'Keep Eve, too' }).click()
  await expect(reader.source('Eve')).toHaveAttribute('aria-level', '1')

  await group(page, /Kept \(1\)/).click()
  await row(page, 'Eve').getByRole('button', { name: 'Leave out Eve' }).click()
  await expect(reader.source('Eve')).toHaveCount(0)
  await expect(group(page, /Left out \(1\)/)).toBeVisible()
  await page.keyboard.press('Escape')
  await reader.undo()
  await expect(reader.source('Eve')).toBeVisible()
})

test('several are chosen and decided by keyboard alone, and the focus stays in the list', async ({
  page,
  app,
  reader,
}) => {
  await withMail(reader, app)
  await page.keyboard.press('g')
  await page.keyboard.press('n')
  const first = row(page, 'Harbour Weekly').getByRole('checkbox')
  await expect(first).toBeFocused()
  await page.keyboard.press('Shift+ArrowDown')
  await expect(row(page, 'Quay Daily').getByRole('checkbox')).toBeFocused()
  await expect(dialogOf(page).getByRole('button', { name: 'Keep 2' })).toBeVisible()
  await page.keyboard.press('Space')
  await expect(dialogOf(page).getByRole('button', { name: 'Keep 1' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Leave out Quay Daily' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(row(page, 'Quay Daily')).toHaveCount(0)
  await expect(first).toBeFocused()
})

test('of three thousand senders only those in sight are drawn, and the last is a key away', async ({
  page,
  app,
  reader,
}) => {
  writeSenders(
    app.dataDir,
    Array.from({ length: 3_000 }, () => ({})),
  )
  await reopen(reader, app)
  await reader.expectOpen('Harbour Gazette')
  await reader.sources.getByRole('button', { name: 'New newsletters 3,000' }).click()
  await expect(row(page, 'Harbour 0').first()).toBeVisible()
  expect(await dialogOf(page).getByRole('listitem').count()).toBeLessThan(60)
  await page.keyboard.press('End')
  await expect(row(page, 'Harbour 2999').getByRole('checkbox')).toBeFocused()
  await expect(row(page, 'Harbour 2999')).toBeInViewport()
  await dialogOf(page).getByRole('searchbox', { name: 'Find a sender' }).fill('harbour 1234')
  await expect(dialogOf(page).getByRole('listitem')).toHaveCount(1)
})

test('a newsletter has its senders and mailboxes where a feed has an address, a password and a schedule', async ({
  page,
  app,
  reader,
}) => {
  writeMailbox(app.dataDir, 'ada@harbour.example')
  await withMail(reader, app)
  await reader.sources.getByRole('button', { name: /New newsletters/ }).click()
  await row(page, 'Harbour Weekly').getByRole('button', { name: 'Keep Harbour Weekly' }).click()
  await dialogOf(page).getByRole('button', { name: 'Done' }).click()

  // What fails is its mailbox.
  await expect(reader.source('Harbour Weekly')).toHaveAccessibleName(/failing/)
  await expect(reader.source('Harbour Gazette')).not.toHaveAccessibleName(/failing/)
  await reader.source('Harbour Weekly').click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Rename…' })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: 'Copy feed address' })).toHaveCount(0)
  await page.getByRole('menuitem', { name: 'Newsletter details…' }).click()
  const details = page.getByRole('dialog', { name: 'Newsletter details' })
  await expect(details).toContainText('news-0@harbour.example')
  await expect(details).toContainText('The password of this mailbox can’t be read any more.')
  await expect(details.getByRole('button', { name: 'Change address…' })).toHaveCount(0)
  await expect(details.locator('summary')).toHaveCount(0)
  await checkPage(page, 'the details of a newsletter')
  await details.getByRole('button', { name: 'Change mailbox ada@harbour.example' }).click()
  await expect(page.getByRole('dialog', { name: 'Change mailbox' }).getByLabel('E-mail address')).toHaveValue(
    'ada@harbour.example',
  )
})

test('two newsletters are made one, and two again', async ({ page, app, reader }) => {
  await withMail(reader, app)
  await reader.sources.getByRole('button', { name: /New newsletters/ }).click()
  await dialogOf(page).getByRole('button', { name: 'Keep all' }).click()
  await dialogOf(page).getByRole('button', { name: 'Done' }).click()
  await reader.choose('Quay Daily', 'Join with another newsletter…')
  const dialog = page.getByRole('dialog', { name: 'Join Quay Daily with another newsletter' })
  const into = dialog.getByRole('radio', { name: 'Harbour Weekly' })
  await expect(into).toBeFocused()
  for (const width of [900, 1600]) {
    await page.setViewportSize({ width, height: 800 })
    await checkPage(page, `the choice of the newsletter to join, ${width} px wide`)
  }
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(reader.source('Quay Daily')).toHaveCount(0)
  await expect(reader.toast('Quay Daily is one with Harbour Weekly now.')).toBeVisible()
  await reader.choose('Harbour Weekly', 'Newsletter details…')
  await expect(page.getByRole('dialog', { name: 'Newsletter details' })).toContainText('news-1@harbour.example')
  await page.keyboard.press('Escape')

  // One of its two senders is left out: the other goes on.
  await page.keyboard.press('g')
  await page.keyboard.press('n')
  await group(page, /Kept \(2\)/).click()
  await row(page, 'Quay Daily').getByRole('button', { name: 'Leave out Quay Daily' }).click()
  await expect(group(page, /Kept \(1\)/)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(reader.source('Harbour Weekly')).toBeVisible()

  await page.keyboard.press('z')
  await expect(reader.toast('No longer left out: Quay Daily')).toBeVisible()
  await page.keyboard.press('z')
  await expect(reader.source('Quay Daily')).toBeVisible()
})

for (const size of [
  { width: 900, height: 700 },
  { width: 1600, height: 900 },
])
  test(`the dialog on senders passes, ${size.width} px wide`, async ({ page, app, reader }) => {
    await page.setViewportSize(size)
    await withMail(reader, app)
    await checkPage(page, 'new newsletters among the sources')
    await page.keyboard.press('g')
    await page.keyboard.press('n')
    await expect(row(page, 'Harbour Weekly').getByRole('checkbox')).toBeFocused()
    await page.keyboard.press('Space')
    await checkPage(page, 'new newsletters, one chosen')
    await group(page, /Left out/).click()
    await checkPage(page, 'an empty list')
  })

test.describe('where nothing is followed yet', () => {
  test.use({ followed: [] })

  test('the first page leads to a mailbox, says what was found in it, and to the choice of it', async ({
    page,
    app,
    reader,
  }) => {
    const welcome = page.getByRole('main')
    await welcome.getByRole('button', { name: 'Set up a mailbox…' }).click()
    await expect(page.getByRole('dialog', { name: 'Settings' })).toContainText('Your mailbox is only read')
    await page.keyboard.press('Escape')

    writeMailbox(app.dataDir, 'ada@harbour.example')
    await reopen(reader, app)
    await expect(welcome).toContainText('The password of this mailbox can’t be read any more.')
    writeSenders(app.dataDir, [
      { key: 'list:weekly', name: 'Harbour Weekly', subject: 'The ferry runs again' },
      { key: 'list:daily', name: 'Quay Daily', subject: 'Fog' },
    ])
    await reopen(reader, app)
    await expect(welcome).toContainText('2 newsletters were found in your mail.')
    for (const width of [900, 1600]) {
      await page.setViewportSize({ width, height: 800 })
      await checkPage(page, `the first page with newsletters, ${width} px wide`)
    }
    await welcome.getByRole('button', { name: 'Choose newsletters…' }).press('Enter')
    await row(page, 'Harbour Weekly').getByRole('button', { name: 'Keep Harbour Weekly' }).press('Enter')
    await expect(row(page, 'Harbour Weekly')).toHaveCount(0)
    await expect(dialogOf(page)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(reader.source('Harbour Weekly')).toBeVisible()
  })
})
