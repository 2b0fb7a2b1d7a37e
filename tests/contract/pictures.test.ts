/** What a window is told of the pictures, films and sounds of an article, whenever it was stored. */
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { articleById } from '../../src-main/store/articles/article.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setSaved } from '../../src-main/store/articles/read-state.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { bytesOf } from '../support/resources.ts'

const host = 'https://gazette.example'

/** Stores an article as any Broadsheet has stored it, and answers its id. */
function stored(engine: TestEngine, part: Parameters<typeof makeArticle>[0]): number {
  const feedId = addFeed(engine.db, `${host}/feed`)
  return storeArticles(engine.db, feedId, [makeArticle(part)], someNoon).newIds[0]!
}

const illustrated = {
  title: '',
  text: '',
  html: '',
  image: `${host}/a.jpg`,
  enclosures: [{ url: `${host}/a.jpg`, type: 'image/jpeg', length: null }],
}

test('the picture beside the text is a part of what is shown, and not of what is stored', async () => {
  await using engine = makeEngine()
  const id = stored(engine, { ...illustrated, title: 'Boats', html: '<p>Words.</p>' })
  const article = await engine.connect().article({ id })
  expect(article?.html).toMatch(
    /^<figure><img src="https:\/\/gazette\.example\/a\.jpg"[^>]*><\/figure><p>Words\.<\/p>$/,
  )
  expect(article?.shownEnclosures).toEqual([`${host}/a.jpg`])
  expect(Object.keys(article?.media ?? {})).toEqual([`${host}/a.jpg`])
  expect(articleById(engine.db, id)?.html).toBe('<p>Words.</p>')
})

test('an article without a title says whether it is a picture', async () => {
  await using engine = makeEngine()
  const id = stored(engine, illustrated)
  const client = engine.connect()
  await client.changeSettings({ pictures: 'never' })
  const { rows } = await client.headlines({ view: { kind: 'all' }, limit: 10 })
  expect(rows[0]).toMatchObject({ id, title: '', isPicture: true, imageUrl: null })
})

test('with pictures switched off no address of one is told, and films and sounds can still be played', async () => {
  await using engine = makeEngine()
  const files = [
    { url: `${host}/play?id=5`, type: 'mp3', length: null },
    { url: `${host}/v.mp4`, type: 'video/mp4', length: null },
    { url: `${host}/a.pdf`, type: 'application/pdf', length: null },
  ]
  const id = stored(engine, { ...illustrated, enclosures: [...illustrated.enclosures, ...files] })
  const client = engine.connect()
  await client.changeSettings({ pictures: 'never' })
  expect(Object.keys((await client.article({ id }))?.media ?? {})).toEqual([`${host}/play?id=5`, `${host}/v.mp4`])
})

test('an exported page shows the picture, too, and the article that comes back from the export is the same', async () => {
  await using engine = makeEngine()
  const id = stored(engine, { ...illustrated, title: 'Boats', html: '<p>Words.</p>' })
  setSaved(engine.db, [id], true, someNoon)
  const { path } = await engine.connect().exportEverything({})
  const files = unzipSync(bytesOf(await engine.resource(path)))
  expect(strFromU8(files['saved/0001-boats.html']!)).toContain('<figure><img src="https://gazette.example/a.jpg"')
  expect(JSON.parse(strFromU8(files['saved.json']!))[0].html).toBe('<p>Words.</p>')
})
