/** Settings > Newsletters: a mailbox is added from an address to its folders, on a real mail server; changed; removed. */
import type { Locator, Page } from 'playwright/test'
import { checkPage } from '../support/axe.ts'
import { type Dovecot, hasDovecot, password, startDovecot } from '../support/dovecot.ts'
import { expect, test } from '../support/e2e.ts'

test.skip(!hasDovecot, 'Dovecot is not installed')

test.use({ followed: ['/rss.xml'] })

let server: Dovecot
test.beforeAll(async () => {
  server = await startDovecot()
  for (const folder of ['INBOX', 'Letters', 'Junk', 'Sent'])
    server.deliver('ada', 'Subject: The tide\r\n\r\nHigh.', { folder })
})
test.afterAll(() => server.stop())

/** Opens the settings at Newsletters, by keyboard alone. */
async function openPanel(page: Page): Promise<Locator> {
  await page.keyboard.press(',')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await expect(dialog.getByRole('tab', { name: 'Appearance' })).toBeFocused()
  for (const name of ['Reading', 'Newsletters']) {
    await page.keyboard.press('ArrowDown')
    await expect(dialog.getByRole('tab', { name })).toBeFocused()
  }
  return dialog
}

/** Says where the test's server is, and asks it. */
async function give(dialog: Locator, user: string, word: string): Promise<void> {
  await dialog.getByLabel('E-mail address').fill(`${user}@harbour.example`)
  await dialog.getByLabel('Password').fill(word)
  await dialog.getByText('Server: imap.harbour.example').waitFor()
  await dialog.getByLabel('IMAP server').fill('127.0.0.1')
  await dialog.getByLabel('Security').selectOption('none')
  await dialog.getByLabel('Port').fill(String(server.port))
  await dialog.getByLabel('User name').fill(user)
  await dialog.getByRole('button', { name: 'Test and choose folders' }).click()
}

test('says what is not done to a mailbox before one is added', async ({ page, reader: _ }) => {
  const settings = await openPanel(page)
  await expect(settings).toContainText('Your mailbox is only read')
  await expect(settings.getByRole('button', { name: 'Add mailbox…' })).toBeVisible()
})

test('adds a mailbox: what is wrong is said in words, then its folders are chosen from the server’s list', async ({
  page,
  reader,
}) => {
  const settings = await openPanel(page)
  await settings.getByRole('button', { name: 'Add mailbox…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add mailbox' })
  await give(dialog, 'ada', 'a wrong word')
  await expect(dialog.getByRole('alert').filter({ hasText: 'did not accept the user name and password' })).toBeVisible()

  await dialog.getByLabel('Password').fill(password)
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('The log-in works.').first()).toBeVisible()
  await expect(dialog.getByRole('checkbox', { name: 'Inbox' })).toBeChecked()
  await expect(dialog.getByRole('checkbox', { name: 'Letters' })).not.toBeChecked()
  await expect(dialog.getByRole('checkbox', { name: 'Junk' })).toBeHidden()
  await dialog.getByRole('checkbox', { name: 'Letters' }).check()
  await dialog.getByRole('button', { name: 'Save' }).click()

  const again = page.getByRole('dialog', { name: 'Settings' })
  const mailbox = again.getByRole('listitem').filter({ hasText: 'ada@harbour.example' })
  await expect(mailbox).toContainText('Inbox, Letters')
  await expect(reader.toast('ada@harbour.example is looked at for newsletters.')).toBeVisible()

  await again.getByRole('button', { name: 'Change ada@harbour.example' }).click()
  const change = page.getByRole('dialog', { name: 'Change mailbox' })
  await expect(change.getByLabel('E-mail address')).toHaveValue('ada@harbour.example')
  // Its password is kept, and known to nobody here.
  await expect(change.getByLabel('Password')).toHaveValue('')
  await change.getByRole('button', { name: 'Test and choose folders' }).click()
  await expect(change.getByRole('checkbox', { name: 'Letters' })).toBeChecked()
  await change.getByRole('checkbox', { name: 'Inbox' }).uncheck()
  await change.getByRole('button', { name: 'Save' }).click()
  await expect(again.getByRole('listitem')).toContainText('Letters')
  await expect(again.getByRole('listitem')).not.toContainText('Inbox')

  await again.getByRole('button', { name: 'Remove ada@harbour.example' }).click()
  await expect(again.getByRole('button', { name: 'Remove ada@harbour.example' })).toBeHidden()
  await expect(reader.toast('is not looked at any more')).toBeVisible()
  await reader.undo()
  await expect(again.getByRole('button', { name: 'Remove ada@harbour.example' })).toBeVisible()
})

test('a password goes to another server only when it is typed again', async ({ page, reader: _ }) => {
  const settings = await openPanel(page)
  await settings.getByRole('button', { name: 'Add mailbox…' }).click()
  await give(page.getByRole('dialog', { name: 'Add mailbox' }), 'ada', password)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'Change ada@harbour.example' }).click()
  const change = page.getByRole('dialog', { name: 'Change mailbox' })
  await change.getByText('Server: 127.0.0.1').click()
  await change.getByLabel('IMAP server').fill('localhost')
  await expect(change).toContainText('Type the password, too')
  await expect(change.getByRole('button', { name: 'Test and choose folders' })).toBeDisabled()
})

test('what a provider wants for a password is said before it is typed, with its page', async ({ page, reader: _ }) => {
  const settings = await openPanel(page)
  await settings.getByRole('button', { name: 'Add mailbox…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add mailbox' })
  await dialog.getByLabel('E-mail address').fill('ada@gmail.com')
  await expect(dialog.getByText('Server: imap.gmail.com')).toBeVisible()
  await expect(dialog).toContainText('Gmail wants an app password')
  await expect(dialog.getByRole('link', { name: 'What Gmail says of it' })).toHaveAttribute(
    'href',
    'https://support.google.com/accounts/answer/185833',
  )
})

for (const size of [
  { width: 900, height: 700 },
  { width: 1600, height: 900 },
])
  test(`the dialog for a mailbox passes in all its states, ${size.width} px wide`, async ({ page, reader: _ }) => {
    await page.setViewportSize(size)
    const settings = await openPanel(page)
    await settings.getByRole('button', { name: 'Add mailbox…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add mailbox' })
    await give(dialog, 'ada', 'a wrong word')
    await expect(dialog.getByText('did not accept')).toBeVisible()
    await checkPage(page, 'a refused log-in')
    await dialog.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('checkbox', { name: 'Inbox' })).toBeFocused()
    await checkPage(page, 'its folders')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(
      page.getByRole('dialog', { name: 'Settings' }).getByRole('listitem').filter({ hasText: '@' }),
    ).toBeVisible()
    await checkPage(page, 'the list of mailboxes')
  })
