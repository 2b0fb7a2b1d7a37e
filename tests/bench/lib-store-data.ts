/** A store of believable size: feeds of different busyness, articles with about 3 KB of text whose words are as unevenly frequent as in a language. */
import type { SafeHtml } from '../../src-main/api/model.ts'
import type { ReadyArticle } from '../../src-main/engine/feeds/parsed.ts'
import { setRead, setSaved } from '../../src-main/engine/store/article-state.ts'
import { storeArticles } from '../../src-main/engine/store/articles.ts'
import type { WriteDb } from '../../src-main/engine/store/database.ts'
import { insertFeed } from '../../src-main/engine/store/feeds.ts'
import { createFolder } from '../../src-main/engine/store/folders.ts'

export const lastDay = Date.UTC(2026, 9, 31)
const minute = 60_000
const textLength = 3_000
const vocabularySize = 60_000

type Random = () => number

/** The same numbers every time (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Words of two to four syllables; the n-th is about n times rarer than the first (Zipf). */
function makeVocabulary(random: Random): string[] {
  const onsets = ['b', 'd', 'f', 'g', 'h', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'st', 'tr', 'pl', 'sh']
  const vowels = ['a', 'e', 'i', 'o', 'u', 'ea', 'ou']
  const pick = (from: string[]) => from[Math.floor(random() * from.length)]!
  const words = new Set<string>(['the', 'of', 'and', 'to', 'in', 'new', 'world', 'storm'])
  while (words.size < vocabularySize) {
    const syllables = 1 + Math.floor(random() * 3)
    words.add(Array.from({ length: syllables + 1 }, () => pick(onsets) + pick(vowels)).join(''))
  }
  return [...words]
}

/** Fills a store, telling how far it is. About a third is unread, one in 200 saved. */
export function fillStore(
  db: WriteDb,
  { articles, feeds, onProgress = () => {} }: { articles: number; feeds: number; onProgress?: (done: number) => void },
): void {
  const random = randomFrom(7)
  const vocabulary = makeVocabulary(random)
  const word = () => vocabulary[Math.floor(vocabulary.length ** random()) - 1] ?? vocabulary[0]!
  const prose = (length: number) => {
    let text = ''
    while (text.length < length) text += `${word()} `
    return text.trimEnd()
  }
  const folders = Array.from({ length: 20 }, (_, number) => createFolder(db, `Folder ${number + 1}`, null))
  const feedIds = Array.from({ length: feeds }, (_, number) => {
    const url = `https://source${number}.example/feed`
    const feed = { url, title: `Source ${prose(8)}`, customTitle: null, siteUrl: null, privateHost: null }
    return insertFeed(db, { ...feed, folderId: folders[number % 25] ?? null, nextCheckAt: null }, lastDay).feedId
  })

  const perPoll = 25
  for (let done = 0; done < articles; done += perPoll) {
    // A few feeds bring most of what comes.
    const feedId = feedIds[Math.floor(feedIds.length * random() ** 3)]!
    const now = lastDay - Math.floor((articles - done) * 0.7 * minute)
    const batch = Array.from({ length: Math.min(perPoll, articles - done) }, (_, index) =>
      makeArticle(feedId, done + index, now - index * 5 * minute, prose),
    )
    const { newIds } = storeArticles(db, feedId, batch, now)
    setRead(
      db,
      newIds.filter(() => random() < 0.67),
      true,
    )
    setSaved(
      db,
      newIds.filter(() => random() < 0.005),
      true,
      now,
    )
    onProgress(done + perPoll)
  }
}

function makeArticle(
  feedId: number,
  number: number,
  publishedAt: number,
  prose: (length: number) => string,
): ReadyArticle {
  const paragraphs = Array.from({ length: 5 }, () => prose(textLength / 5))
  const url = `https://source${feedId}.example/${number}`
  return {
    guid: url,
    url,
    canonicalUrl: url.slice(8),
    fingerprint: `${number}`.padStart(22, 'f'),
    title: prose(60),
    author: prose(14),
    summary: paragraphs[0]!.slice(0, 280),
    text: paragraphs.join(' '),
    html: paragraphs.map(text => `<p>${text}</p>`).join('\n') as SafeHtml,
    media: [],
    publishedAt,
    updatedAt: null,
    categories: [prose(6)],
    enclosures: [],
    image: null,
    commentsUrl: null,
  }
}
