/** The password of a feed's proxy, as it is typed and shown. */
import { expect, test } from '../support/e2e.ts'

const gazette = 'Harbour Gazette'

test('the password of a proxy is shown as dots, which stand for it nowhere else', async ({ reader, feeds }) => {
  await reader.follow(`${feeds.url}/rss.xml`, gazette)
  await reader.choose(gazette, /Feed details/)
  const health = reader.page.getByRole('dialog', { name: 'Feed health' })
  const summary = health.getByText('How it is asked')
  await summary.click()
  const proxy = health.getByRole('textbox', { name: 'Proxy' })
  const save = health.getByRole('button', { name: 'Save and ask again' })
  await proxy.fill('http://ada:inkwell@127.0.0.1:3128')
  await save.click()
  await expect(proxy).toHaveValue('http://ada:••••••@127.0.0.1:3128')

  await health.getByRole('button', { name: 'Done' }).click()
  await reader.choose(gazette, /Feed details/)
  await summary.click()
  await expect(proxy).toHaveValue('http://ada:••••••@127.0.0.1:3128')
  expect(await reader.page.content()).not.toContain('inkwell')

  await proxy.fill('http://ada:••••••@127.0.0.1:3129')
  await expect(health.getByText(/type the proxy’s password too/)).toBeVisible()
  await expect(save).toBeDisabled()
  await proxy.fill('http://ada:fountain@127.0.0.1:3129')
  await save.click()
  await expect(proxy).toHaveValue('http://ada:••••••@127.0.0.1:3129')
})
