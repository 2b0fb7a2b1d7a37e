import { describe, expect, test } from 'vitest'
import { setSaved } from '../../../src-main/store/articles/read-state.ts'
import { deleteArticles } from '../../../src-main/store/articles/tombstones.ts'
import { addFeed, makeStore, someNoon } from '../../support/articles.ts'
import { feedUrl, listed, onDay, publish, readAll, type Said } from '../../support/publisher.ts'

const hour = 60 * 60 * 1_000
const day = 24 * hour
const longText = 'The ferry crossed the harbour at dawn, with nobody on board but the crew. '.repeat(5)

/** Publishes one document after the other, a day apart; all is read in between. Answers the titles that come as new. */
function newTitles(...documents: Said[][]): string[] {
  using store = makeStore()
  const feedId = addFeed(store.db, feedUrl)
  const titles: string[] = []
  for (const [poll, document] of documents.entries()) {
    publish(store.db, feedId, document, someNoon + poll * day)
    const unread = listed(store.db).filter(({ isRead }) => !isRead)
    if (poll > 0) titles.push(...unread.map(({ title }) => title))
    readAll(store.db)
  }
  return titles
}

const article: Said = {
  id: 'tag:gazette.example,2026:1',
  title: 'Ferry runs again',
  link: 'https://gazette.example/2026/ferry',
  text: 'The ferry crossed the harbour at dawn.',
  publishedAt: onDay(1),
}

describe('an article is the one it was when its publisher', () => {
  test.each<{ name: string; was?: Said; is: Said }>([
    { name: 'changes nothing', is: article },
    { name: 'changes its guid', is: { ...article, id: 'urn:uuid:5a1b' } },
    {
      name: 'changes its guid and edits its text',
      is: { ...article, id: 'x', text: 'The ferry crossed the harbour at noon.' },
    },
    { name: 'changes its guid and its title', is: { ...article, id: 'x', title: 'Storm is over' } },
    { name: 'drops its guid', is: { ...article, id: null } },
    { name: 'gives it a guid', was: { ...article, id: null }, is: article },
    {
      name: 'goes to https',
      was: { ...article, link: 'http://gazette.example/2026/ferry', id: 'http://gazette.example/?p=1' },
      is: { ...article, id: 'https://gazette.example/?p=1', text: 'Edited, too.' },
    },
    {
      name: 'goes to https and has nothing but guids',
      was: { ...article, link: null, id: 'http://gazette.example/1' },
      is: { ...article, link: null, id: 'https://www.gazette.example/1' },
    },
    {
      name: 'moves to another domain',
      is: { ...article, id: 'https://new.example/?p=1', link: 'https://new.example/2026/ferry' },
    },
    {
      name: 'moves to another domain and edits it',
      is: {
        ...article,
        id: 'https://new.example/?p=1',
        link: 'https://new.example/2026/ferry',
        text: 'The ferry crossed the harbour at noon.',
      },
    },
    {
      name: 'moves to another domain and gives no dates',
      was: { ...article, publishedAt: null },
      is: { ...article, publishedAt: null, id: 'x', link: 'https://new.example/2026/ferry' },
    },
    {
      name: 'moves to another domain with other paths',
      is: { ...article, id: 'x', link: 'https://new.example/posts/17' },
    },
    {
      name: 'adds tracking to its link',
      was: { ...article, id: null },
      is: { ...article, id: null, link: 'https://gazette.example/2026/ferry?utm_source=rss&fbclid=1#xtor=RSS-1' },
    },
    {
      name: 'adds a fragment of chance to its link',
      was: { ...article, id: null, link: 'https://gazette.example/2026/ferry#a1' },
      is: { ...article, id: null, link: 'https://gazette.example/2026/ferry#b2' },
    },
    { name: 'writes a count into its title', is: { ...article, title: 'Ferry runs again (12 comments)' } },
    {
      name: 'rewrites title and text',
      is: { ...article, title: 'Live: all of today', text: 'Everything is otherwise now.' },
    },
    {
      name: 'rewrites it, dates it anew and keeps guid and link',
      is: { ...article, title: 'Live: all of today', text: 'Everything is otherwise.', publishedAt: onDay(9) },
    },
    { name: 'dates it anew', is: { ...article, publishedAt: onDay(9) } },
    { name: 'takes its date away', is: { ...article, publishedAt: null } },
    {
      name: 'gives the whole text later',
      was: { ...article, text: 'The ferry crossed the harbour' },
      is: { ...article, text: longText, id: 'x' },
    },
    {
      name: 'has a headline only, and moves',
      was: { title: 'Ferry runs again', link: 'https://gazette.example/f' },
      is: { title: 'Ferry runs again', link: 'https://new.example/f' },
    },
    {
      name: 'has a headline only, and edits it',
      was: { title: 'Ferry runs again', link: 'https://gazette.example/f' },
      is: { title: 'Ferry runs again today', link: 'https://gazette.example/f' },
    },
    {
      name: 'gives no guid, no link and no title, and edits it',
      was: { text: 'Now 5 degrees, at 10:30, light rain from the west' },
      is: { text: 'Now 6 degrees, at 11:30, light rain from the west' },
    },
    {
      name: 'gives a link to the front page and nothing else',
      was: { link: 'https://gazette.example/' },
      is: { link: 'https://gazette.example/' },
    },
    { name: 'gives a date and nothing else', was: { publishedAt: onDay(1) }, is: { publishedAt: onDay(1) } },
    {
      name: 'puts a counter before its file',
      was: { title: 'Episode', file: 'https://cast.example/e/1.mp3', id: 'e1' },
      is: { title: 'Episode', file: 'https://counter.example/r/cast.example/e/1.mp3', id: 'e1' },
    },
    {
      name: 'signs the addresses of its pictures',
      was: { id: 'p', pictures: ['https://pics.example/1.jpg?sig=a'] },
      is: { id: 'p', pictures: ['https://pics.example/1.jpg?sig=b'] },
    },
  ])('$name', ({ was = article, is }) => {
    expect(newTitles([was], [is], [is])).toEqual([])
  })

  test('gives every article a new guid with each document', () => {
    const documents = [0, 1, 2, 3].map(poll =>
      [3, 2, 1].map(n => ({
        ...article,
        id: `${poll}-${n}`,
        title: `Story ${n}`,
        link: `https://gazette.example/${n}`,
        text: `What story ${n} says, ${poll}.`,
        publishedAt: onDay(n + poll * 3),
      })),
    )
    expect(newTitles(...documents)).toEqual([])
  })

  test('dates every article with the hour of the document', () => {
    const documents = [0, 1, 2].map(poll =>
      [3, 2, 1].map(n => ({
        title: `Story ${n}`,
        link: 'https://gazette.example/live',
        publishedAt: onDay(10 + poll),
      })),
    )
    expect(newTitles(...documents)).toEqual([])
  })
})

