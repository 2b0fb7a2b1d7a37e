/** The pictures of a digest: in the window and in files, of those articles alone whose feeds let their pictures load. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { prepareDigest } from '../../src-main/feeds/prepare/digest.ts'
import type { MediaRequest } from '../../src-main/intake/media/media.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { addFeed, makeArticle } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { openEpub } from '../support/epub.ts'
import { colourOf, plainPng } from '../support/pictures.ts'
import { bytesOf } from '../support/resources.ts'
import { elementsIn } from '../support/xml.ts'

const hour = 3_600_000
const friday = new Date(2026, 10, 27, 12).getTime()
const saturday = friday + 19.5 * hour

let now = friday
let engine: TestEngine
let client: EngineClient
let folder: string
/** What the intake was asked for, in this order. */
let asked: MediaRequest[]
/** What servers have, by the names of the files; a boat is 64 by 36 px. */
let served: Record<string, Uint8Array>
beforeEach(async () => {
  now = friday
  asked = []
  served = { 'boat.png': plainPng(64, 36, colourOf('boat')), 'bridge.png': plainPng(64, 36, colourOf('bridge')) }
  folder = mkdtempSync(join(tmpdir(), 'broadsheet-digest-'))
  engine = makeEngine({
    now: () => now,
    intake: {
      async media(request) {
        asked.push(request)
        const bytes = served[request.url.split('/').at(-1) ?? '']
        return { status: bytes ? 200 : 404, type: 'image/png', maxAgeSeconds: 0, bytes: bytes ?? new Uint8Array() }
      },
    },
  })
  client = engine.connect()
  await client.followDigest({})
  now = saturday
})
afterEach(async () => {
  await engine[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

type Report = { image?: string | null; of?: string; isPrivate?: boolean; publishedAt?: number }

/** One article of a feed, with a picture on the feed's host; answers the ids of both. */
function report(title: string, { image, of = 'gazette.example', isPrivate = false, ...more }: Report = {}) {
  const feedId = addFeed(engine.db, `https://${of}/feed`, { title: of })
  if (isPrivate) engine.db.prepare('UPDATE feeds SET private_host = ? WHERE id = ?').run(of, feedId)
  const article = makeArticle({
    title,
    url: `https://${of}/${title.toLowerCase()}`,
    image: image === undefined ? `https://${of}/boat.png` : image,
    publishedAt: now - hour,
    ...more,
  })
  return { feedId, articleId: storeArticles(engine.db, feedId, [article], now - 1_000).newIds[0]! }
}

/** The one that is made now, as a window shows it. */
async function digest() {
  expect(await engine.makeDueDigest()).toBe(true)
  return shown()
}

async function digestFeed(): Promise<number> {
  return (await client.sources({})).feeds.find(({ kind }) => kind === 'digest')!.id
}

async function digestRow() {
  const view = { kind: 'feed' as const, feedId: await digestFeed() }
  return (await client.headlines({ view, limit: 1 })).rows[0]!
}

async function shown() {
  return (await client.article({ id: (await digestRow()).id }))!
}

/** The headlines, each with the address of the picture below it. */
function headlinesIn(html: string): [string, string | null][] {
  const items = html.matchAll(/<h3[^>]*>(?:<a[^>]*>)?([^<]*).*?<\/h3>\s*(?:<figure[^>]*><img src="([^"]*)")?/gs)
  return [...items].map(([, title, picture]) => [title!, picture ?? null])
}

async function exported(format: 'html' | 'epub'): Promise<Buffer> {
  const made = await client.exportDigest({ since: friday, format })
  return Buffer.from(bytesOf(await engine.resource(made.path)))
}

const picturesIn = (page: string) =>
  [...page.matchAll(/<img src="data:image\/png;base64,([^"]*)"/g)].map(([, bytes]) => bytes)
const inBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

test('each headline has the picture of its article below it, which loads by the rights of the article’s feed', async () => {
  report('Ferry')
  report('Bridge', { of: 'nas.home:8080', isPrivate: true, image: 'https://nas.home:8080/bridge.png' })
  report('Lamp', { of: 'lamp.example', image: null })
  const { html, media } = await digest()
  expect(new Map(headlinesIn(html))).toEqual(
    new Map([
      ['Ferry', 'https://gazette.example/boat.png'],
      ['Bridge', 'https://nas.home:8080/bridge.png'],
      ['Lamp', null],
    ]),
  )
  // Nothing was asked for: that is the window's, once a picture comes near.
  expect(asked).toEqual([])
  for (const path of Object.values(media)) expect(await engine.resource(path)).toMatchObject({ status: 200 })
  expect(new Map(asked.map(({ url, privateHost }) => [url, privateHost]))).toEqual(
    new Map([
      ['https://gazette.example/boat.png', null],
      ['https://nas.home:8080/bridge.png', 'nas.home:8080'],
    ]),
  )
})

test.each(['ask', 'never'] as const)(
  'a feed whose pictures are at ‘%s’ shows none, in no digest and in no file',
  async pictures => {
    const quiet = report('Ferry')
    report('Bridge', { of: 'bridge.example', image: 'https://bridge.example/bridge.png' })
    await digest()
    // Set later: what holds is what is set now.
    await client.setReading({ of: { kind: 'feeds', feedIds: [quiet.feedId] }, reading: { pictures } })
    const { html, media } = await shown()
    expect(new Map(headlinesIn(html))).toEqual(
      new Map([
        ['Ferry', null],
        ['Bridge', 'https://bridge.example/bridge.png'],
      ]),
    )
    expect(Object.keys(media)).toEqual(['https://bridge.example/bridge.png'])

    await client.changeSettings({ digestFolder: folder })
    await engine.writeDigestFile()
    const pages = [readFileSync(join(folder, 'Digest 2026-11-28.html')), await exported('html')]
    for (const page of pages) expect(picturesIn(page.toString())).toEqual([inBase64(served['bridge.png']!)])
    openEpub(await exported('epub'))
    expect(new Set(asked.map(({ url }) => url))).toEqual(new Set(['https://bridge.example/bridge.png']))
  },
)

test('what is set for the source ‘Digest’ holds for all of them', async () => {
  report('Ferry')
  await digest()
  const of = { kind: 'feeds' as const, feedIds: [await digestFeed()] }
  await client.setReading({ of, reading: { pictures: 'never' } })
  const { html, media } = await shown()
  expect(headlinesIn(html)).toEqual([['Ferry', null]])
  expect(media).toEqual({})
  // Where the reader is to be asked, the window asks; nobody is there to be asked for a file.
  await client.setReading({ of, reading: { pictures: 'ask' } })
  expect(Object.keys((await shown()).media)).toEqual(['https://gazette.example/boat.png'])
  expect(picturesIn((await exported('html')).toString())).toEqual([])
  expect(asked).toEqual([])
})

test('a logo that a feed has with each article is shown once, and icons and counters never', async () => {
  report('Ferry', { image: 'https://gazette.example/logo-2026-large.png' })
  report('Bridge', { image: 'https://gazette.example/logo-2026-large.png?size=2' })
  report('Lamp', { of: 'lamp.example', image: 'https://www.gravatar.com/avatar/0123' })
  const { html } = await digest()
  expect(headlinesIn(html).filter(([, picture]) => picture !== null)).toHaveLength(1)
})

test('an article that is not here any more has no picture, nor has one that only has its number', async () => {
  const { articleId } = report('Ferry')
  const other = report('Bridge', { of: 'bridge.example' })
  await digest()
  engine.db.prepare('UPDATE articles SET is_hidden = 1 WHERE id = ?').run(articleId)
  // As the article of that number of another database.
  engine.db.prepare('UPDATE articles SET first_seen_at = first_seen_at + 1 WHERE id = ?').run(other.articleId)
  const { html, media } = await shown()
  expect(new Map(headlinesIn(html))).toEqual(
    new Map([
      ['Ferry', null],
      ['Bridge', null],
    ]),
  )
  expect(media).toEqual({})
})

test('a headline that was changed since keeps its picture', async () => {
  const { articleId } = report('Ferry')
  await digest()
  engine.db.prepare("UPDATE articles SET title = 'Ferry, again', url = NULL WHERE id = ?").run(articleId)
  expect(headlinesIn((await shown()).html)).toEqual([['Ferry', 'https://gazette.example/boat.png']])
})

test('its row in the list has no picture, and it names no article by number', async () => {
  report('Ferry')
  const { html } = await digest()
  expect((await digestRow()).imageUrl).toBeNull()
  expect(html).not.toContain('data-article')
  expect((await exported('html')).toString()).not.toContain('data-article')
})

test('files have the pictures in them, and no gap where one can’t be had', async () => {
  report('Ferry')
  report('Bridge', { of: 'bridge.example', image: 'https://bridge.example/gone.png' })
  await digest()
  await client.changeSettings({ digestFolder: folder, digestFile: 'both' })
  await engine.writeDigestFile()
  const boat = inBase64(served['boat.png']!)
  for (const page of [readFileSync(join(folder, 'Digest 2026-11-28.html')), await exported('html')]) {
    expect(picturesIn(page.toString())).toEqual([boat])
    expect(page.toString().match(/<figure data-beside/g)).toHaveLength(1)
  }
  for (const book of [readFileSync(join(folder, 'Digest 2026-11-28.epub')), await exported('epub')]) {
    const { files } = openEpub(book)
    const elements = elementsIn(files['EPUB/article-1.xhtml']!)
    const images = elements.filter(({ name }) => name === 'img').map(({ attributes }) => attributes)
    expect(images).toEqual([{ src: 'pictures/1.png', alt: '', width: '240' }])
    expect(inBase64(Buffer.from(files['EPUB/pictures/1.png']!, 'latin1'))).toBe(boat)
    const figures = elements.filter(({ name }) => name === 'figure')
    expect(figures.map(({ attributes }) => Object.keys(attributes))).toEqual([['data-beside']])
  }
})

test('as ‘Save as EPUB’ of the window saves it, too', async () => {
  report('Ferry')
  const { id } = await digest()
  const made = await client.exportArticle({ articleId: id, format: 'epub' })
  const { files } = openEpub(bytesOf(await engine.resource(made.path)))
  expect(Object.keys(files)).toContain('EPUB/pictures/1.png')
})

test('where it can’t be told which headline is whose, none has a picture', () => {
  const written = { id: 'a', title: 'Digest', summary: '', html: '<h3>Ferry</h3><h3>Bridge</h3>' }
  const marked = (marks: string[]) => String(prepareDigest({ ...written, marks }).html).match(/data-article/g)?.length
  expect(marked(['1-5', '2-5'])).toBe(2)
  expect(marked(['1-5'])).toBeUndefined()
  expect(marked(['1-5', '2" onload="'])).toBeUndefined()
})

test('for a file that nobody waits for, no server is asked while polls are paused', async () => {
  report('Ferry')
  await digest()
  await client.changeSettings({ digestFolder: folder })
  await engine.writeDigestFile()
  await client.pausePolling({ until: 'in-an-hour' })
  await client.changeSettings({ digestFolder: mkdtempSync(join(folder, 'other-')) })
  await engine.writeDigestFile()
  await exported('html')
  expect(asked.map(({ fetches }) => fetches)).toEqual(['unless-waiting', 'never', undefined])
})

test('a file has five megabytes of pictures at most, and none that is larger than one', async () => {
  const large = (bytes: number) => Buffer.concat([plainPng(64, 36, colourOf('boat')), Buffer.alloc(bytes)])
  for (let at = 0; at < 8; at++) {
    report(`Ferry ${at}`, { of: `paper-${at}.example`, image: `https://paper-${at}.example/scene-${at}.png` })
    served[`scene-${at}.png`] = large(at === 0 ? 1_000_001 : 900_000 + at)
  }
  const sizes = picturesIn((await exported('html')).toString()).map(bytes => Buffer.from(bytes!, 'base64').length)
  expect(sizes).toHaveLength(5)
  expect(Math.max(...sizes)).toBeLessThan(1_000_000)
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(5_000_000)
})
