/** How far recordings were heard, and what follows, go along with an export of everything. */
import { strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { playbackOf, readQueue, settleListening } from '../../src-main/store/articles/playback.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { bytesOf } from '../support/resources.ts'

const feedUrl = 'https://radio.example/feed'
const urlOf = (n: number) => `https://radio.example/${n}.mp3`

/** Three episodes; the last one has no guid. */
function episodes() {
  return [1, 2, 3].map(n =>
    makeArticle({
      title: `Episode ${n}`,
      guid: n === 3 ? null : `tag:${n}`,
      canonicalUrl: `radio.example/${n}`,
      enclosures: [{ url: urlOf(n), type: 'audio/mpeg', length: 17 }],
    }),
  )
}

function store(engine: TestEngine): number[] {
  const feed = (engine.db.prepare('SELECT id FROM feeds WHERE url = ?').pluck().get(feedUrl) as number) ?? 0
  return storeArticles(engine.db, feed || addFeed(engine.db, feedUrl), episodes(), someNoon).newIds
}

async function exported(): Promise<Uint8Array> {
  await using engine = makeEngine()
  const client = engine.connect()
  const [first, second, third] = store(engine) as [number, number, number]
  await client.keepPlayback({ articleId: first, url: urlOf(1), position: 61.5, duration: 300, isPlayed: false })
  await client.keepPlayback({ articleId: third, url: urlOf(3), position: 0, duration: null, isPlayed: true })
  await client.keepQueue({
    episodes: [
      { articleId: third, url: urlOf(3) },
      { articleId: second, url: urlOf(2) },
    ],
  })
  const { path } = await client.exportEverything({})
  return bytesOf(await engine.resource(path))
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

/** What is kept of the three, by their places in the feed. */
function kept({ db }: TestEngine, ids: number[]) {
  return {
    heard: ids.map((articleId, at) => playbackOf(db, { articleId, url: urlOf(at + 1) })),
    queue: readQueue(db).map(({ articleId, url }) => [ids.indexOf(articleId) + 1, url]),
  }
}

const nothing = { position: 0, duration: null, isPlayed: false }
const all = {
  heard: [{ position: 61.5, duration: 300, isPlayed: false }, nothing, { ...nothing, isPlayed: true }],
  queue: [
    [3, urlOf(3)],
    [2, urlOf(2)],
  ],
}

test('where the articles are there, positions and queue are at once', async () => {
  await using engine = makeEngine()
  const ids = store(engine)
  await engine.connect().importEverything({ archive: base64(await exported()) })
  expect(kept(engine, ids)).toEqual(all)
})

test('where their feed brings them later, they are then', async () => {
  await using engine = makeEngine()
  await engine.connect().importEverything({ archive: base64(await exported()) })
  const ids = store(engine)
  settleListening(engine.db)
  expect(kept(engine, ids)).toEqual(all)
  // And not a second time, after the reader has emptied the queue.
  await engine.connect().keepQueue({ episodes: [] })
  settleListening(engine.db)
  expect(readQueue(engine.db)).toEqual([])
})

test('what was heard here later than there stays', async () => {
  const archive = base64(await exported())
  await using engine = makeEngine()
  const ids = store(engine)
  const heard = { position: 200, duration: 300, isPlayed: false }
  const later = Date.now() + 60_000
  engine.db
    .prepare(
      'INSERT INTO playback (article_id, url, position, duration, is_played, heard_at) VALUES (?, ?, 200, 300, 0, ?)',
    )
    .run(ids[0], urlOf(1), later)
  await engine.connect().importEverything({ archive })
  expect(playbackOf(engine.db, { articleId: ids[0]!, url: urlOf(1) })).toEqual(heard)
})

test.each([
  ['an export of an earlier version', undefined],
  [
    'nonsense',
    '{"heard":[{"feedUrl":7},{"feedUrl":"f","url":"javascript:x","position":1,"heardAt":"x"}],"queue":[null,{}]}',
  ],
  ['a list of nothing', '[]'],
])('%s brings none, and everything else', async (_, listening) => {
  const files = unzipSync(await exported())
  delete files['listening.json']
  if (listening !== undefined) files['listening.json'] = strToU8(listening)
  await using engine = makeEngine()
  const answer = await engine.connect().importEverything({ archive: base64(zipSync(files)) })
  expect(answer).toMatchObject({ kind: 'imported', feeds: 1 })
  const ids = store(engine)
  settleListening(engine.db)
  expect(kept(engine, ids)).toEqual({ heard: [nothing, nothing, nothing], queue: [] })
})
