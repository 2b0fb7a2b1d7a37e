import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowsByIds } from '../../src-main/store/articles/headlines.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { packArticles } from '../../src-main/store/articles/pack.ts'
import { pack, unpack } from '../../src-main/store/db/compressed-html.ts'
import { searchArticles } from '../../src-main/store/search/search.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../support/articles.ts'

test('what is packed comes out as it went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      expect(unpack(pack(text))).toBe(text)
    }),
  )
})

const articles = [
  makeArticle({ html: '<p>One</p>' }),
  makeArticle({ title: 'Two', text: 'Zwei “2” 二', html: '<p>Zwei “2” 二</p>' }),
]

test('a worker packs the articles of a new feed into one buffer', () => {
  const [first, second] = packArticles(articles, true).map(({ html }) => html as Uint8Array)
  expect(first?.buffer).toBe(second?.buffer)
  expect([first, second].map(html => unpack(html!))).toEqual(['<p>One</p>', '<p>Zwei “2” 二</p>'])
})

test('the text a worker made ready is found as any other', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  const texts = ['Ein Fährschiff legt ab', 'フェリーが出港する', 'the cafe\u0301 by the harbour', 'plain words']
  const made = texts.map((text, index) => makeArticle({ title: `Number ${index}`, text, html: `<p>${text}</p>` }))
  storeArticles(store.db, feedId, packArticles(made, true), someNoon)
  const found = (query: string) => {
    const ids = searchArticles(store.db, query).map(({ id }) => id)
    return rowsByIds(store.db, ids).map(({ title }) => title)
  }
  expect(found('fahrschiff')).toEqual(['Number 0'])
  expect(found('出港')).toEqual(['Number 1'])
  expect(found('"café by"')).toEqual(['Number 2'])
  expect(found('plain')).toEqual(['Number 3'])
})

test('whoever packs and hashes an article, it is the same article', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  expect(storeArticles(store.db, feedId, packArticles(articles, true), someNoon).newIds).toHaveLength(2)
  for (const again of [articles, packArticles(articles, false), packArticles(articles, true)]) {
    expect(storeArticles(store.db, feedId, again, someNoon)).toEqual({ newIds: [], editedIds: [] })
  }
})