describe('an article is another one when its publisher', () => {
  test.each<{ name: string; was?: Said; is: Said }>([
    {
      name: 'links the same page again, a year on',
      was: { ...article, link: 'https://other.example/x' },
      is: {
        id: 'lb-2',
        link: 'https://other.example/x',
        title: 'X, a year on',
        text: 'Quite another comment.',
        publishedAt: onDay(20),
      },
    },
    {
      name: 'links the same page again and gives no guids',
      was: { ...article, id: null, link: 'https://other.example/x' },
      is: {
        link: 'https://other.example/x',
        title: 'X, a year on',
        text: 'Quite another comment.',
        publishedAt: onDay(20),
      },
    },
    {
      name: 'adds a version to the changelog',
      was: {
        title: 'Version 1',
        link: 'https://gazette.example/changes#v1',
        text: 'Version 1 adds things',
        publishedAt: onDay(1),
      },
      is: {
        title: 'Version 2',
        link: 'https://gazette.example/changes#v2',
        text: 'Version 2 adds things',
        publishedAt: onDay(2),
      },
    },
    {
      name: 'sends the same words every day',
      is: { ...article, id: '2', link: 'https://gazette.example/2', publishedAt: onDay(2) },
    },
    {
      name: 'sends the same words every day and no links',
      was: { ...article, link: null },
      is: { ...article, link: null, id: '2', publishedAt: onDay(2) },
    },
    {
      name: 'sends the same words every day, with one page for all',
      is: { ...article, id: '2', publishedAt: onDay(3) },
    },
    {
      name: 'sends the same long notes with every episode',
      was: { ...article, link: null, text: longText, file: 'https://cast.example/1.mp3' },
      is: {
        ...article,
        link: null,
        text: longText,
        file: 'https://cast.example/2.mp3',
        id: '2',
        publishedAt: onDay(2),
      },
    },
    {
      name: 'sends the same long notes, with one page for all',
      was: { ...article, text: longText, file: 'https://cast.example/1.mp3' },
      is: { ...article, text: longText, file: 'https://cast.example/2.mp3', id: '2', publishedAt: onDay(2) },
    },
    {
      name: 'sends the same words and no guids',
      was: { ...article, id: null, link: 'https://gazette.example/t/1' },
      is: { ...article, id: null, link: 'https://gazette.example/t/2', publishedAt: onDay(3) },
    },
    {
      name: 'sends the same words with the front page as link',
      was: { ...article, id: null, link: 'https://gazette.example/' },
      is: { ...article, id: null, link: 'https://gazette.example/', publishedAt: onDay(3) },
    },
    {
      name: 'gives all one guid',
      was: { ...article, id: 'x', link: null },
      is: {
        id: 'x',
        title: 'Storm over the north',
        text: 'It blew all night, and the trains stood still.',
        publishedAt: onDay(2),
      },
    },
    {
      name: 'gives a guid again',
      is: {
        ...article,
        title: 'Storm over the north',
        link: 'https://gazette.example/storm',
        text: 'It blew all night, and the trains stood still.',
        publishedAt: onDay(9),
      },
    },
    {
      name: 'changes a sign of the headline',
      was: { title: 'Price $5', id: '1', link: 'https://gazette.example/1', publishedAt: onDay(1) },
      is: { title: 'Price €5', id: '2', link: 'https://gazette.example/2', publishedAt: onDay(2) },
    },
    {
      name: 'changes a sign of the headline, and gives no more',
      was: { title: 'New release of C++' },
      is: { title: 'New release of C#' },
    },
    {
      name: 'puts up another picture',
      was: { id: '1', title: 'Picture of the day', pictures: ['https://pics.example/1.jpg'], publishedAt: onDay(1) },
      is: { id: '2', title: 'Picture of the day', pictures: ['https://pics.example/2.jpg'], publishedAt: onDay(2) },
    },
  ])('$name', ({ was = article, is }) => {
    using store = makeStore()
    const feedId = addFeed(store.db, feedUrl)
    publish(store.db, feedId, [was], someNoon)
    readAll(store.db)
    publish(store.db, feedId, [is], someNoon + day)
    expect(listed(store.db).map(({ isRead }) => isRead)).toEqual([true, false])
    // Both stay what they are when the publisher shows them together.
    readAll(store.db)
    publish(store.db, feedId, [is, was], someNoon + 2 * day)
    expect(listed(store.db).map(({ isRead }) => isRead)).toEqual([true, true])
  })

  test('sends the same words in each of three documents, two at a time', () => {
    const jobs = (...numbers: number[]) =>
      numbers.map(n => ({
        title: 'Backup finished',
        text: 'OK',
        id: `job${n}`,
        link: `https://gazette.example/job/${n}`,
        publishedAt: onDay(n),
      }))
    expect(newTitles(jobs(2, 1), jobs(4, 3, 2, 1), jobs(6, 5), jobs(8, 7, 6, 5))).toHaveLength(6)
  })
})

