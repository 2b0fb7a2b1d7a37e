/** A store of believable size: feeds of different busyness and language, articles with about 3 KB of text in HTML. */
import type { SafeHtml } from '../../src-main/api/model.ts'
import type { ReadyArticle } from '../../src-main/feeds/parsed.ts'
import { newestArticleId } from '../../src-main/store/articles/headlines.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { setRead, setSaved } from '../../src-main/store/articles/read-state.ts'
import type { WriteDb } from '../../src-main/store/db/open.ts'
import { insertFeed } from '../../src-main/store/feeds/feeds.ts'
import { createFolder } from '../../src-main/store/feeds/folders.ts'
import { makeWriters, type Random, randomFrom, scriptOf, type Writer } from './lib-store-words.ts'

/** When the newest article came. */
export const lastDay = Date.UTC(2026, 9, 31)
export const feedCount = 2_000
/** Articles that one poll brings; never more than one transaction of the store. */
export const perPoll = 25

const minute = 60_000
/** About 2,000 articles a day. */
const betweenArticles = 0.7 * minute
const textLength = 3_000
const unreadShare = 0.33
const savedShare = 0.005

export type Filling = {
  /** Adds articles until there are so many, of `total` in the end: their dates depend on it. Goes on where it stopped. */
  upTo(articles: number, onProgress?: (done: number) => void): void
}

/** Fills a store; the same articles every time. About a third is unread, one in 200 saved. */
export function fillStore(db: WriteDb, total: number): Filling {
  const writerOf = makeWriters()
  const feedIds = ensureFeeds(db, writerOf('english', randomFrom(1)))

  function poll(number: number): void {
    const random = randomFrom(number + 1_000)
    // A few feeds bring most of what comes.
    const feed = Math.floor(feedIds.length * random() ** 3)
    const now = lastDay - Math.floor((total - number * perPoll) * betweenArticles)
    const batch = Array.from({ length: perPoll }, (_, index) =>
      makeArticle(feed, number * perPoll + index, now - index * 5 * minute, writerOf(scriptOf(feed), random), random),
    )
    const { newIds } = storeArticles(db, feedIds[feed]!, batch, now)
    db.transaction(() => {
      const read = newIds.filter(() => random() > unreadShare)
      setRead(db, read, true)
      const saved = newIds.filter(() => random() < savedShare)
      if (saved.length > 0) setSaved(db, saved, true, now)
    }).immediate()
  }

  return {
    upTo(articles, onProgress = () => {}) {
      for (let number = newestArticleId(db) / perPoll; number * perPoll < articles; number++) {
        poll(Math.floor(number))
        onProgress((number + 1) * perPoll)
      }
    },
  }
}

/** Articles that are not in the store yet, for one poll of a feed. */
export function freshArticles(feed: number, seed: number, count: number): ReadyArticle[] {
  const random = randomFrom(seed)
  const writer = makeWriters()(scriptOf(feed), random)
  const number = 1_000_000_000 + seed * 1_000
  return Array.from({ length: count }, (_, index) => makeArticle(feed, number + index, lastDay, writer, random))
}

function ensureFeeds(db: WriteDb, writer: Writer): number[] {
  return db
    .transaction(() => {
      const folders = Array.from({ length: 20 }, (_, number) => createFolder(db, `Folder ${number + 1}`, null))
      return Array.from({ length: feedCount }, (_, number) => {
        const url = `https://source${number}.example/feed`
        const feed = { url, title: `Source ${writer.prose(8)}`, customTitle: null, siteUrl: null, privateHost: null }
        return insertFeed(db, { ...feed, folderId: folders[number % 25] ?? null, nextCheckAt: null }, lastDay).feedId
      })
    })
    .immediate()
}

function makeArticle(feed: number, number: number, publishedAt: number, writer: Writer, random: Random): ReadyArticle {
  const length = textLength * (0.4 + 1.2 * random())
  const paragraphs = Array.from({ length: 5 }, () => writer.prose(length / 5))
  const url = `https://source${feed}.example/${number}`
  const image = random() < 0.4 ? `https://source${feed}.example/pictures/${number}.jpg` : null
  const isPodcast = feed % 25 === 3
  return {
    guid: url,
    url,
    canonicalUrl: url.slice(8),
    fingerprint: `${number}`.padStart(22, 'f'),
    titleKey: `${number}`,
    title: writer.prose(60),
    author: writer.prose(14),
    summary: paragraphs[0]!.slice(0, 280),
    text: paragraphs.join(' '),
    html: htmlOf(paragraphs, url, image) as SafeHtml,
    media: image ? [image] : [],
    publishedAt,
    updatedAt: null,
    categories: Array.from({ length: Math.floor(random() * 4) }, () => `Topic ${Math.floor(300 ** random())}`),
    enclosures: isPodcast ? [{ url: `${url}.mp3`, type: 'audio/mpeg', length: 20_000_000 }] : [],
    image,
    commentsUrl: null,
    commentsCount: null,
  }
}

/** What a blog engine makes of five paragraphs: links, emphasis, a picture, a heading. */
function htmlOf(paragraphs: string[], url: string, image: string | null): string {
  const [first = '', second = '', ...rest] = paragraphs
  const picture = image ? `<figure><img src="${image}" alt="" width="1200" height="800"></figure>\n` : ''
  const linked = second.replace(/ (\S+) (\S+)/, ` <a href="${url}/more">$1 $2</a>`)
  const marked = rest.map(
    (text, index) => `<p>${text.replace(/ (\S+)/, index === 1 ? ' <strong>$1</strong>' : ' <em>$1</em>')}</p>`,
  )
  return `${picture}<p>${first}</p>\n<p>${linked}</p>\n<h2>${first.slice(0, 40)}</h2>\n${marked.join('\n')}`
}
