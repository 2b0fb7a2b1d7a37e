/** Pictures of an article, enlarged. */
import { checkPage } from '../support/axe.ts'
import { expect, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import { plainPng } from '../support/pictures.ts'
import type { ReaderWindow } from '../support/window.ts'

const text = `<figure><img src="HOST/dawn.png" alt="Hills"><figcaption>The first hill.</figcaption></figure>
<p>Words between them.</p><a href="HOST/noon.png"><img src="HOST/noon.png" alt="A field"></a>
<p><a href="https://elsewhere.example/shop"><img src="HOST/shop.png" alt="The shop"></a></p><img src="HOST/icon.png" alt="Icon">`

async function read(reader: ReaderWindow, feeds: FeedServer): Promise<void> {
  const sizes = { dawn: [1200, 800], noon: [900, 900], shop: [600, 400], icon: [40, 40] } as const
  for (const [name, [width, height]] of Object.entries(sizes))
    feeds.answer(`/${name}.png`, (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(width, height, [90, 120, 90]))
    })
  feeds.answer('/photos.xml', (_, response) => {
    const item = `<item><guid>1</guid><title>Salt road</title><description><![CDATA[${text}]]></description></item>`
    const body = `<rss version="2.0"><channel><title>Photos</title>${item}</channel></rss>`
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body.replaceAll('HOST', feeds.url))
  })
  await reader.follow(`${feeds.url}/photos.xml`, 'Photos')
  await reader.headline('Salt road').first().click()
  await expect(reader.text.getByRole('img', { name: 'The shop' })).toHaveJSProperty('naturalWidth', 600)
  await expect(reader.text.getByRole('img', { name: 'Hills' })).toHaveJSProperty('naturalWidth', 1200)
}

test('Enter on a picture enlarges it; arrows step through the others, and Escape leads back to the one shown last', async ({
  reader,
  feeds,
}) => {
  await read(reader, feeds)
  const { page } = reader
  await reader.text.getByRole('img', { name: 'Hills' }).focus()
  await page.keyboard.press('Enter')
  const shown = page.getByRole('dialog', { name: 'Picture' })
  await expect(shown.getByRole('img')).toHaveAccessibleName('Hills')
  await expect(shown).toHaveAccessibleDescription('The first hill.')
  await expect(shown.getByText('1 of 2')).toBeVisible()
  await checkPage(page, 'a picture enlarged')

  await page.keyboard.press('ArrowRight')
  await expect(shown.getByRole('img')).toHaveAccessibleName('A field')
  await page.keyboard.press('ArrowRight')
  await expect(shown.getByText('2 of 2')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(shown).toHaveCount(0)
  await expect(reader.text.locator('a:focus')).toHaveAttribute('href', /noon/)
})

test('a picture is enlarged by keys and by the wheel, and moved', async ({ reader, feeds }) => {
  await read(reader, feeds)
  const { page } = reader
  await reader.text.getByRole('img', { name: 'Hills' }).click()
  const image = page.getByRole('dialog', { name: 'Picture' }).getByRole('img')
  const width = async () => (await image.boundingBox())?.width ?? 0
  await expect.poll(width).toBeGreaterThan(300)
  const fitted = await width()
  await page.keyboard.press('+')
  await expect.poll(width).toBeCloseTo(fitted * 1.5, 0)
  const left = async () => (await image.boundingBox())?.x ?? 0
  const before = await left()
  await page.keyboard.press('ArrowRight')
  await expect.poll(left).toBeLessThan(before)
  await page.keyboard.press('0')
  await expect.poll(width).toBeCloseTo(fitted, 0)
  // Around the pointer: near the left edge, that edge hardly moves.
  const edge = await left()
  await image.hover({ position: { x: 20, y: 200 } })
  await page.mouse.wheel(0, -600)
  await expect.poll(width).toBeGreaterThan(fitted * 1.5)
  expect(Math.abs((await left()) - edge)).toBeLessThan(60)
})

test('a picture is saved under the name that its publisher gave it', async ({ reader, feeds }) => {
  await read(reader, feeds)
  const { page } = reader
  await reader.text.getByRole('img', { name: 'Hills' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the picture' }).click()
  expect((await download).suggestedFilename()).toBe('dawn.png')
})

test('a link around a picture wins, unless it leads to the picture; what is small already is not enlarged', async ({
  reader,
  feeds,
}) => {
  await read(reader, feeds)
  const { page } = reader
  const opened: string[] = []
  await page.context().route(/elsewhere/, route => {
    opened.push(route.request().url())
    return route.fulfill({ status: 200, contentType: 'text/plain', body: 'elsewhere' })
  })
  const dialog = page.getByRole('dialog', { name: 'Picture' })
  await reader.text.getByRole('img', { name: 'Icon' }).click()
  await reader.text.getByRole('img', { name: 'The shop' }).click()
  await expect.poll(() => opened).toEqual(['https://elsewhere.example/shop'])
  await expect(dialog).toHaveCount(0)
  await page.bringToFront()
  await reader.text.getByRole('img', { name: 'A field' }).click()
  await expect(dialog).toBeVisible()
})
