/** Words are found however they are typed, and marked where they stand; in stores of earlier programs too. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldText } from '../../../src-main/api/search/letters.ts'
import { storeArticles } from '../../../src-main/store/articles/ingest.ts'
import { packArticles } from '../../../src-main/store/articles/pack.ts'
import type { WriteDb } from '../../../src-main/store/db/open.ts'
import { makeMarker, makePassage } from '../../../src-main/store/search/passages.ts'
import { searchArticles } from '../../../src-main/store/search/search.ts'
import { addFeed, makeArticle, makeStore, someNoon } from '../../support/articles.ts'
import { earlierStore, openUpgraded } from '../../support/earlier-store.ts'

/** What stands in the article, what is typed, and what of it is marked. */
const pairs: [written: string, typed: string, marked?: string][] = [
  ['Αθήνα', 'Αθηνα'],
  ['ΑΘΗΝΑ', 'αθήνα'],
  ['ὁ λόγος', 'λογοσ', 'λόγος'],
  ['Ἀθῆναι', 'αθηναι'],
  ['Straße', 'Strasse'],
  ['STRASSE', 'straße'],
  ['STRAẞE', 'strasse'],
  ['Köln', 'Koln'],
  ['Łódź', 'Lodz'],
  ['København', 'Kobenhavn'],
  ['Đà Nẵng', '"da nang"'],
  ['Þórður', 'thordur'],
  ['Ærø', 'aero'],
  ['œuvre', 'oeuvre'],
  ['ısı', 'isi'],
  ['İstanbul', 'istanbul'],
  ['Ħamrun', 'hamrun'],
  ['Ǿrsted', 'orsted'],
  ['ёлка', 'елка'],
  ['елка', 'ёлка'],
  ['за\u0301мок', 'замок'],
  ['المُدَرِّسَة', 'المدرسه'],
  ['أحمد', 'احمد'],
  ['مـــرحبا', 'مرحبا'],
  ['ایران', 'ايران'],
  ['می\u200cخواهم', 'میخواهم'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['میخواهم', 'می\u200cخواهم'],
  ['שָׁלוֹם', 'שלום'],
  ['ＡＢＣ１２３', 'abc123'],
  ['ｶﾀｶﾅ', 'カタカナ'],
  ['ﬁlm oﬃce', 'film office', 'ﬁlm'],
  ['mc²', 'mc2'],
  ['H₂O', 'h2o'],
  ['۲۰۲۶', '2026'],
  ['Bundes\u00adkanzler', 'Bundeskanzler'],
  ['wind\u200benergie', 'windenergie'],
  ['co\u2060operate', 'cooperate'],
  ['क़लम', 'कलम'],
  ['हिन्दी', 'हिन्दी'],
  ['Qurʾān', 'quran'],
  ['Hawaiʻi', 'hawaii'],
  ['ﷺ', 'صلى', 'ﷺ'],
  ['𝐁𝐨𝐥𝐝', 'bold'],
]

function libraryOf(...articles: Parameters<typeof makeArticle>[0][]) {
  const store = makeStore()
  const feedId = addFeed(store.db, 'https://words.example/feed', { title: 'Feed' })
  const made = articles.map((article, index) => makeArticle({ title: `Article ${index}`, text: '.', ...article }))
  // As workers hand them over.
  storeArticles(store.db, feedId, packArticles(made, true), someNoon)
  return store
}

function titlesOf(db: WriteDb, query: string): string[] {
  const title = db.prepare<[number], string>('SELECT title FROM articles WHERE id = ?').pluck()
  return searchArticles(db, query).map(hit => title.get(hit.id)!)
}

test.each(pairs)('%s is found by %s, in the title and in the text', (written, typed) => {
  using store = libraryOf(
    { title: `One ${written} two` },
    { title: 'Other', text: `One ${written} two.` },
    { title: 'None' },
  )
  expect(titlesOf(store.db, typed).toSorted()).toEqual([`One ${written} two`, 'Other'].toSorted())
  expect(titlesOf(store.db, written)).toHaveLength(2)
})

test.each(pairs)('%s is marked where %s was sought', (written, typed, marked = written) => {
  const isWhole = !typed.includes(' ') || typed.startsWith('"')
  const segments = makeMarker(typed)(`One ${written} two`).filter(({ isMatch }) => isMatch)
  if (isWhole) expect(segments.map(({ text }) => text)).toEqual([marked])
  else expect(segments[0]?.text).toBe(marked)
})

test('the passage shows what was found folded, far down in the text', () => {
  const html = `<p>${'Lang ist es her. '.repeat(60)}Die <b>Stra\u00dfe</b> des Bundes&shy;kanzlers.</p>`
  for (const [typed, found] of [
    ['strasse', 'Straße'],
    ['bundeskanzlers', 'Bundes\u00adkanzlers'],
  ] as const) {
    expect(makePassage(typed)(html).filter(({ isMatch }) => isMatch)).toEqual([{ text: found, isMatch: true }])
  }
})

test.each([
  ['мой', 'мои'],
  ['ガ', 'カ'],
  ['ねこ', 'ネコ'],
  ['각', '가'],
  ['हिन्दी', 'हान्दा'],
  ['Apple™', 'appletm'],
])('%s is another word than %s', (written, typed) => {
  using store = libraryOf({ title: `One ${written} two` })
  expect(titlesOf(store.db, `${typed} `)).toEqual([])
})

test('the parts of a Persian word are found as two words', () => {
  using store = libraryOf({ title: 'نمی\u200cخواهم بروم' })
  expect(titlesOf(store.db, 'نمی خواهم')).toHaveLength(1)
  expect(titlesOf(store.db, '"خواهم بروم"')).toHaveLength(0)
  expect(titlesOf(store.db, '"نمیخواهم بروم"')).toHaveLength(1)
})

test('folding twice folds no further, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => {
      expect(foldText(foldText(text))).toBe(foldText(text))
    }),
    { numRuns: 2_000 },
  )
})

