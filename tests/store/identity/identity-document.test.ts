import { describe, expect, test } from 'vitest'
import { addFeed, makeStore, someNoon } from '../../support/articles.ts'
import { feedUrl, listed, onDay, publish, readAll, type Said } from '../../support/publisher.ts'

const hour = 60 * 60 * 1_000
const longNotes = 'Every evening at seven our team sums up the day for you. '.repeat(6)

/** How many articles a document has; again, turned round, and with one more on top it has no more of them. */
function articlesOf(items: Said[]): number {
  using store = makeStore()
  const feedId = addFeed(store.db, feedUrl)
  publish(store.db, feedId, items, someNoon)
  const count = listed(store.db).length
  readAll(store.db)

  const another = {
    id: 'another',
    title: 'Quite another thing',
    link: 'https://gazette.example/another',
    publishedAt: onDay(30),
  }
  for (const [poll, document] of [items, items.toReversed(), [another, ...items], items].entries()) {
    publish(store.db, feedId, document, someNoon + (poll + 1) * hour)
  }
  expect(
    listed(store.db)
      .filter(({ isRead }) => !isRead)
      .map(({ title }) => title),
  ).toEqual([another.title])
  expect(listed(store.db)).toHaveLength(count + 1)
  return count
}

const each = (numbers: number[], say: (n: number) => Said) => numbers.map(say)

