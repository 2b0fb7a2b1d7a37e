/** What an article shows: pictures beside its text, players, cards of other sites, footnotes, the number of comments. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Page } from 'playwright/test'
import { checkPage } from '../support/axe.ts'
import { expect, reopen, test } from '../support/e2e.ts'
import type { FeedServer } from '../support/feed-server.ts'
import { colourOf, plainPng } from '../support/pictures.ts'
import { silence } from '../support/sounds.ts'
import type { ReaderWindow } from '../support/window.ts'

const names = [
  'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
  'xmlns:media="http://search.yahoo.com/mrss/"',
  'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"',
  'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"',
].join(' ')

/** Follows a feed of these items, newest first. `HOST` in them is the server. */
async function follow(reader: ReaderWindow, feeds: FeedServer, items: string[]): Promise<void> {
  const dated = items.map((item, index) => {
    const at = new Date(Date.UTC(2026, 2, 12, 12 - index)).toUTCString()
    return `<item><guid isPermaLink="false">${index}</guid><pubDate>${at}</pubDate>${item}</item>`
  })
  const body = `<rss version="2.0" ${names}><channel><title>Gallery</title>${dated.join('')}</channel></rss>`
  feeds.answer('/gallery.xml', (_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(body.replaceAll('HOST', feeds.url))
  })
  for (const path of ['/pic.png', '/pic-300x200.png', '/other.png']) {
    feeds.answer(path, (_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' }).end(plainPng(640, 360, colourOf(path)))
    })
  }
  await reader.follow(`${feeds.url}/gallery.xml`, 'Gallery')
}

function html(text: string): string {
  return `<description><![CDATA[${text}]]></description>`
}

/** The addresses of the pictures that are really drawn, by their last part. */
async function drawn(reader: ReaderWindow): Promise<string[]> {
  const addresses = await reader.text
    .locator('img')
    .evaluateAll((images: { naturalWidth: number; src: string }[]) =>
      images.filter(image => image.naturalWidth > 0).map(image => image.src),
    )
  return addresses.map(src => new URL(src).searchParams.get('u')?.split('/').at(-1) ?? '')
}

/** As much of a media element as is used here. */
type Player = { play(): Promise<void>; duration: number }

/** What the page opened elsewhere, since this was called. */
function opened(page: Page): string[] {
  const addresses: string[] = []
  void page.context().route(/example/, route => {
    addresses.push(route.request().url())
    return route.fulfill({ status: 200, contentType: 'text/plain', body: 'elsewhere' })
  })
  return addresses
}

test('a picture that the feed gives beside the text stands above it, once', async ({ reader, feeds }) => {
  const enclosure = '<enclosure url="HOST/pic.png" type="image/png" length="100"/>'
  await follow(reader, feeds, [
    `<title>Beside</title>${html('<p>Text.</p>')}${enclosure}`,
    `<title>Within</title>${html('<p>Text.</p><img src="HOST/pic-300x200.png">')}${enclosure}`,
    `<title>Both</title>${html('<p>Text.</p>')}${enclosure}<enclosure url="HOST/other.png" type="image/png"/>`,
    `<title>Thumbnail</title>${html('<p>Text.</p>')}<media:thumbnail url="HOST/pic.png"/>`,
  ])
  await reader.read('Beside')
  await expect.poll(() => drawn(reader)).toEqual(['pic.png'])
  await expect(reader.article.getByRole('list', { name: 'Attachments' })).toBeHidden()
  await reader.read('Within')
  await expect.poll(() => drawn(reader)).toEqual(['pic-300x200.png'])
  await expect(reader.article.getByRole('list', { name: 'Attachments' })).toBeHidden()
  await reader.read('Both')
  await expect.poll(() => drawn(reader)).toEqual(['pic.png', 'other.png'])
  await reader.read('Thumbnail')
  await expect.poll(() => drawn(reader)).toEqual(['pic.png'])
})

test('a picture without title and text has a name in the list and above it', async ({ reader, feeds }) => {
  await follow(reader, feeds, [
    '<media:content url="HOST/pic.png" medium="image" type="image/png"/>',
    '<link>https://paper.example/2</link>',
  ])
  await expect
    .poll(() => reader.titles())
    .toEqual([expect.stringMatching(/^Photo, .*2026$/), expect.stringMatching(/^Untitled, .*2026$/)])
  await reader.headline('Photo, ').click()
  await expect(reader.article.getByRole('heading', { level: 2, name: /^Photo, .*2026$/ })).toBeVisible()
  await expect.poll(() => drawn(reader)).toEqual(['pic.png'])
  await expect(reader.article).not.toContainText('only the headline')
})

