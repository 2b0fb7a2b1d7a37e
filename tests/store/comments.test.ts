import { expect, test } from 'vitest'
import { parseFeed } from '../../src-main/feeds/formats/parse.ts'
import { returningFrom } from '../../src-main/safety/journal/replay.ts'
import { articleById } from '../../src-main/store/articles/article.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { portableArticle, savedArticles } from '../../src-main/store/articles/portable.ts'
import { restoreSaved } from '../../src-main/store/articles/restore-saved.ts'
import { addFeed, makeArticle, makeStore, revisionsOf, someNoon } from '../support/articles.ts'

function itemOf(feed: string) {
  const parsed = parseFeed(feed, { url: 'https://paper.example/feed', contentType: null })
  return parsed.ok ? parsed.feed.items[0] : undefined
}

const rss = (inner: string) =>
  itemOf(`<rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:x="http://purl.org/rss/1.0/modules/slash/"
    xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/">
    <channel><item>${inner}</item></channel></rss>`)
const atom = (inner: string) =>
  itemOf(`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:t="http://purl.org/syndication/thread/1.0">
    <entry>${inner}</entry></feed>`)

test.each([
  ['slash:comments', rss('<slash:comments>12</slash:comments>'), 12],
  ['no comments yet', rss('<slash:comments> 0 </slash:comments>'), 0],
  ['another prefix', rss('<x:comments>12</x:comments>'), 12],
  ['thr:total', atom('<t:total>7</t:total>'), 7],
  ['thr:count at a link to the replies', atom('<link rel="replies" type="text/html" href="/c" t:count="3"/>'), 3],
  ['the number where the page belongs', rss('<comments>5</comments>'), 5],
  ['a page alone', rss('<comments>https://paper.example/c</comments>'), null],
  ['no number', rss('<slash:comments>many</slash:comments>'), null],
  ['a negative number', rss('<slash:comments>-1</slash:comments>'), null],
])('the number of comments is read: %s', (_, item, count) => expect(item?.commentsCount).toBe(count))

test('neither a number nor the feed of the comments is taken for their page', () => {
  expect(rss('<comments>5</comments>')?.commentsUrl).toBeNull()
  expect(rss('<wfw:commentRss>https://paper.example/c.xml</wfw:commentRss>')?.commentsUrl).toBeNull()
})

test('more comments are kept and are no edit; a feed that says nothing of them takes none away', () => {
  using store = makeStore()
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  const tell = (commentsCount: number | null) =>
    storeArticles(store.db, feedId, [makeArticle({ title: 'Ferry', commentsCount })], someNoon)
  const [id = 0] = tell(3).newIds
  expect(tell(8)).toEqual({ newIds: [], editedIds: [] })
  expect(articleById(store.db, id)?.commentsCount).toBe(8)
  tell(null)
  expect(articleById(store.db, id)?.commentsCount).toBe(8)
  expect(revisionsOf(store.db, id)).toEqual([])
  storeArticles(store.db, feedId, [makeArticle({ title: 'Ferry', text: 'Edited.' })], someNoon)
  expect(articleById(store.db, id)?.commentsCount).toBe(8)
})

test('a saved article takes the number along', () => {
  using store = makeStore()
  using other = makeStore()
  const feedId = addFeed(store.db, 'https://gazette.example/feed')
  const { newIds } = storeArticles(store.db, feedId, [makeArticle({ title: 'Ferry', commentsCount: 4 })], someNoon)
  const { savedIds } = restoreSaved(other.db, [returningFrom(portableArticle(store.db, newIds[0]!)!)], someNoon)
  expect(articleById(other.db, savedIds[0]!)?.commentsCount).toBe(4)
  expect([...savedArticles(other.db)].map(article => article.commentsCount)).toEqual([4])
})
