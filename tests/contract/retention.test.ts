import { expect, test } from 'vitest'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setRead } from '../../src-main/store/articles/read-state.ts'
import { addFeed, makeArticle, someNoon } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'
import { noLimits } from '../support/retention.ts'

test('a window is told how many articles would go, under rules that are only a draft', async () => {
  await using engine = makeEngine()
  const client = engine.connect()
  const feeds = ['a', 'b'].map(name => addFeed(engine.db, `https://${name}.example/feed`))
  for (const feed of feeds) {
    const document = Array.from({ length: 10 }, (_, n) => makeArticle({ title: `${feed} ${n}` }))
    setRead(engine.db, storeArticles(engine.db, feed, document, someNoon).newIds.slice(2), true)
  }
  const count = async (retention: object, feed?: object) =>
    (await client.previewRetention({ retention: { ...noLimits, ...retention }, ...(feed && { feed }) } as never))
      .wouldDelete

  expect(await count({})).toBe(0)
  expect(await count({ perFeed: 3 })).toBe(10)
  expect(await count({ perFeed: 3, includesUnread: true })).toBe(14)
  const own = { days: null, perFeed: 1, includesUnread: true }
  expect(await count({ perFeed: 3 }, { feedId: feeds[0], retention: own })).toBe(9)
  expect(await count({ perFeed: 3 }, { feedId: feeds[0], retention: null })).toBe(5)
  expect((await client.sources({})).counts.all).toBe(20)
})

test('the rule of a feed is told to every window, and taken away again', async () => {
  await using engine = makeEngine()
  const client = engine.connect()
  const feedId = addFeed(engine.db, 'https://a.example/feed')
  const rule = { days: 7, perFeed: null, includesUnread: false }
  const heard = new Promise(resolve => engine.connect().on('feed-changed', ({ feed }) => resolve(feed.retention)))
  await client.setFeedRetention({ feedId, retention: rule })
  expect(await heard).toEqual(rule)
  expect((await client.sources({})).feeds[0]).toMatchObject({ retention: rule })
  await client.setFeedRetention({ feedId, retention: null })
  expect((await client.sources({})).feeds[0]).toMatchObject({ retention: null })
  await expect(client.setFeedRetention({ feedId: 99, retention: null })).rejects.toMatchObject({ code: 'not-found' })
})