test('with pictures switched off nothing is asked for, and words say why nothing is there', async ({
  reader,
  feeds,
}) => {
  await follow(reader, feeds, [
    '<media:content url="HOST/pic.png" medium="image" type="image/png"/>',
    `<title>Words</title>${html('<p>Text.</p>')}`,
  ])
  await reader.read('Words')
  await reader.page.keyboard.press(',')
  await reader.page.getByRole('tab', { name: 'Reading' }).click()
  await reader.page.getByRole('group', { name: 'Pictures' }).getByText('Never', { exact: true }).click()
  await expect(reader.page.getByRole('radio', { name: 'Never' })).toBeChecked()
  await reader.page.keyboard.press('Escape')
  const asked = feeds.requests.filter(({ path }) => path.includes('pic.png')).length
  await reader.headline('Photo').first().click()
  await expect(reader.article).toContainText('This is a picture, and pictures of this feed are not loaded.')
  await expect(reader.article.getByRole('link', { name: /pic\.png/ })).toBeVisible()
  expect(feeds.requests.filter(({ path }) => path.includes('pic.png')).length).toBe(asked)
})

test('films and sound have players, whatever their type says; what is not played is a card', async ({
  reader,
  feeds,
}) => {
  feeds.answer('/play', (_, response) => response.writeHead(200, { 'content-type': 'audio/wav' }).end(silence(2)))
  await follow(reader, feeds, [
    `<title>A film</title>${html('Words')}<enclosure url="HOST/v.mp4" type="video/mp4" length="100"/>`,
    `<title>An episode</title>${html('Words')}<enclosure url="HOST/play?id=5" type="mp3" length="100"/>`,
    `<title>A document</title>${html('Words')}<enclosure url="https://paper.example/a.pdf" type="application/pdf" length="2000000"/>`,
    `<title>A stream</title>${html('Words')}<enclosure url="https://paper.example/live.m3u8" type="application/x-mpegurl"/>`,
  ])
  await reader.read('A film')
  const film = reader.article.locator('video')
  await expect(film).toHaveAccessibleName('Watch: v.mp4')
  await checkPage(reader.page, 'a film')
  const filling = () => reader.page.evaluate('document.fullscreenElement?.localName')
  await film.press('f')
  await expect.poll(filling).toBe('video')
  await film.press('f')
  await expect.poll(filling).toBeUndefined()
  await film.evaluate((video: Player) => video.play().catch(() => undefined))
  await expect(reader.article.getByRole('status')).toContainText('no longer on its server')

  await reader.read('An episode')
  await reader.article.getByRole('button', { name: 'Play play' }).click()
  const player = reader.page.getByRole('region', { name: 'Player' })
  await expect(player.getByRole('slider', { name: 'Position' })).toHaveAttribute('aria-valuetext', /of 0:02$/)

  await reader.read('A document')
  await expect(reader.article.locator('video, audio')).toHaveCount(0)
  const addresses = opened(reader.page)
  await reader.article.getByRole('link', { name: /a\.pdf.*application\/pdf.*2 MB.*paper\.example/ }).click()
  await expect.poll(() => addresses).toEqual(['https://paper.example/a.pdf'])
  await reader.read('A stream')
  await expect(reader.article.locator('video, audio')).toHaveCount(0)
  await expect(reader.article.getByRole('link', { name: /live\.m3u8/ })).toBeVisible()
})

test('one film in three sizes is one player', async ({ reader, feeds }) => {
  const files = ['720', '1080', '480'].map(size => `<enclosure url="HOST/film-${size}p.mp4" type="video/mp4"/>`)
  await follow(reader, feeds, [`<title>A film</title>${html('Words')}${files.join('')}`])
  await reader.read('A film')
  await expect(reader.article.locator('video')).toHaveCount(1)
})

test('a frame of another site is a card that opens it outside', async ({ reader, feeds }) => {
  await follow(reader, feeds, [
    `<title>Frames</title>${html('<p>a</p><iframe src="https://widget.example/w" title="Our poll"></iframe>')}`,
  ])
  await reader.read('Frames')
  const addresses = opened(reader.page)
  await reader.text.getByRole('link', { name: 'Our poll, on widget.example; opens in the browser' }).click()
  await expect.poll(() => addresses).toEqual(['https://widget.example/w'])
  await expect(reader.text.getByRole('link')).toBeVisible()
})

test('the number of comments stands beside the link to them', async ({ reader, feeds }) => {
  const comments = '<comments>https://paper.example/talk</comments>'
  await follow(reader, feeds, [
    `<title>Talked about</title>${html('Words')}${comments}<slash:comments>12</slash:comments>`,
    `<title>Said once</title>${html('Words')}${comments}<slash:comments>1</slash:comments>`,
    `<title>Silent</title>${html('Words')}${comments}`,
  ])
  await reader.read('Talked about')
  await expect(reader.article.getByRole('link', { name: '12 comments' })).toHaveCount(2)
  await reader.read('Said once')
  await expect(reader.article.getByRole('link', { name: /1 comment\b/ })).toHaveCount(2)
  await reader.read('Silent')
  await expect(reader.article.getByRole('link', { name: 'Comments' })).toHaveCount(1)
})

