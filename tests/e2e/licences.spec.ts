/** The licences of all that ships, in About. */
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'

test('About has the licences of Broadsheet and its libraries, which are loaded when they are asked for', async ({
  reader,
}) => {
  const { page } = reader
  const asked: string[] = []
  page.on('request', request => asked.push(request.url()))
  await expect(page.getByRole('textbox', { name: 'Address' })).toBeVisible()
  await page.getByRole('heading').first().click()
  await page.keyboard.press(',')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'About' }).click()
  const show = dialog.getByRole('button', { name: 'Show licences' })
  await expect(show).toBeVisible()
  expect(asked.filter(url => url.includes('notices'))).toEqual([])

  await show.press('Enter')
  const list = dialog.getByRole('list', { name: 'Broadsheet and its libraries' })
  await expect(list).toBeFocused()
  expect(asked.filter(url => url.includes('notices'))).toHaveLength(1)
  await expect(list.getByRole('listitem').first()).toContainText('Broadsheet')
  for (const name of ['better-sqlite3', 'svelte', 'clsx', '@fontsource-variable/newsreader'])
    await expect(list.getByRole('listitem').filter({ hasText: new RegExp(`^${name} \\d`) })).toHaveCount(1)

  // By keyboard: the first is Broadsheet's own.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(list.getByText('Permission is hereby granted')).toBeVisible()
  await expect(list.getByRole('link')).toHaveAttribute('href', /^https:\/\/github\.com\//)
  await checkPage(page, 'the licences')
  await expect(dialog.getByText('Those of Electron')).toBeHidden()
})
