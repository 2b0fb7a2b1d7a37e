import { expect, test } from 'vitest'
import { readMemory } from '../../src-main/polling/poll-memory.ts'
import { linesOf } from '../../src-main/safety/journal/journal.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { savedArticles } from '../../src-main/store/articles/portable.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'

const ferry = makeArticle({ title: 'Ferry runs again', text: 'The ferry crossed the harbour.', categories: ['Sea'] })
const ink = makeArticle({ title: 'Ink', text: 'A ferry of ink.' })

/** Two saved articles; of the first the text can't be decoded. */
function damagedLibrary() {
  const engine = makeEngine()
  const feedId = addFeed(engine.db, 'https://gazette.example/feed')
  const [id] = storeArticles(engine.db, feedId, [ferry], someNoon).newIds
  storeArticles(engine.db, feedId, [ink], someNoon)
  engine.db.exec(
    "UPDATE articles SET is_saved = 1, saved_at = 1; UPDATE contents SET html = x'28b52ffd00ff' WHERE article_id = 1",
  )
  engine.db.prepare('UPDATE feeds SET poll_memory = ?').run(
    JSON.stringify({
      validators: { url: 'https://gazette.example/feed', etag: '"1"', lastModified: null },
      bodyHash: 'x',
      ttlMinutes: 30,
    }),
  )
  return { engine, feedId, id: id! }
}

test('an article whose text is damaged is opened with what is left of it, and says so', async () => {
  const { engine, id } = damagedLibrary()
  await using _ = engine
  const article = await engine.connect().article({ id })
  expect(article).toMatchObject({
    title: ferry.title,
    summary: ferry.summary,
    html: '',
    isDamaged: true,
    categories: ['Sea'],
  })
  expect((await engine.connect().article({ id: id + 1 }))!).toMatchObject({ html: ink.html, isDamaged: false })
})

test('its text comes back with the next refresh, which asks for the whole feed; what was saved and read stays', async () => {
  const { engine, feedId, id } = damagedLibrary()
  await using _ = engine
  const client = engine.connect()
  await client.markRead({ articleIds: [id], isRead: true })
  await client.article({ id })

  const memory = engine.db.prepare<[], string>('SELECT poll_memory FROM feeds').pluck().get() ?? null
  expect(readMemory(memory)).toMatchObject({ validators: null, bodyHash: null, ttlMinutes: 30 })
  expect(storeArticles(engine.db, feedId, [ferry], someNoon + 1)).toEqual({ newIds: [], editedIds: [id] })

  expect(await client.article({ id })).toMatchObject({
    html: ferry.html,
    isDamaged: false,
    isSaved: true,
    isRead: true,
  })
})

test('it takes nothing else with it: search, saving, the journal and exports have all the others', async () => {
  const { engine, id } = damagedLibrary()
  await using _ = engine
  const client = engine.connect()

  const { rows } = await client.headlines({ view: { kind: 'search', query: 'ferry' }, limit: 10 })
  expect(rows.map(row => row.title).toSorted()).toEqual([ferry.title, ink.title])
  await client.setSaved({ articleIds: [id], isSaved: false })
  await client.setSaved({ articleIds: [id], isSaved: true })
  const saved = [...linesOf(engine.db, {}, someNoon)].flatMap(line => (line.do === 'save' ? [line.article.title] : []))
  expect(saved).toEqual([ferry.title, ink.title])
  expect([...savedArticles(engine.db)].map(article => article.title).toSorted()).toEqual([ferry.title, ink.title])
  const exported = await client.exportEverything({})
  expect(exported.bytes).toBeGreaterThan(0)
})
