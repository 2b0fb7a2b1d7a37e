/** What a window asks of a large store: through the engine and its port, as a window does. */
import type { Input } from '../../src-main/api/contract/contract.ts'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { PageKey, View } from '../../src-main/api/model.ts'
import { newestArticleId, rowsByIds } from '../../src-main/store/articles/headlines.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import type { WriteDb } from '../../src-main/store/db/open.ts'
import { unindexArticle } from '../../src-main/store/search/index.ts'
import { freshArticles, lastDay } from './lib-store-data.ts'
import { randomFrom } from './lib-store-words.ts'

export type Question = { group: string; name: string; ask: (call: number) => unknown }

/** As many as the window asks for at first. */
const pageSize = 200
/** What the window asks for while someone types; the rest comes as it is scrolled to. */
const firstFound = 50

export const searches = {
  'a word in nearly every article': 'the',
  'a frequent word': 'police',
  'a common word': 'election',
  'a rare word': '',
  'no such word': 'zzyzx',
  'two words': 'storm police',
  'three words': 'election ferry music',
  'a phrase': '"storm police"',
  'a phrase of frequent words': '"one of the"',
  'a beginning': 'ele',
  'two letters': 'st',
  'not this word': 'storm -police',
  'unread, with words': 'is:unread storm -world',
  'saved, with a word': 'is:saved police',
  'by a small feed': 'feed:source1999. storm',
  'by folder': 'folder:"folder 3" storm',
  'by category': 'tag:"topic 200" police',
  'by category alone': 'tag:"topic 250"',
  'no such category': 'tag:nosuch',
  podcasts: 'has:audio storm',
  'half a year old': 'before:2026-04 storm',
  'of some weeks': 'after:2026-01 before:2026-03 election',
  'in the title': 'title:election',
  Chinese: '一丁',
} as const

export function questions(db: WriteDb, client: EngineClient): Question[] {
  const newest = newestArticleId(db)
  const random = randomFrom(5)
  const middle = keyOf(db, Math.floor(newest / 2))
  const someId = () => 1 + Math.floor(random() * newest)
  const list = (view: View, more: Partial<Input<'headlines'>> = {}) =>
    client.headlines({ view, limit: pageSize, ...more })
  const views: View[] = [
    { kind: 'all' },
    { kind: 'today' },
    { kind: 'unread' },
    { kind: 'saved' },
    { kind: 'feed', feedId: 1 },
    { kind: 'folder', folderId: 1 },
  ]
  const keepIds = Array.from({ length: 100 }, (_, index) => newest - index * 3)
  return [
    { group: 'counts', name: 'counts', ask: () => client.counts({}) },
    { group: 'counts', name: 'all feeds, folders and counts', ask: () => client.sources({}) },
    ...views.flatMap((view): Question[] => [
      { group: 'pages', name: `first page of ${view.kind}`, ask: () => list(view) },
      { group: 'pages', name: `deep page of ${view.kind}`, ask: () => list(view, { after: middle }) },
      { group: 'pages', name: `unread only, oldest first: ${view.kind}`, ask: () => list(view, unreadFirst(keepIds)) },
    ]),
    {
      group: 'pages',
      name: 'how many are newer',
      ask: () => client.countNewer({ view: { kind: 'folder', folderId: 1 }, newestId: newest - 500 }),
    },
    { group: 'clicks', name: 'an article', ask: () => client.article({ id: someId() }) },
    {
      group: 'clicks',
      name: 'mark one read, or unread',
      ask: call => client.markRead({ articleIds: [newest], isRead: call % 2 === 0 }),
    },
    ...Object.entries(searches).flatMap(([name, query]): Question[] => {
      const view = { kind: 'search', query: query || rareWord(db) } as const
      return [
        { group: 'search', name: `search: ${name}`, ask: () => list(view) },
        { group: 'search', name: `search, as typed: ${name}`, ask: () => list(view, { limit: firstFound }) },
      ]
    }),
  ]
}

/** Stores 50 new articles and takes them out again, which is not timed. Answers ms. */
export function insertFifty(db: WriteDb, seed: number): number {
  const articles = freshArticles(seed % 2_000, seed, 50)
  const started = performance.now()
  const { newIds } = storeArticles(db, 1 + (seed % 2_000), articles, lastDay)
  const took = performance.now() - started
  db.transaction(() => {
    for (const id of newIds) {
      unindexArticle(db, id)
      db.prepare('DELETE FROM identities WHERE article_id = ?').run(id)
      db.prepare('DELETE FROM articles WHERE id = ?').run(id)
    }
  }).immediate()
  return took
}

function unreadFirst(keepIds: number[]): Partial<Input<'headlines'>> {
  return { unreadOnly: true, oldestFirst: true, keepIds }
}

function keyOf(db: WriteDb, id: number): PageKey {
  return { publishedAt: rowsByIds(db, [id])[0]?.publishedAt ?? 0, id }
}

/** A word of some old article that hardly any other has. */
function rareWord(db: WriteDb): string {
  const title = rowsByIds(db, [7])[0]?.title ?? ''
  return (
    title
      .replaceAll('.', '')
      .split(' ')
      .toSorted((a, b) => b.length - a.length)[0] ?? 'zzyzx'
  )
}
