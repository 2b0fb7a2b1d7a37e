import { describe, expect, test } from 'vitest'
import { rowsByIds } from '../../../src-main/store/articles/headlines.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { setRead, setSaved } from '../../../src-main/store/articles/read-state.ts'
import { setRemoved } from '../../../src-main/store/feeds/feeds.ts'
import { makeMarker, makePassage } from '../../../src-main/store/search/passages.ts'
import { searchArticles } from '../../../src-main/store/search/search.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../../support/articles.ts'

const day = 24 * 60 * 60 * 1_000

function makeLibrary() {
  const store = makeStore()
  const gazette = addFeed(store.db, 'https://gazette.example/feed', { title: 'The Gazette' })
  const kurier = addFeed(store.db, 'https://kurier.example/feed', { title: 'Abendkurier' })
  storeArticles(
    store.db,
    gazette,
    [
      makeArticle({ title: 'Ferry runs again', author: 'Ada Quill', text: 'The harbour ferry crossed at dawn.' }),
      makeArticle({
        title: 'Café opens',
        author: 'Otto Fenn',
        text: 'A naïve résumé of coffee prices.',
        categories: ['Food'],
      }),
      makeArticle({
        title: 'C++: a tour',
        text: 'Templates, "quotes" and NEAR misses.',
        publishedAt: someNoon - 40 * day,
      }),
      makeArticle({
        title: 'Harbour podcast',
        text: 'Listen to the harbour.',
        enclosures: [{ url: 'https://gazette.example/a.mp3', type: 'audio/mpeg', length: 1 }],
      }),
    ],
    someNoon,
  )
  storeArticles(
    store.db,
    kurier,
    [
      makeArticle({ title: '東京の新しい図書館', text: '図書館が開館した。', url: 'https://kurier.example/1' }),
      makeArticle({
        title: 'Straße gesperrt',
        text: 'Die Fähre fährt über den Hafen.',
        url: 'https://kurier.example/2',
        categories: ['Über Österreich'],
      }),
    ],
    someNoon,
  )
  setRead(store.db, idsOf(store.db, 'Ferry'), true)
  setSaved(store.db, idsOf(store.db, 'Café'), true, someNoon)
  return { store, gazette, kurier }
}

test.each([
  'Район',
  'ёлка',
  'Їжак',
  'Άλφα',
  'ペンギン',
  'हिन्दी',
  'বাংলা',
  'عَرَبِيّ',
  'שָׁלוֹם',
  'İstanbul',
  'Ångström',
  '가나다',
  'ภาษาไทย',
  'cafe\u0301',
  'и\u0306од',
])('what is written as %s is found as it is written, composed or not', word => {
  using store = makeStore()
  const feedId = addFeed(store.db, 'https://words.example/feed')
  storeArticles(store.db, feedId, [makeArticle({ title: `One ${word} two`, text: 'Other.' })], someNoon)
  for (const typed of [word, word.normalize('NFC'), word.normalize('NFD'), word.toLowerCase()]) {
    expect(searchArticles(store.db, typed).length, typed).toBe(1)
  }
})

describe('a search finds', () => {
  test.each([
    { name: 'a word of the title', query: 'ferry', found: ['Ferry runs again'] },
    { name: 'a word of the text, in any case', query: 'HARBOUR dawn', found: ['Ferry runs again'] },
    { name: 'the author', query: 'otto', found: ['Café opens'] },
    { name: 'the feed', query: 'abendkurier', found: ['Straße gesperrt', '東京の新しい図書館'] },
    { name: 'the beginning of the word being typed', query: 'coff', found: ['Café opens'] },
    { name: 'a word without its accents', query: 'cafe resume', found: ['Café opens'] },
    { name: 'a phrase', query: '"harbour ferry"', found: ['Ferry runs again'] },
    { name: 'no phrase in another order', query: '"ferry harbour"', found: [] },
    { name: 'words but not others', query: 'harbour -ferry', found: ['Harbour podcast'] },
    { name: 'words of scripts without spaces', query: '図書', found: ['東京の新しい図書館'] },
    { name: 'by feed', query: 'feed:kurier fähre', found: ['Straße gesperrt'] },
    { name: 'by author', query: 'author:fenn', found: ['Café opens'] },
    { name: 'by title only', query: 'title:harbour', found: ['Harbour podcast'] },
    { name: 'by category', query: 'tag:food', found: ['Café opens'] },
    { name: 'by a category with accents', query: 'tag:"Über Österreich"', found: ['Straße gesperrt'] },
    { name: 'what is saved', query: 'is:saved', found: ['Café opens'] },
    { name: 'what is read', query: 'is:read ferry', found: ['Ferry runs again'] },
    { name: 'what can be listened to', query: 'has:audio', found: ['Harbour podcast'] },
    { name: 'what is older', query: 'before:2026-10', found: ['C++: a tour'] },
    { name: 'nothing for nothing', query: '   ', found: [] },
    { name: 'text that looks like syntax', query: '"quotes" NEAR misses', found: ['C++: a tour'] },
  ])('$name', ({ query, found }) => {
    const { store } = makeLibrary()
    using _ = store
    const hits = rowsByIds(
      store.db,
      searchArticles(store.db, query).map(hit => hit.id),
    )
    expect(hits.map(row => row.title).sort()).toEqual(found.toSorted())
  })
})

test.each([
  '"',
  '*',
  'a AND',
  'NOT',
  '^x',
  'title:',
  '-',
  '-"',
  'x:y:z',
  '(((',
  '{title}',
  "'; DROP TABLE articles; --",
])('typing %s is no error', query => {
  const { store } = makeLibrary()
  using _ = store
  expect(() => searchArticles(store.db, query)).not.toThrow()
})

test('what was unsubscribed is found only where it was saved', () => {
  const { store, gazette } = makeLibrary()
  using _ = store
  setRemoved(store.db, [gazette], someNoon)
  expect(searchArticles(store.db, 'ferry')).toEqual([])
  expect(searchArticles(store.db, 'coffee')).toHaveLength(1)
})

describe('what matched is marked', () => {
  test('in a title, folded as the index folds', () => {
    expect(makeMarker('cafe ope')('The Café opens')).toEqual([
      { text: 'The ', isMatch: false },
      { text: 'Café', isMatch: true },
      { text: ' ', isMatch: false },
      { text: 'opens', isMatch: true },
    ])
  })

  test('in the passage around the first match, as text and never as markup', () => {
    const html = `<p>${'Long ago. '.repeat(60)}</p><p>The &lt;b&gt;ferry&lt;/b&gt; &amp; the <em>harbour</em>.</p>`
    const passage = makePassage('ferry')(html)
    expect(passage.find(segment => segment.isMatch)).toEqual({ text: 'ferry', isMatch: true })
    expect(passage.map(segment => segment.text).join('')).toMatch(/^… .*The <b>ferry<\/b> & the harbour\.$/)
  })
})

function idsOf(db: Parameters<typeof rowsByIds>[0], title: string): number[] {
  return db.prepare<[string], number>('SELECT id FROM articles WHERE title LIKE ?').pluck().all(`${title}%`)
}

test('an index whose making was taken back with its transaction is made again', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  const storeAndTakeBack = store.db.transaction(() => {
    storeArticles(store.db, feedId, [makeArticle()], someNoon)
    throw new Error('taken back')
  })
  expect(storeAndTakeBack).toThrow('taken back')
  storeArticles(store.db, feedId, [makeArticle()], someNoon)
  expect(searchArticles(store.db, 'ferry')).toHaveLength(1)
})
