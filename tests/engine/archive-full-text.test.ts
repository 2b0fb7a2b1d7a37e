/** Full texts in exported archives. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { storeFullText } from '../../src-main/store/articles/full-text.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setSaved } from '../../src-main/store/articles/read-state.ts'
import { fullTextOf } from '../../src-main/store/full-texts/full-texts.ts'
import { searchArticles } from '../../src-main/store/search/search.ts'
import { addFeed, makeArticle, savedIds, someNoon, somePageText } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { bytesOf } from '../support/resources.ts'

/** A library with one saved article, whose page was fetched. `isShown`: which text the reader chose. */
function library(isShown: boolean | null) {
  const engine = makeEngine()
  const feedId = addFeed(engine.db, 'https://gazette.example/feed')
  const { newIds } = storeArticles(engine.db, feedId, [makeArticle({ text: 'The ferry crossed.' })], someNoon)
  setSaved(engine.db, newIds, true, someNoon)
  storeFullText(engine.db, newIds[0]!, somePageText(), isShown)
  return Object.assign(engine, { feedId })
}

async function archiveOf(engine: TestEngine): Promise<Record<string, Uint8Array>> {
  const { path } = await engine.connect().exportEverything({})
  return unzipSync(bytesOf(await engine.resource(path)))
}

const takeIn = (engine: TestEngine, files: Record<string, Uint8Array>) =>
  engine.connect().importEverything({ archive: Buffer.from(zipSync(files)).toString('base64') })

async function pageOf(engine: TestEngine): Promise<string> {
  const files = await archiveOf(engine)
  return strFromU8(files[Object.keys(files).find(name => name.startsWith('saved/'))!]!)
}

test('the page of a saved article has the text that the reader chose', async () => {
  for (const { isShown, words, others } of [
    { isShown: true, words: 'the lighthouse', others: 'The ferry crossed' },
    { isShown: false, words: 'The ferry crossed', others: 'the lighthouse' },
    { isShown: null, words: 'The ferry crossed', others: 'the lighthouse' },
  ]) {
    await using engine = library(isShown)
    const page = await pageOf(engine)
    expect(page).toContain(words)
    expect(page).not.toContain(others)
  }
})

test('where nothing was chosen, the page has the text that is set for the feed', async () => {
  await using engine = library(null)
  const of = { kind: 'feeds' as const, feedIds: [engine.feedId] }
  await engine.connect().setReading({ of, reading: { fullText: 'always' } })
  expect(await pageOf(engine)).toContain('the lighthouse')
})

test('taken in elsewhere, both texts are there, are found, and the same is shown', async () => {
  await using engine = library(true)
  await using other = makeEngine()
  await takeIn(other, await archiveOf(engine))
  const [id = 0] = savedIds(other.db)
  expect(fullTextOf(other.db, id)).toEqual({ kind: 'text', isShown: true, ...somePageText() })
  expect(searchArticles(other.db, 'ferry lighthouse').map(hit => hit.id)).toEqual([id])
})

test('nothing of a full text in an archive can run', async () => {
  await using engine = library(true)
  await using other = makeEngine()
  const files = await archiveOf(engine)
  const saved = strFromU8(files['saved.json']!).replace(
    'All that',
    '<script>x()</script><img src=x onerror=x()>All that',
  )
  await takeIn(other, { ...files, 'saved.json': strToU8(saved) })
  const text = fullTextOf(other.db, savedIds(other.db)[0]!)
  expect(text).toMatchObject({ kind: 'text', html: expect.stringContaining('All that the page says') })
  expect(JSON.stringify(text)).not.toMatch(/script|onerror/)
})
