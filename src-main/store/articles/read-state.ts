/** What a reader does to articles: marks them read or unread, saves them. */
import type { PageKey, View } from '../../api/model.ts'
import { foldsCopies } from '../copies/setting.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRows, getValue, getValues, type SqlValue } from '../db/prepared.ts'
import { feedsWithin } from '../feeds/folders.ts'
import { pagesId } from '../feeds/pages.ts'
import { andVisible } from '../feeds/visibility.ts'
import { idsInCategory } from '../search/categories.ts'

/** An article that really changed. */
export type Changed = { id: number; copyGroup: number | null }

/** Marks articles read or unread, not their copies, and answers which ones really changed. */
export function setRead(db: WriteDb, articleIds: number[], isRead: boolean): number[] {
  return markRows(db, articleIds, isRead).map(({ id }) => id)
}

function markRows(db: WriteDb, articleIds: number[], isRead: boolean): Changed[] {
  const sql = `UPDATE articles SET is_read = ? WHERE id IN (SELECT value FROM json_each(?)) AND is_read = ?
    RETURNING id, copy_group AS copyGroup`
  return getRows<Changed>(db, sql, Number(isRead), JSON.stringify(articleIds), Number(!isRead))
}

/** The same for all copies of those that changed, too, where copies are folded. */
export function setReadWithCopies(db: WriteDb, articleIds: number[], isRead: boolean): Changed[] {
  const changed = markRows(db, articleIds, isRead)
  const groups = new Set(changed.flatMap(({ copyGroup }) => copyGroup ?? []))
  if (groups.size === 0 || !foldsCopies(db)) return changed
  const sql = `UPDATE articles SET is_read = ?
    WHERE copy_group IS NOT NULL AND copy_group IN (SELECT value FROM json_each(?)) AND is_read = ?
    RETURNING id, copy_group AS copyGroup`
  const copies = getRows<Changed>(db, sql, Number(isRead), JSON.stringify([...groups]), Number(!isRead))
  return [...changed, ...copies]
}

/** How many rows of lists these are: copies are one. */
export function countRows(db: ReadDb, changed: Changed[]): number {
  if (!foldsCopies(db)) return changed.length
  return new Set(changed.map(({ id, copyGroup }) => copyGroup ?? -id)).size
}

/** Saves articles or takes them out of Saved, and answers which ones really changed. */
export function setSaved(db: WriteDb, articleIds: number[], isSaved: boolean, now: number): number[] {
  const sql = `UPDATE articles SET is_saved = ?, saved_at = ? WHERE id IN (SELECT value FROM json_each(?)) AND is_saved = ?
    RETURNING id`
  return getValues<number>(db, sql, Number(isSaved), isSaved ? now : null, JSON.stringify(articleIds), Number(!isSaved))
}

export function isSavedArticle(db: ReadDb, articleId: number): boolean {
  return getValue(db, 'SELECT 1 FROM articles WHERE id = ? AND is_saved = 1', articleId) === 1
}

/** The ids that exist from `first` to `last`. */
export function idsBetween(db: ReadDb, first: number, last: number): number[] {
  const sql = 'SELECT id FROM articles WHERE id BETWEEN ? AND ?'
  return getValues<number>(db, sql, first, last)
}

/** Answers the next ids, and whether there can be more. */
export type Walk = () => { articleIds: number[]; isMore: boolean }

/** These ids, `step` at a time. */
export function walkIds(articleIds: number[], step: number): Walk {
  let at = 0
  return () => {
    const page = articleIds.slice(at, at + step)
    at += step
    return { articleIds: page, isMore: at < articleIds.length }
  }
}

/**
 * The unread articles of a view, at most `step` at a time, without those above `newestId`, which the reader has not seen. Keeps
 * no cursor open between two steps, and answers none twice. Of a search: none.
 */
export function walkUnread(
  db: ReadDb,
  view: Exclude<View, { kind: 'trending' }>,
  newestId: number,
  todayStart: number,
  step: number,
): Walk {
  const parts = partsOf(db, view, todayStart)
  let after: PageKey = beforeAll

  function nextPage(): PageKey[] {
    const [part] = parts
    if (!part) return []
    // Covered by the indexes of unread articles, which have both columns.
    const sql = `SELECT id, published_at AS publishedAt FROM articles
      WHERE ${part.sql} AND (published_at, id) < (?, ?) ORDER BY published_at DESC, id DESC LIMIT ?`
    const page = getRows<PageKey>(db, sql, ...part.values, after.publishedAt, after.id, step)
    after = page.at(-1) ?? beforeAll
    if (page.length < step) {
      parts.shift()
      after = beforeAll
    }
    return page
  }

  return () => {
    const articleIds: number[] = []
    // Each feed of a folder may have only a few.
    while (parts.length > 0 && articleIds.length < step) {
      for (const { id } of nextPage()) if (id <= newestId) articleIds.push(id)
    }
    return { articleIds, isMore: parts.length > 0 }
  }
}

const idsPerPart = 2_000

const beforeAll: PageKey = { publishedAt: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER }

/** The conditions to read one after the other: each is a range of one index. */
function partsOf(
  db: ReadDb,
  view: Exclude<View, { kind: 'trending' }>,
  todayStart: number,
): { sql: string; values: SqlValue[] }[] {
  const unread = `is_read = 0 AND is_hidden = 0${andVisible(db)}`
  const ofFeed = (feedId: number) => ({ sql: `${unread} AND feed_id = ?`, values: [feedId] })
  switch (view.kind) {
    case 'all':
    case 'unread':
      return [{ sql: unread, values: [] }]
    case 'today':
      return [{ sql: `${unread} AND published_at >= ?`, values: [todayStart] }]
    case 'saved':
      // No index of saved articles has `is_read`; marking a read one again changes nothing.
      return [{ sql: 'is_saved = 1', values: [] }]
    case 'pages':
      return [{ sql: 'feed_id = ? AND is_saved = 1', values: [pagesId(db) ?? 0] }]
    case 'feed':
      return [ofFeed(view.feedId)]
    case 'folder':
      return feedsWithin(db, view.folderId).map(ofFeed)
    case 'category': {
      // Some at a time, since each step looks up all of its part.
      const ids = idsInCategory(db, view.name)
      return Array.from({ length: Math.ceil(ids.length / idsPerPart) }, (_, part) => ({
        sql: `${unread} AND articles.id IN (SELECT value FROM json_each(?))`,
        values: [JSON.stringify(ids.slice(part * idsPerPart, (part + 1) * idsPerPart))],
      }))
    }
    case 'search':
      return []
  }
}
