/** Several articles saved as one EPUB: its first page, its contents by source, and pictures that are there once. */
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { colourOf, plainPng } from '../support/pictures.ts'
import { bytesOf } from '../support/resources.ts'
import { elementsIn } from '../support/xml.ts'

const day = 86_400_000
const png = plainPng(64, 36, colourOf('harbour'))

/** Two feeds; `ids` are those of Tides and Moons of the Gazette, and Kelp of the Courier. */
function library(): TestEngine & { ids: [number, number, number]; asked: string[] } {
  const asked: string[] = []
  const engine = makeEngine({
    intake: {
      media: async ({ url }) => {
        asked.push(url)
        return { status: 200, type: 'image/png', maxAgeSeconds: 0, bytes: png }
      },
    },
  })
  const store = (feed: number, title: string, publishedAt: number) => {
    const image = `https://pictures.example/${title === 'Moons' ? 'other' : 'harbour'}.png`
    const article = makeArticle({
      title,
      url: `https://gazette.example/${title}`,
      html: `<p>${title} & so on.</p><p><img src="${image}" alt="Harbour"></p>`,
      media: [image],
      publishedAt,
    })
    return storeArticles(engine.db, feed, [article], someNoon).newIds[0]!
  }
  const gazette = addFeed(engine.db, 'https://gazette.example/feed')
  const courier = addFeed(engine.db, 'https://courier.example/feed', { title: 'Courier & <Sons>' })
  const tides = store(gazette, 'Tides', someNoon - 2 * day)
  const kelp = store(courier, 'Kelp', someNoon - day)
  return Object.assign(engine, {
    ids: [tides, store(gazette, 'Moons', someNoon), kelp] as [number, number, number],
    asked,
  })
}

async function saved(engine: TestEngine, articleIds: number[], title = 'Sea: a “reader”') {
  const made = await engine.connect().exportBook({ title, articleIds })
  const bytes = bytesOf(await engine.resource(made.path))
  expect(bytes.length).toBe(made.bytes)
  return { ...made, files: unzipSync(bytes) }
}

const text = (file: Uint8Array | undefined) => new TextDecoder().decode(file)
const wordsOf = (file: Uint8Array | undefined, name: string) =>
  elementsIn(text(file))
    .filter(element => element.name === name)
    .map(element => element.text.trim())

test('a book has a first page, and its contents stand by source, in the order of its chapters', async () => {
  await using engine = library()
  const [tides, moons, kelp] = engine.ids
  const { files, name, articles, missingPictures } = await saved(engine, [moons, kelp, tides])
  expect({ name, articles, missingPictures }).toEqual({ name: 'sea-a-reader.epub', articles: 3, missingPictures: 0 })
  expect(wordsOf(files['EPUB/title.xhtml'], 'h1')).toEqual(['Sea: a “reader”'])
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)
  expect(wordsOf(files['EPUB/title.xhtml'], 'p').slice(0, 2)).toEqual([
    '3 articles of 2 sources',
    `${dayOf(someNoon - 2 * day)} – ${dayOf(someNoon)}`,
  ])
  const nav = elementsIn(text(files['EPUB/nav.xhtml']))
  expect(nav.filter(({ name }) => name === 'span').map(({ text }) => text)).toEqual(['The Gazette', 'Courier & <Sons>'])
  const listed = nav.filter(({ name }) => name === 'a')
  expect(listed.map(({ text }) => text)).toEqual(['Moons', 'Tides', 'Kelp'])
  const read = elementsIn(text(files['EPUB/package.opf'])).filter(({ name }) => name === 'itemref')
  expect(read.map(({ attributes }) => `${attributes.idref}.xhtml`)).toEqual([
    'title.xhtml',
    ...listed.map(({ attributes }) => attributes.href),
  ])
  expect(wordsOf(files['EPUB/article-3.xhtml'], 'h1')).toEqual(['Kelp'])
  expect(wordsOf(files['EPUB/article-3.xhtml'], 'bdi')).toContain('Courier & <Sons>')
  expect(wordsOf(files['EPUB/article-3.xhtml'], 'a')).toEqual(['https://gazette.example/Kelp'])
})

test('a picture that several articles show is asked for once, and is in the book once', async () => {
  await using engine = library()
  const [tides, moons, kelp] = engine.ids
  const { files } = await saved(engine, [tides, moons, kelp])
  expect(engine.asked.sort()).toEqual(['https://pictures.example/harbour.png', 'https://pictures.example/other.png'])
  expect(Object.keys(files).filter(name => name.includes('pictures/'))).toEqual(['EPUB/pictures/1.png'])
})

test('pictures of feeds whose pictures are not loaded are not asked for', async () => {
  await using engine = library()
  await engine.connect().changeSettings({ pictures: 'ask' })
  const { missingPictures } = await saved(engine, [...engine.ids])
  expect({ asked: engine.asked, missingPictures }).toEqual({ asked: [], missingPictures: 0 })
})

test('what is gone is left out, and nothing at all is no book', async () => {
  await using engine = library()
  const [tides] = engine.ids
  const { articles, files } = await saved(engine, [999_999, tides])
  expect(articles).toBe(1)
  // One article needs no page before it.
  expect(Object.keys(files)).not.toContain('EPUB/title.xhtml')
  const client = engine.connect()
  await expect(client.exportBook({ title: 'None', articleIds: [999_999] })).rejects.toThrow(/none of these articles/)
  await expect(client.exportBook({ title: 'Many', articleIds: Array(201).fill(tides) })).rejects.toThrow()
})