test('every letter is found as it is written', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, 'https://words.example/feed')
  const letters: string[] = []
  for (let code = 0xa1; code < 0x3000; code++) {
    const letter = String.fromCharCode(code)
    if (/[\p{L}\p{Nd}]/u.test(letter)) letters.push(letter)
  }
  storeArticles(
    store.db,
    feedId,
    [makeArticle({ title: 'All', text: letters.map(letter => `x${letter}x`).join(' ') })],
    someNoon,
  )
  const isFound = (some: string[]) =>
    searchArticles(store.db, some.map(letter => `"x${letter}x"`).join(' ')).length === 1
  const batches = Array.from({ length: Math.ceil(letters.length / 50) }, (_, at) =>
    letters.slice(at * 50, at * 50 + 50),
  )
  expect(batches.filter(batch => !isFound(batch)).flatMap(batch => batch.filter(letter => !isFound([letter])))).toEqual(
    [],
  )
})

describe('a category as its chip shows it', () => {
  const articles = [
    { title: 'Tagged', categories: ['Open Source', 'Straßenbau', 'C++'] },
    { title: 'Written', text: 'All about #opensource and open source, cars.' },
    { title: 'Neither' },
  ]
  test.each([
    ['#Open Source', ['Tagged', 'Written']],
    ['#OpenSource', ['Tagged', 'Written']],
    ['#open-source', ['Tagged', 'Written']],
    ['#"Open Source"', ['Tagged', 'Written']],
    ['#strassenbau', ['Tagged']],
    ['#C++', ['Tagged']],
    ['#Open Source title:tagged', ['Tagged']],
    ['#Open Source cars', ['Written']],
    ['#Open', ['Written']],
    ['-#Open', ['Neither', 'Tagged']],
    ['tag:"open source"', ['Tagged']],
    ['tag:opensource', ['Tagged']],
    ['tag:Strassenbau', ['Tagged']],
    ['-tag:"Open Source" is:unread', ['Neither', 'Written']],
  ])('%s finds %j', (query, found) => {
    using store = libraryOf(...articles)
    const titles = titlesOf(store.db, query.startsWith('-#') ? `${query} feed:feed` : query)
    expect(titles.toSorted()).toEqual(found)
  })
})

describe('a store that an earlier program made', () => {
  const queries: [query: string, title: string][] = [
    ['Strasse', 'Straße gesperrt'],
    ['Straße', 'Straße gesperrt'],
    ['#Straßenbau', 'Straße gesperrt'],
    ['tag:Straßenbau', 'Straße gesperrt'],
    ['Αθηνα', 'Αθήνα σήμερα'],
    ['Αθήνα', 'Αθήνα σήμερα'],
    ['Lodz', 'Łódź'],
    ['tag:"Open Source"', 'Łódź'],
    ['Bundeskanzler', 'Bundes\u00adkanzler'],
    ['елка', 'Ёлка и мой дом'],
    ['cafe angstrom', 'Café Ångström'],
    ['羽ペン', '羽ペンで書く'],
    ['ferry', 'Ferry over the harbour'],
    ['tag:boats', 'Ferry over the harbour'],
  ]

  test('finds what it found, all that this one finds, and what comes in', () => {
    using store = earlierStore('stores/index-unfolded')
    const db = openUpgraded(store.file)
    for (const [query, title] of queries) expect(titlesOf(db, query), query).toEqual([title])
    const articles = [makeArticle({ title: 'Große Straße', url: 'https://gazette.example/new', categories: ['Grüße'] })]
    storeArticles(db, 1, articles, someNoon)
    for (const query of ['Grosse', 'große', 'tag:grüße', 'tag:Grusse']) {
      expect(titlesOf(db, query), query).toEqual(['Große Straße'])
    }
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.close()
  })
})