const everything = [
  '<title>Everything</title><link>https://paper.example/1</link>',
  html('<p>Words.</p><iframe src="https://widget.example/w" title="Our poll"></iframe>'),
  '<enclosure url="HOST/pic.png" type="image/png"/><enclosure url="HOST/v.mp4" type="video/mp4"/>',
  '<enclosure url="HOST/a.mp3" type="audio/mpeg"/><enclosure url="HOST/a.pdf" type="application/pdf"/>',
  '<comments>https://paper.example/talk</comments><slash:comments>12</slash:comments>',
].join('')

for (const width of [900, 1600])
  test(`pictures, players and cards pass, ${width} px wide`, async ({ reader, feeds }) => {
    await reader.page.setViewportSize({ width, height: 900 })
    await follow(reader, feeds, [everything])
    await reader.headline('Everything').click()
    await expect.poll(() => drawn(reader)).toEqual(['pic.png'])
    await expect(
      reader.text.getByRole('link', { name: 'Our poll, on widget.example; opens in the browser' }),
    ).toBeVisible()
    await checkPage(reader.page, 'an article with everything')
  })

test('how a text runs, and what a cell spans, reaches the page', async ({ reader, feeds }) => {
  const table = '<table><tr><td colspan="2">wide</td></tr><tr><td>a</td><td>b</td></tr></table>'
  await follow(reader, feeds, [
    `<title>Shapes</title>${html(`<p dir="rtl" lang="he">שלום</p><ol start="7"><li>x</li></ol>${table}`)}`,
  ])
  await reader.read('Shapes')
  await expect(reader.text.getByText('שלום')).toHaveAttribute('dir', 'rtl')
  await expect(reader.text.getByRole('cell', { name: 'wide' })).toHaveAttribute('colspan', '2')
  await expect(reader.text.locator('ol')).toHaveAttribute('start', '7')
})

const notes = [
  '<p>Text<sup id="fnref:1"><a href="#fn:1">1</a></sup> and a <a href="https://paper.example/x">page</a>.</p>',
  ...Array.from({ length: 60 }, (_, index) => `<p>Paragraph ${index} of a long text.</p>`),
  '<ol><li id="fn:1"><p>The note. <a href="#fnref:1">back</a> <a href="https://paper.example/y">more</a></p></li></ol>',
].join('')

test('a footnote leads to its note and back, and nothing opens outside', async ({ reader, feeds }) => {
  await follow(reader, feeds, [`<title>Notes</title><link>https://paper.example/1</link>${html(notes)}`])
  await reader.page.emulateMedia({ reducedMotion: 'reduce' })
  await reader.read('Notes')
  const addresses = opened(reader.page)
  const pages = reader.page.context().pages().length
  const note = reader.text.getByText('The note.')
  const mark = reader.text.getByRole('link', { name: '1', exact: true })
  await expect(note).not.toBeInViewport()

  const way = reader.text.getByRole('button', { name: 'Go to the note' })
  await mark.click()
  await way.click()
  await expect(note).toBeInViewport()
  await expect(reader.text.locator('li:focus')).toContainText('The note.')
  // Tab goes on from the note.
  await reader.page.keyboard.press('Tab')
  await expect(reader.text.getByRole('link', { name: 'back' })).toBeFocused()
  await reader.page.keyboard.press('Enter')
  await expect(mark).toBeInViewport()

  await mark.focus()
  await reader.page.keyboard.press('Enter')
  await way.press('Enter')
  await expect(note).toBeInViewport()
  await reader.page.keyboard.press('Alt+ArrowLeft')
  await expect(mark).toBeInViewport()
  await expect(mark).toBeFocused()
  await mark.click({ button: 'middle' })
  expect(addresses).toEqual([])
  expect(reader.page.context().pages().length).toBe(pages)
})

/** The id of an article that is long in being drawn, as it is stored. */
function showing(dataDir: string): string {
  const db = new Database(join(dataDir, 'broadsheet.db'), { readonly: true })
  const sql = "SELECT value ->> 'undrawnId' FROM facts WHERE name = 'lastPlace'"
  const value = db.prepare<[], number | null>(sql).pluck().get()
  db.close()
  return String(value)
}

test('an article whose showing did not finish is not opened again by itself', async ({ reader, feeds, app }) => {
  await follow(reader, feeds, [`<title>Endless</title>${html('<p>Words</p>')}`])
  // A window that draws no frame, as one that is frozen.
  await reader.page.addInitScript('window.requestAnimationFrame = () => 0')
  await reopen(reader, app)
  await reader.read('Endless')
  await expect.poll(() => showing(app.dataDir)).toMatch(/^\d+$/)
  const fresh = await reader.page.context().browser()!.newPage()
  await reader.page.close()
  await fresh.goto(app.url())
  await expect(fresh.getByRole('status').filter({ hasText: '“Endless” was not reopened' })).toBeVisible()
  await expect(fresh.getByRole('region', { name: 'Article', exact: true })).toContainText('Choose a headline')
  await fresh.getByRole('button', { name: 'Open it' }).click()
  await expect(fresh.frameLocator('iframe[title="Article text"]').locator('body')).toContainText('Words')
  await fresh.close()
})
