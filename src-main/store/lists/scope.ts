/** Which articles a list has, and in which order. */
import type { PageKey, View } from '../../api/model.ts'
import { type Kept, keptOnce } from '../copies/listed-once.ts'
import { foldsCopies } from '../copies/setting.ts'
import type { ReadDb } from '../db/open.ts'
import { getRows, type SqlPart } from '../db/prepared.ts'
import { feedsWithin } from '../feeds/folders.ts'
import { pagesId } from '../feeds/pages.ts'
import { andVisible } from '../feeds/visibility.ts'
import { inCategory } from '../search/categories.ts'

/** Whose articles stand in the order of time. */
export type ListedView = Exclude<View, { kind: 'search' | 'trending' }>

export type ListRequest = {
  view: ListedView
  limit: number
  after: PageKey | null
  unreadOnly: boolean
  oldestFirst: boolean
  /** Listed although read: they were unread when the list was opened. */
  keepIds: number[]
  todayStart: number
}

/** What tells which articles a list has. */
export type Scope = Pick<ListRequest, 'view' | 'unreadOnly' | 'todayStart'>

export function onlyUnread({ view, unreadOnly }: Scope): boolean {
  return unreadOnly || view.kind === 'unread'
}

export function hasFoldedCopies(db: ReadDb, { view }: Scope): boolean {
  return view.kind !== 'feed' && view.kind !== 'pages' && foldsCopies(db)
}

/** `from`: only what has this id or a higher one is asked for, where that is found sooner. */
export function conditionOf(db: ReadDb, scope: Scope, from = 0): SqlPart {
  const { view, todayStart } = scope
  const unread = onlyUnread(scope) ? ' AND is_read = 0' : ''
  const listed = `is_hidden = 0${andVisible(db)}${unread}`
  switch (view.kind) {
    case 'all':
    case 'unread':
      return { sql: listed, values: [] }
    case 'today':
      return { sql: `${listed} AND published_at >= ?`, values: [todayStart] }
    case 'saved':
      return { sql: `is_saved = 1${unread}`, values: [] }
    case 'pages':
      return { sql: `feed_id = ? AND is_saved = 1${unread}`, values: [pagesId(db) ?? 0] }
    case 'feed':
      return { sql: `${listed} AND feed_id = ?`, values: [view.feedId] }
    case 'category': {
      const ofCategory = inCategory(db, view.name, from)
      return { sql: `${listed} AND ${ofCategory.sql}`, values: ofCategory.values }
    }
    case 'folder': {
      const feedIds = JSON.stringify(feedsWithin(db, view.folderId))
      return { sql: `${listed} AND feed_id IN (SELECT value FROM json_each(?))`, values: [feedIds] }
    }
  }
}

/** Those of `keepIds` that belong to the view and, with `and`, to a narrower condition. */
export function idsToKeep(
  db: ReadDb,
  request: ListRequest,
  and = 'TRUE',
  newestId = Number.MAX_SAFE_INTEGER,
): number[] {
  if (request.keepIds.length === 0) return []
  const { sql, values } = conditionOf(db, {
    ...request,
    unreadOnly: false,
    view: request.view.kind === 'unread' ? { kind: 'all' } : request.view,
  })
  const { after } = pageClauses(request)
  const select = `
    SELECT id, copy_group AS copyGroup
    FROM (SELECT value AS kept FROM json_each(?)) CROSS JOIN articles ON articles.id = kept
    WHERE ${and} AND id <= ? AND ${sql}${after.sql} ORDER BY id`
  const kept = getRows<Kept>(db, select, JSON.stringify(request.keepIds), newestId, ...values, ...after.values)
  return hasFoldedCopies(db, request) ? keptOnce(db, kept, conditionOf(db, request)) : kept.map(({ id }) => id)
}

export function pageClauses({ after, oldestFirst }: ListRequest): { after: SqlPart; order: string } {
  const order = oldestFirst ? 'published_at ASC, id ASC' : 'published_at DESC, id DESC'
  if (!after) return { after: { sql: '', values: [] }, order }
  const sql = ` AND (published_at, id) ${oldestFirst ? '>' : '<'} (?, ?)`
  return { after: { sql, values: [after.publishedAt, after.id] }, order }
}

export function inOrder(oldestFirst: boolean): (a: PageKey, b: PageKey) => number {
  const sign = oldestFirst ? 1 : -1
  return (a, b) => sign * (a.publishedAt - b.publishedAt || a.id - b.id)
}