describe('an article that was deleted', () => {
  const others = [2, 3].map(n => ({
    ...article,
    id: `other${n}`,
    title: `Other ${n}`,
    link: `https://gazette.example/o/${n}`,
    text: `Words of ${n}.`,
  }))
  /** What comes back after a document: titles. */
  function cameBack(was: Said, is: Said): string[] {
    using store = makeStore()
    const feedId = addFeed(store.db, feedUrl)
    const { newIds } = publish(store.db, feedId, [was], someNoon)
    readAll(store.db)
    deleteArticles(store.db, newIds, true, someNoon)
    publish(store.db, feedId, [is, ...others], someNoon + day)
    return listed(store.db)
      .map(({ title }) => title)
      .filter(title => !title.startsWith('Other'))
  }

  test.each<{ name: string; is: Said }>([
    { name: 'is told again', is: article },
    { name: 'is told again with another guid', is: { ...article, id: 'x' } },
    { name: 'is told again at another address', is: { ...article, id: 'x', link: 'https://new.example/2026/ferry' } },
    { name: 'is edited', is: { ...article, text: 'The ferry crossed the harbour at noon.' } },
  ])('stays deleted when it $name', ({ is }) => expect(cameBack(article, is)).toEqual([]))

  test.each<{ name: string; is: Said }>([
    {
      name: 'its page is linked again',
      is: {
        id: 'lb',
        title: 'A second look',
        link: article.link,
        text: 'Another comment on it.',
        publishedAt: onDay(20),
      },
    },
    {
      name: 'its words are sent on another day',
      is: { ...article, id: '2', link: 'https://gazette.example/2', publishedAt: onDay(5) },
    },
  ])('does not hide what is new when $name', ({ is }) => expect(cameBack(article, is)).toEqual([is.title]))
})

test('what is saved stays saved, whatever becomes of its marks', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, feedUrl)
  const { newIds } = publish(store.db, feedId, [article], someNoon)
  setSaved(store.db, newIds, true, someNoon)
  const moved = { ...article, id: 'x', link: 'https://new.example/2026/ferry' }
  publish(
    store.db,
    feedId,
    [
      { ...moved, id: '2', title: 'Storm', link: 'https://new.example/storm', text: 'It blew.', publishedAt: onDay(2) },
      moved,
    ],
    someNoon + day,
  )
  expect(listed(store.db)).toMatchObject([
    { id: newIds[0], isSaved: true },
    { title: 'Storm', isSaved: false },
  ])
})

test('an item that may be an article which another item is more surely is new', () => {
  const price = (hour: number): Said => ({
    id: 'price',
    title: 'The price of bread',
    text: `A loaf of bread is sold for ${hour} pence at the market of the town today`,
    link: 'https://gazette.example/price',
    publishedAt: onDay(1).replace('T12', `T${hour}`),
  })
  const known = [price(11), price(10)]
  expect(newTitles(known, [price(12), ...known], [price(13), price(12), ...known])).toHaveLength(2)
})
