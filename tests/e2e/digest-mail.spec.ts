/** Settings > Digest > By e-mail: set up by keyboard with a real server for outgoing mail, tried, changed, stopped. */
import type { Locator, Page } from 'playwright/test'
import type { Delivery } from '../../src-main/api/mail/outgoing.ts'
import { localDay } from '../../src-main/digest/due.ts'
import { digestIcon } from '../../src-main/digest/icon.ts'
import { prepareDigest } from '../../src-main/feeds/prepare/digest.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { digestId, followDigests, keepDigest } from '../../src-main/store/digest/keep.ts'
import { queueLetter, settleLetter } from '../../src-main/store/digest/outbox.ts'
import { writeOutgoing } from '../../src-main/store/mail/outgoing.ts'
import { checkPage } from '../support/axe.ts'
import type { Broadsheet } from '../support/broadsheet.ts'
import { expect, reopen, test } from '../support/e2e.ts'
import { password, refusal, type Smtp, startSmtp } from '../support/smtp.ts'
import type { ReaderWindow } from '../support/window.ts'

test.use({ followed: ['/rss.xml'] })

const ada = 'ada@harbour.example'
let server: Smtp
/** What the server says to a message that has all come. */
let answer: Error | null = null

test.beforeAll(async () => {
  server = await startSmtp({
    onMessage() {
      if (answer) throw answer
    },
  })
})
test.afterAll(() => server.stop())

async function openPanel(page: Page): Promise<Locator> {
  await page.keyboard.press(',')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Digest' }).click()
  return settings
}

/** In both widths. */
async function checkWide(page: Page, screen: string): Promise<void> {
  for (const width of [900, 1600]) {
    await page.setViewportSize({ width, height: 800 })
    await checkPage(page, `${screen}, ${width} px wide`)
  }
}

test('is set up by keyboard, with a test; changed; stopped, and taken back', async ({ page, reader }) => {
  const settings = await openPanel(page)
  await settings.getByRole('switch', { name: 'Make a digest' }).check()
  await settings.getByRole('button', { name: 'Set up…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Send digests by e-mail' })
  const address = dialog.getByLabel('Your address')
  await expect(address).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(address).toBeFocused()
  await expect(address).toHaveAccessibleDescription('A whole address, like ada@example.com.')
  await expect(dialog.getByLabel('SMTP server')).toHaveAccessibleDescription(/The name of a server/)

  await address.fill('ada@gmail.com')
  await expect(dialog.getByText('Server: smtp.gmail.com')).toBeVisible()
  await expect(dialog).toContainText('Gmail wants an app password')
  await expect(dialog.getByLabel('Send to')).toHaveValue('ada@gmail.com')
  await address.fill(ada)
  await expect(dialog.getByText('Server: smtp.harbour.example')).toBeVisible()
  await dialog.getByLabel('Password').fill('a wrong word')
  await dialog.getByLabel('Security').selectOption('none')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(dialog.getByLabel('Security')).toHaveAccessibleDescription(/Only for a server on this computer/)
  await dialog.getByLabel('SMTP server').fill('127.0.0.1')
  await dialog.getByLabel('Port').fill(String(server.port))
  await dialog.getByLabel('User name').fill('ada')
  await page.keyboard.press('Enter')
  const refused = dialog.getByRole('alert').filter({ hasText: 'did not accept the user name and password' })
  await expect(refused).toBeVisible()
  await checkWide(page, 'a refused log-in')
  expect(server.received).toEqual([])

  await dialog.getByLabel('Password').fill(password)
  await expect(refused).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('status').filter({ hasText: `Sent to ${ada}.` })).toBeVisible()
  expect(server.received.map(({ from, to }) => ({ from, to }))).toEqual([{ from: ada, to: [ada] }])
  expect(server.received[0]!.raw).toContain('Subject: Broadsheet: a test')
  await checkWide(page, 'a test that was sent')
  // Nothing is kept yet: Enter does that once the test was sent.
  await page.keyboard.press('Enter')

  const change = settings.getByRole('button', { name: 'Change…' })
  await expect(change).toBeFocused()
  await expect(settings).toContainText(`By 127.0.0.1 · The next digest is the first that is sent.`)
  await expect(reader.toast(`Digests are sent to ${ada}.`)).toBeVisible()

  await page.keyboard.press('Enter')
  const changing = page.getByRole('dialog', { name: 'Change how digests are sent' })
  await changing.getByText('Server: 127.0.0.1').click()
  await changing.getByLabel('SMTP server').fill('localhost')
  await expect(changing.getByLabel('Password')).toHaveAccessibleDescription(/Type the password, too/)
  await page.keyboard.press('Escape')
  await expect(change).toBeFocused()

  // The password that is stored is used where nothing is typed, and known to nobody here.
  await page.keyboard.press('Enter')
  await expect(changing.getByLabel('Password')).toHaveValue('')
  await expect(changing.getByLabel('Password')).toHaveAttribute('placeholder', 'Unchanged')
  await changing.getByLabel('Send to').fill('later@quay.example')
  await changing.getByRole('button', { name: 'Send a test' }).press('Enter')
  await expect(changing.getByRole('button', { name: 'Save' })).toBeFocused()
  expect(server.received.at(-1)!.to).toEqual(['later@quay.example'])
  expect(server.logins.at(-1)).toBe(`ada:${password}`)
  await page.keyboard.press('Enter')
  await expect(settings.getByText('later@quay.example', { exact: true })).toBeVisible()

  await settings.getByRole('button', { name: 'Stop sending' }).press('Enter')
  await expect(settings.getByRole('button', { name: 'Set up…' })).toBeFocused()
  await reader.undo()
  await expect(settings.getByText('later@quay.example', { exact: true })).toBeVisible()

  // Who goes through the tabs stays at them.
  await settings.getByRole('tab', { name: 'Digest' }).focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowDown')
  await expect(change).toBeVisible()
  await expect(settings.getByRole('tab', { name: 'Digest' })).toBeFocused()
})

