/**
 * How fast the store answers at size: makes, once, a store of the given size with believable text, and measures what a
 * window asks. Times are of one call each, after two that don't count; p50 and p99.
 */
import { statSync } from 'node:fs'
import type { View } from '../../src-main/api/model.ts'
import { articleById } from '../../src-main/engine/store/article.ts'
import { setRead, walkUnread } from '../../src-main/engine/store/article-state.ts'
import { countArticles } from '../../src-main/engine/store/counts.ts'
import { openDatabase, type WriteDb } from '../../src-main/engine/store/database.ts'
import { listHeadlines, newestArticleId, rowsByIds } from '../../src-main/engine/store/headlines.ts'
import { searchArticles } from '../../src-main/engine/store/search.ts'
import { lastDay } from './lib-store-data.ts'
import { makeStores, storeFile } from './lib-store-make.ts'

/** `--articles N` (1,000,000), `--calls N` (200). Prints a Markdown table. */
export async function run(args: string[] = []): Promise<void> {
  const articles = numberOf(args, '--articles', 1_000_000)
  const calls = numberOf(args, '--calls', 200)
  makeStores(articles)
  const file = storeFile(articles, articles)

  const opened = performance.now()
  const db = openDatabase(file)
  countArticles(db, lastDay)
  const openMs = performance.now() - opened

  console.log(
    `${articles.toLocaleString('en')} articles, ${(statSync(file).size / articles / 1024).toFixed(2)} KB each\n`,
  )
  console.log(`open to first counts: ${openMs.toFixed(1)} ms\n`)
  console.log('| question | rows | p50 ms | p99 ms |\n|---|--:|--:|--:|')
  for (const [name, ask] of questions(db)) report(name, ask, calls)
  markMany(db)
  console.log(`\nresident memory: ${Math.round(process.memoryUsage.rss() / 1e6)} MB`)
  db.close()
}

type Question = [name: string, ask: () => unknown]

function questions(db: WriteDb): Question[] {
  const list = (view: Exclude<View, { kind: 'search' }>, isDeep: boolean) =>
    listHeadlines(db, {
      view,
      limit: 100,
      after: isDeep ? middle(db) : null,
      unreadOnly: false,
      oldestFirst: false,
      keepIds: [],
      todayStart: lastDay - 24 * 3_600_000,
    })
  const views: Exclude<View, { kind: 'search' }>[] = [
    { kind: 'all' },
    { kind: 'today' },
    { kind: 'unread' },
    { kind: 'saved' },
    { kind: 'feed', feedId: 1 },
    { kind: 'folder', folderId: 1 },
  ]
  const newest = newestArticleId(db)
  const searches = {
    'a frequent word': 'the',
    'a common word': 'storm',
    'a rare word': rareWord(db),
    'no such word': 'zzyzx',
    'two words': 'storm world',
    'a phrase': '"of the"',
    'a beginning': 'sto',
    'two letters': 'st',
    'words and operators': 'is:unread storm -world',
    'by feed': 'feed:source the',
  }
  return [
    ['counts', () => countArticles(db, lastDay)],
    ...views.flatMap((view): Question[] => [
      [`first page of ${view.kind}`, () => list(view, false)],
      [`deep page of ${view.kind}`, () => list(view, true)],
    ]),
    ['an article', () => articleById(db, 1 + Math.floor(Math.random() * newest))],
    ['mark one read, and back', () => [setRead(db, [newest], true), setRead(db, [newest], false)]],
    ...Object.entries(searches).map(
      ([name, query]): Question => [
        `search: ${name}`,
        () =>
          rowsByIds(
            db,
            searchArticles(db, query)
              .slice(0, 100)
              .map(hit => hit.id),
          ),
      ],
    ),
  ]
}

function middle(db: WriteDb): { publishedAt: number; id: number } {
  const id = Math.floor(newestArticleId(db) / 2)
  return { publishedAt: rowsByIds(db, [id])[0]?.publishedAt ?? 0, id }
}

/** A word of some old article that hardly any other has. */
function rareWord(db: WriteDb): string {
  const title = rowsByIds(db, [7])[0]?.title ?? ''
  return title.split(' ').toSorted((a, b) => b.length - a.length)[0] ?? 'zzyzx'
}

function markMany(db: WriteDb): void {
  const many = Math.min(100_000, newestArticleId(db))
  const started = performance.now()
  const changed = setRead(db, walkUnread(db, { kind: 'all' }, newestArticleId(db), lastDay, many)().articleIds, true)
  const marked = performance.now()
  setRead(db, changed, false)
  const undone = performance.now()
  const took = (from: number, to: number) => `${Math.round(to - from)} ms`
  console.log(`\nmark ${changed.length} read: ${took(started, marked)}, take back: ${took(marked, undone)}`)
}

function report(name: string, ask: () => unknown, calls: number): void {
  const times: number[] = []
  let answer: unknown
  for (let call = -2; call < calls; call++) {
    const started = performance.now()
    answer = ask()
    if (call >= 0) times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(2)
  console.log(`| ${name} | ${Array.isArray(answer) ? answer.length : ''} | ${at(0.5)} | ${at(0.99)} |`)
}

function numberOf(args: string[], name: string, otherwise: number): number {
  const at = args.indexOf(name)
  return (at < 0 ? 0 : Number(args[at + 1])) || otherwise
}
