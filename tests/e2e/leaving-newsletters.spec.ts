/** Unsubscribing from a newsletter: its sender is told only after a yes, by the way that its messages offer. */
import type { Locator, Page } from 'playwright/test'
import type { Told, Unsubscribe } from '../../src-main/api/mail/model.ts'
import { answerInstead } from '../support/answers.ts'
import { checkPage } from '../support/axe.ts'
import type { Broadsheet } from '../support/broadsheet.ts'
import { expect, reopen, test } from '../support/e2e.ts'
import { writeSenders } from '../support/senders.ts'
import type { ReaderWindow } from '../support/window.ts'

test.use({ followed: ['/rss.xml'] })

const oneClick: Unsubscribe = { httpUrl: 'https://lists.example/leave?a=1', mailto: null, isOneClick: true }

/** Harbour Weekly is kept, and its messages offer this way out. */
async function keepWeekly(reader: ReaderWindow, app: Broadsheet, unsubscribe: Unsubscribe | null): Promise<void> {
  const { page } = reader
  writeSenders(app.dataDir, [{ name: 'Harbour Weekly', unsubscribe }])
  await reopen(reader, app)
  await reader.expectOpen('Harbour Gazette')
  await reader.sources.getByRole('button', { name: /New newsletters/ }).click()
  await page.getByRole('button', { name: 'Keep Harbour Weekly' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(reader.source('Harbour Weekly')).toBeVisible()
}

/** Answers what senders are told; of them, nobody is asked. */
async function countTold(page: Page, answer: Told): Promise<number[]> {
  const told: number[] = []
  await answerInstead(page, {
    tellSender: ({ senderId }) => {
      told.push(senderId)
      return answer
    },
  })
  return told
}

const dialogOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Unsubscribe from Harbour Weekly?' })

test('nobody is told without a yes', async ({ page, app, reader }) => {
  const told = await countTold(page, { kind: 'told' })
  await keepWeekly(reader, app, oneClick)
  await reader.choose('Harbour Weekly', 'Unsubscribe')
  await expect(dialogOf(page)).toContainText('One request goes to lists.example')
  await page.keyboard.press('Escape')
  await expect(reader.source('Harbour Weekly')).toBeVisible()
  await reader.choose('Harbour Weekly', 'Unsubscribe')
  await dialogOf(page).getByRole('button', { name: 'Unsubscribe' }).click()
  await expect(reader.source('Harbour Weekly')).toHaveCount(0)
  await expect(dialogOf(page)).toHaveCount(0)
  expect(told).toEqual([])
  await reader.undo()
  await expect(reader.source('Harbour Weekly')).toBeVisible()
})

test('with a yes the sender is told once, by keyboard alone', async ({ page, app, reader }) => {
  const told = await countTold(page, { kind: 'told' })
  await keepWeekly(reader, app, oneClick)
  await reader.source('Harbour Weekly').focus()
  await page.keyboard.press('Delete')
  await expect(dialogOf(page).getByRole('checkbox', { name: 'Also tell the sender' })).toBeFocused()
  await checkPage(page, 'the question whether to tell the sender')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(reader.toast('The sender of Harbour Weekly was told.')).toBeVisible()
  await expect(reader.source('Harbour Weekly')).toHaveCount(0)
  expect(told).toHaveLength(1)
})

test('what went wrong is said, and the sender’s page is offered', async ({ page, app, reader }) => {
  await countTold(page, { kind: 'refused', status: 404 })
  await page.context().route(/lists\.example/, route => route.fulfill({ contentType: 'text/plain', body: 'left' }))
  await keepWeekly(reader, app, oneClick)
  await reader.choose('Harbour Weekly', 'Unsubscribe')
  await dialogOf(page).getByRole('checkbox').check()
  await dialogOf(page).getByRole('button', { name: 'Unsubscribe' }).click()
  await expect(dialogOf(page)).toContainText('it answered 404')
  await checkPage(page, 'a sender that could not be told')
  const opened = page.context().waitForEvent('page')
  await dialogOf(page).getByRole('button', { name: 'Open its page' }).click()
  await expect.poll(async () => (await opened).url()).toBe('https://lists.example/leave?a=1')
  await expect(reader.source('Harbour Weekly')).toHaveCount(0)
})

test('the engine asks no address of one’s own network, whatever a message says', async ({ page, app, reader }) => {
  await keepWeekly(reader, app, { httpUrl: 'https://127.0.0.1:9/leave', mailto: null, isOneClick: true })
  await reader.choose('Harbour Weekly', 'Unsubscribe')
  await dialogOf(page).getByRole('checkbox').check()
  await dialogOf(page).getByRole('button', { name: 'Unsubscribe' }).click()
  await expect(dialogOf(page)).toContainText('could not be told')
  await expect(dialogOf(page)).toContainText('127.0.0.1')
})

test('without one click the page opens in the browser', async ({ page, app, reader }) => {
  const told = await countTold(page, { kind: 'told' })
  await page.context().route(/lists\.example/, route => route.fulfill({ contentType: 'text/plain', body: 'leave?' }))
  await keepWeekly(reader, app, { ...oneClick, isOneClick: false })
  await reader.choose('Harbour Weekly', 'Unsubscribe')
  await expect(dialogOf(page)).toContainText('A page of lists.example opens in your browser')
  await dialogOf(page).getByRole('checkbox').check()
  const opened = page.context().waitForEvent('page')
  await dialogOf(page).getByRole('button', { name: 'Unsubscribe' }).click()
  await expect.poll(async () => (await opened).url()).toBe('https://lists.example/leave?a=1')
  await expect(reader.source('Harbour Weekly')).toHaveCount(0)
  expect(told).toEqual([])
})

test('where nothing is offered, a newsletter is left like any feed', async ({ page, app, reader }) => {
  await keepWeekly(reader, app, null)
  await reader.choose('Harbour Weekly', 'Unsubscribe')
  await expect(reader.source('Harbour Weekly')).toHaveCount(0)
  await expect(page.getByRole('dialog')).toHaveCount(0)
})