/** Digests are sent by this server, and that became of today's; the window is opened anew at the settings. */
async function afterDelivery(
  { page, app, reader }: { page: Page; app: Broadsheet; reader: ReaderWindow },
  delivery: Delivery,
): Promise<Locator> {
  await app.restart(dataDir => {
    const now = Date.now()
    const day = localDay(now)
    const db = openDatabase(`${dataDir}/broadsheet.db`)
    db.transaction(() => followDigests(db, digestIcon, now))()
    keepDigest(db, { day, until: now, article: prepareDigest(aDigest(day)), icon: digestIcon }, now)
    const server = { host: 'smtp.gmail.com', port: 465, security: 'tls', userName: ada, password: '' } as const
    writeOutgoing(db, { ...server, from: ada, to: ada })
    queueLetter(db, day, now)
    settleLetter(db, day, delivery, 0, now - 600_000)
    db.close()
  })
  await reopen(reader, app)
  return openPanel(page)
}

function aDigest(day: string) {
  const html = '<h3><a href="https://gazette.example/1">The ferry</a></h3>'
  return { id: digestId(day), title: 'Digest of the ferry', summary: '', html, marks: [] }
}

test('a refused password is told with what the provider says of passwords', async ({ page, app, reader }) => {
  const failure = { reason: 'log-in', host: 'smtp.gmail.com', said: '' } as const
  const settings = await afterDelivery({ page, app, reader }, { kind: 'failed', failure })
  await expect(settings).toContainText('smtp.gmail.com did not accept the user name and password')
  await expect(settings).toContainText('Gmail wants an app password')
})

test('one that was in doubt and came is done with', async ({ page, app, reader }) => {
  const settings = await afterDelivery({ page, app, reader }, { kind: 'in-doubt' })
  await expect(settings.getByRole('button', { name: 'Send again' })).toBeVisible()
  await settings.getByRole('button', { name: 'It came' }).press('Enter')
  await expect(settings).toContainText(/Sent today at \d\d:\d\d\.|Last sent on/)
  await expect(settings.getByRole('button', { name: 'Send again' })).toBeHidden()
  await expect(settings.getByRole('button', { name: 'Change…' })).toBeFocused()
})

test('says what became of the last digest, and sends it again', async ({ page, app, reader }) => {
  let settings = await openPanel(page)
  await settings.getByRole('switch', { name: 'Make a digest' }).check()
  await settings.getByRole('button', { name: 'Set up…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send digests by e-mail' })
  await dialog.getByLabel('Your address').fill(ada)
  await dialog.getByLabel('Password').fill(password)
  await dialog.getByLabel('SMTP server').fill('127.0.0.1')
  await dialog.getByLabel('Security').selectOption('none')
  await dialog.getByLabel('Port').fill(String(server.port))
  // Also without a test.
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(settings.getByRole('button', { name: 'Change…' })).toBeFocused()

  await app.restart(dataDir => {
    const now = Date.now()
    const day = localDay(now)
    const db = openDatabase(`${dataDir}/broadsheet.db`)
    keepDigest(db, { day, until: now, article: prepareDigest(aDigest(day)), icon: digestIcon }, now)
    settleLetter(db, day, { kind: 'in-doubt' }, 0, now - 600_000)
    db.close()
  })
  await reopen(reader, app)
  settings = await openPanel(page)
  await expect(settings).toContainText(/In doubt since .*\d\d:\d\d\./)
  await expect(settings).toContainText('It is not sent again by itself')
  await checkWide(page, 'a letter in doubt')

  answer = refusal(554, 'No digests here')
  await settings.getByRole('button', { name: 'Send again' }).press('Enter')
  await expect(settings).toContainText(
    /could not be sent \(last try: \d\d:\d\d\)\. .* did not take the mail: “No digests here”/,
  )
  await expect(settings).toContainText('Is tried again in 6 hours.')
  answer = null
  await settings.getByRole('button', { name: 'Try again now' }).press('Enter')
  await expect(settings).toContainText(/Sent today at \d\d:\d\d\./)
  await expect(settings.getByRole('button', { name: 'Try again now' })).toBeHidden()
  await expect(settings.getByRole('button', { name: 'Change…' })).toBeFocused()
  expect(server.received.at(-1)!.raw).toContain('Subject: Digest of the ferry')
})
