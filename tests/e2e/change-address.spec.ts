/** Giving a feed another address: what is said where that fails, and what is asked before the own network is. */
import type { Input } from '../../src-main/api/contract/contract.ts'
import { answerInstead } from '../support/answers.ts'
import { expect, test } from '../support/e2e.ts'
import { ReaderWindow } from '../support/window.ts'

const gazette = 'Harbour Gazette'

// Which names lead into the network of the machine that tests is not ours to say: the engine's answers are given instead.
test('a name that leads into the own network is asked about, and the question goes with what is typed', async ({
  page,
  app,
  feeds,
  complaints,
}) => {
  const asked: Input<'changeFeedUrl'>[] = []
  const failure = { reason: 'private-address', host: 'turns-out.example' } as const
  await answerInstead(page, {
    changeFeedUrl: input => {
      asked.push(input)
      return input.allowPrivate ? { kind: 'changed', undoId: null } : { kind: 'failed', failure }
    },
  })
  await page.goto(app.url())
  const reader = new ReaderWindow(page)
  await reader.follow(`${feeds.url}/rss.xml`, gazette)
  await reader.choose(gazette, /Feed details/)
  const health = page.getByRole('dialog', { name: 'Feed health' })
  await health.getByRole('button', { name: 'Change address…' }).click()
  const address = health.getByRole('textbox', { name: 'New address' })
  await address.fill('http://turns-out.example/feed')
  await address.press('Enter')
  await expect(health.getByRole('alert')).toContainText('turns-out.example is on this computer or your own network')

  // Said of an address that is not the one in the field any more.
  await address.fill('http://turns-out.example/other')
  await expect(health.getByRole('alert')).toBeEmpty()
  await address.press('Enter')
  await health.getByRole('alert').getByRole('button', { name: 'Fetch from it all the same' }).click()
  await expect(address).toBeHidden()
  await expect(health.getByRole('alert')).toBeEmpty()
  expect(asked.map(({ url, allowPrivate }) => [url, allowPrivate])).toEqual([
    ['http://turns-out.example/feed', undefined],
    ['http://turns-out.example/other', undefined],
    ['http://turns-out.example/other', true],
  ])
  expect(complaints).toEqual([])
})
