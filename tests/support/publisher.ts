/** Publishes items as a feed's document would, through preparing and storing. */
import type { ParsedItem } from '../../src-main/feeds/parsed.ts'
import { prepareFeed } from '../../src-main/feeds/prepare/prepare.ts'
import { type Stored, storeArticles } from '../../src-main/store/articles/ingest.ts'
import { packArticles } from '../../src-main/store/articles/pack.ts'
import { setRead } from '../../src-main/store/articles/read-state.ts'
import type { WriteDb } from '../../src-main/store/db/open.ts'
import { noFeed, noItem } from './parsed.ts'

export const feedUrl = 'https://gazette.example/feed'
const day = 24 * 60 * 60 * 1_000

/** Noon of the n-th day of a month, as a feed gives it. */
export function onDay(n: number): string {
  return new Date(Date.UTC(2026, 9, 1, 12) + (n - 1) * day).toISOString()
}

/** What an item says; all that is not stated is absent. */
export type Said = Partial<Omit<ParsedItem, 'enclosures'>> & { text?: string; file?: string; pictures?: string[] }

export function makeItem({ text = '', file, pictures = [], ...said }: Said): ParsedItem {
  return {
    ...noItem,
    contentHtml: text + pictures.map(address => `<img src="${address}">`).join(''),
    enclosures: file ? [{ url: file, type: 'audio/mpeg', length: null }] : [],
    ...said,
  }
}

/** Publishes a document, newest item first, at `now` (ms). */
export function publish(db: WriteDb, feedId: number, items: Said[], now: number): Stored {
  const parsed = {
    format: 'rss' as const,
    feed: { ...noFeed, title: 'The Gazette', link: 'https://gazette.example/' },
    items: items.map(makeItem),
  }
  const ready = prepareFeed(parsed, { url: feedUrl })
  return storeArticles(db, feedId, packArticles(ready.articles, true), now)
}

export type Listed = { id: number; title: string; isRead: boolean; isSaved: boolean }

/** The articles of the store, in the order in which they came. */
export function listed(db: WriteDb): Listed[] {
  return db
    .prepare<[], { id: number; title: string; isRead: number; isSaved: number }>(
      'SELECT id, title, is_read AS isRead, is_saved AS isSaved FROM articles ORDER BY id',
    )
    .all()
    .map(row => ({ ...row, isRead: row.isRead === 1, isSaved: row.isSaved === 1 }))
}

export function readAll(db: WriteDb): void {
  setRead(
    db,
    listed(db).map(({ id }) => id),
    true,
  )
}
