/** Films of other sites: their cards, and what is asked for them. */
import { expect, test } from '../support/e2e.ts'
import { follow, text } from '../support/radio.ts'

test('a film of another site is a card with its picture, asks its site for nothing else, and opens in the browser', async ({
  reader,
  feeds,
}) => {
  const { page } = reader
  const [first, second] = ['0a1b2c3d-0000-4000-8000-000000000001', '0a1b2c3d-0000-4000-8000-000000000002']
  feeds.answer('/services/oembed', (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ type: 'video', thumbnail_url: `${feeds.url}/images/still.png` }))
  })
  const harbour = `<link>https://www.youtube.com/watch?v=abcdefghijk</link>
    <media:group xmlns:media="http://search.yahoo.com/mrss/"><media:content url="https://www.youtube.com/v/abcdefghijk" type="application/x-shockwave-flash"/>
    <media:thumbnail url="HOST/thumb.png"/><media:description>What it is.\n\n0:00 Hello\n1:02:03 The end</media:description></media:group>`
  const frame = (id: string) => `<iframe src="HOST/videos/embed/${id}?start=1m30s" title="The mole"></iframe>`
  await follow(reader, feeds, {
    One: text(`<p>Before it.</p>${frame(first)}<p>After it.</p>`),
    Two: text(`<p>Before it.</p>${frame(second)}`),
    'The harbour': harbour,
  })
  const asked = () => feeds.requests.filter(({ path }) => /oembed|still|videos/.test(path))
  const card = reader.text.getByRole('link', {
    name: /^Film: The mole, on 127\.0\.0\.1, from 1:30; opens in the browser$/,
  })

  await reader.read('One')
  await expect(card.locator('img')).toHaveJSProperty('complete', true)
  await expect
    .poll(() => card.locator('img').evaluate((img: { naturalWidth: number }) => img.naturalWidth))
    .toBeGreaterThan(0)
  expect(asked().map(({ path }) => path)).toEqual([
    `/services/oembed?url=${encodeURIComponent(`${feeds.url}/videos/watch/${first}`)}&format=json`,
    '/images/still.png',
  ])
  expect(asked().flatMap(({ headers }) => [headers.cookie, headers.referer])).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  const opened = page.context().waitForEvent('page')
  await card.press('Enter')
  expect((await opened).url()).toBe(`${feeds.url}/videos/embed/${first}?p2p=0&start=90s`)
  await (await opened).close()

  await page.keyboard.press(',')
  await page.getByRole('tab', { name: 'Reading' }).click()
  await page.getByRole('group', { name: 'Pictures' }).getByText('Never', { exact: true }).click()
  await expect(page.getByRole('radio', { name: 'Never' })).toBeChecked()
  await page.keyboard.press('Escape')
  await reader.read('Two')
  await expect(card).toContainText('The mole')
  await expect(card.locator('img')).toHaveCount(0)
  expect(asked().filter(({ path }) => path.includes(second))).toEqual([])

  // An article that is a film: its card stands above the text, and times in that open the film there.
  await reader.read('The harbour')
  const links = reader.text.getByRole('link')
  await expect(links).toHaveText([/^Watch on YouTubeOpens in the browser$/, '0:00', '1:02:03'])
  await expect(links.first()).toHaveAccessibleName('Film: The harbour, on YouTube; opens in the browser')
  const addresses = await links.evaluateAll(all => all.map(link => link.getAttribute('href')))
  expect(addresses).toEqual(['', '', '&t=3723s'].map(time => `https://www.youtube.com/watch?v=abcdefghijk${time}`))
})
