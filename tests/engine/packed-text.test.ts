import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReadyFeed } from '../../src-main/engine/feeds/parsed.ts'
import { storeArticles } from '../../src-main/engine/store/articles.ts'
import { pack, unpack } from '../../src-main/engine/store/packed-text.ts'
import { finishArticles } from '../../src-main/engine/work/finish.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'

test('what is packed comes out as it went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      expect(unpack(pack(text))).toBe(text)
      expect(unpack(deflateRawSync(text, { level: 1 }))).toBe(text)
    }),
  )
})

const feed: ReadyFeed = {
  format: 'rss',
  title: 'The Gazette',
  siteUrl: null,
  feedUrl: null,
  description: '',
  language: '',
  icon: null,
  ttlMinutes: null,
  skipHours: [],
  skipDays: [],
  articles: [makeArticle({ html: '<p>One</p>' }), makeArticle({ title: 'Two', html: '<p>Zwei “2”</p>' })],
}

test('a worker packs the articles of a new feed into one buffer', () => {
  const [first, second] = finishArticles(feed, true).articles.map(({ html }) => html as Uint8Array)
  expect(first?.buffer).toBe(second?.buffer)
  expect([first, second].map(html => unpack(html!))).toEqual(['<p>One</p>', '<p>Zwei “2”</p>'])
})

test('whoever packs and hashes an article, it is the same article', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  expect(storeArticles(store.db, feedId, finishArticles(feed, true).articles, someNoon).newIds).toHaveLength(2)
  for (const again of [feed, finishArticles(feed, false), finishArticles(feed, true)]) {
    expect(storeArticles(store.db, feedId, again.articles, someNoon)).toEqual({ newIds: [], editedIds: [] })
  }
})