describe('items of one document are as many articles where they differ in', () => {
  test.each<{ name: string; items: Said[] }>([
    {
      name: 'guid, link and day, the words being the same',
      items: each([4, 3, 2, 1], n => ({
        title: 'Service is up',
        text: 'Monitor is UP',
        id: `ev${n}`,
        link: `https://gazette.example/ev/${n}`,
        publishedAt: onDay(n),
      })),
    },
    {
      name: 'guid, day and file, with long notes that are the same',
      items: each([4, 3, 2, 1], n => ({
        title: 'Morning show',
        text: longNotes,
        id: `ms${n}`,
        file: `https://cast.example/${n}.mp3`,
        publishedAt: onDay(n),
      })),
    },
    {
      name: 'guid alone',
      items: each([3, 2, 1], n => ({ title: 'Backup finished', text: 'OK', id: `job${n}` })),
    },
    {
      name: 'guid alone, all linking to the front page',
      items: each([3, 2, 1], n => ({
        title: 'Backup finished',
        text: 'OK',
        id: `job${n}`,
        link: 'https://gazette.example/',
      })),
    },
    {
      name: 'link alone',
      items: each([3, 2, 1], n => ({
        title: 'Open thread',
        text: 'Talk here.',
        link: `https://gazette.example/thread/${n}`,
      })),
    },
    {
      name: 'the fragment of the link alone',
      items: each([3, 2, 1], n => ({ title: 'Release', link: `https://gazette.example/changes#v${n}` })),
    },
    {
      name: 'day alone',
      items: each([3, 2, 1], n => ({ title: 'Open thread', text: 'Talk here.', publishedAt: onDay(n) })),
    },
    {
      name: 'minute alone',
      items: each([3, 2, 1], n => ({ title: 'Goal!', publishedAt: new Date(someNoon - n * 60_000).toISOString() })),
    },
    {
      name: 'title, with one guid and one link',
      items: each([4, 3, 2, 1], n => ({
        title: `Price ${n}`,
        text: `v ${n}`,
        id: 'same',
        link: 'https://gazette.example/product',
        publishedAt: new Date(someNoon - n * hour).toISOString(),
      })),
    },
    {
      name: 'title, with one guid and without dates',
      items: each([4, 3, 2, 1], n => ({ title: `Part ${n} of a long story`, id: 'same' })),
    },
    {
      name: 'title, with one link, one date and no guid',
      items: each([6, 5, 4, 3, 2, 1], n => ({
        title: `Notice number ${n}`,
        link: 'https://gazette.example/live',
        publishedAt: onDay(1),
      })),
    },
    {
      name: 'text alone',
      items: each([3, 2, 1], n => ({
        title: 'Quote of the day',
        text: `Saying ${'one two three four'.split(' ')[n]} of a wise man`,
      })),
    },
    {
      name: 'text, without title, guid, link and date',
      items: each([3, 2, 1], n => ({ text: `Note ${n}: ${'rain sun wind snow'.split(' ')[n]}` })),
    },
    {
      name: 'signs of the title',
      items: [
        'New release of C',
        'New release of C++',
        'New release of C#',
        'Price $5',
        'Price €5',
        '+1',
        '-1',
        '👍',
        '👎',
        '?',
        '!',
      ].map((title, n) => ({ title, id: `y${n}`, link: `https://gazette.example/${n}`, publishedAt: onDay(n + 1) })),
    },
    { name: 'signs of the title alone', items: ['C', 'C++', 'C#', '+1', '-1', '👍', '👎'].map(title => ({ title })) },
    {
      name: 'picture, without any words',
      items: each([3, 2, 1], n => ({ id: `photo${n}`, pictures: [`https://pics.example/${n}.jpg`] })),
    },
    {
      name: 'picture, with the same words and no guid',
      items: each([3, 2, 1], n => ({
        title: 'Picture of the day',
        text: '<p>Enjoy.</p>',
        pictures: [`https://pics.example/${n}.jpg`],
      })),
    },
    {
      name: 'file alone',
      items: each([3, 2, 1], n => ({ title: 'Evening news', file: `https://cast.example/${n}.mp3` })),
    },
    {
      name: 'author, date and guid, in one thread',
      items: each([3, 2, 1], n => ({
        title: 'Re: Ferry',
        text: '+1',
        link: 'https://gazette.example/thread',
        id: `c${n}`,
        authors: [{ name: `Reader ${n}`, email: '', url: '' }],
      })),
    },
    {
      name: 'link, with one guid',
      items: each([4, 3, 2, 1], n => ({
        title: `Strip ${n}`,
        id: 'always-the-same',
        link: `https://gazette.example/strip/${n}`,
      })),
    },
  ])('$name', ({ items }) => {
    expect(articlesOf(items)).toBe(items.length)
  })

  test('guid and day, when there are hundreds of them', () => {
    const items = Array.from({ length: 300 }, (_, n) => ({
      title: 'Backup finished',
      text: 'OK',
      id: `job${n}`,
      publishedAt: onDay(n - 2_000),
    }))
    expect(articlesOf(items)).toBe(300)
  })
})

describe('items of one document are one article where', () => {
  const story: Said = {
    title: 'Story',
    text: 'The same words.',
    link: 'https://gazette.example/s',
    id: 's',
    publishedAt: onDay(3),
  }
  test.each<{ name: string; items: Said[] }>([
    { name: 'everything is the same', items: [story, story, story] },
    {
      name: 'everything is the same and no item has a guid',
      items: [
        { ...story, id: null },
        { ...story, id: null },
      ],
    },
    { name: 'only the guid differs, for a page of its own', items: [story, { ...story, id: 's#2' }] },
    {
      name: 'only the link differs, by what tracks readers',
      items: [story, { ...story, link: 'http://www.gazette.example/s/?utm_source=x' }],
    },
  ])('$name', ({ items }) => {
    expect(articlesOf(items)).toBe(1)
  })

  test('a repetition has a guid of its own, which is all that is left later', () => {
    using store = makeStore()
    const feedId = addFeed(store.db, feedUrl)
    publish(store.db, feedId, [story, { ...story, id: 's#2' }], someNoon)
    publish(
      store.db,
      feedId,
      [{ ...story, id: 's#2', link: null, title: 'Story, again', text: 'Other words now.' }],
      someNoon + hour,
    )
    expect(listed(store.db)).toHaveLength(1)
  })
})
