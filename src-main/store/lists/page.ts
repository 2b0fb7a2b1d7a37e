/** Pages of the middle pane: by key (publishedAt, id), never by offset. */
import type { PageKey } from '../../api/model.ts'
import { newestArticleId, rowsByIds, type StoredRow } from '../articles/headlines.ts'
import { idsBehindCopies } from '../copies/listed-once.ts'
import type { ReadDb } from '../db/open.ts'
import { getRows, getValue, getValues, prepared, type SqlValue } from '../db/prepared.ts'
import { feedsWithin } from '../feeds/folders.ts'
import { andVisible } from '../feeds/visibility.ts'
import { idsInCategory } from '../search/categories.ts'
import {
  conditionOf,
  hasFoldedCopies,
  idsToKeep,
  inOrder,
  type ListRequest,
  onlyUnread,
  pageClauses,
  type Scope,
} from './scope.ts'

/** Feeds with a larger share of the articles than this: reading all articles by date finds a page sooner than each feed's own. */
const largeShare = 1 / 20
/** Rows that are read of a feed of a folder at once: most have few on a page. */
const rowsOfFeed = 8
/** Rows of a list by date that take as long as looking one article up. */
const rowsPerLookup = 20

/** One page of a view, in its order. */
export function listHeadlines(db: ReadDb, request: ListRequest): StoredRow[] {
  const rows = pageOf(db, request)
  if (request.keepIds.length === 0 || !onlyUnread(request)) return rows

  const listed = new Set(rows.map(({ id }) => id))
  const kept = idsToKeep(db, request).filter(id => !listed.has(id))
  return [...rows, ...rowsByIds(db, kept)].sort(inOrder(request.oldestFirst)).slice(0, request.limit)
}

/** Reads on where copies leave places on the page. A page without any is read once. */
function pageOf(db: ReadDb, request: ListRequest): StoredRow[] {
  const page: StoredRow[] = []
  for (let { after, limit } = request; ; ) {
    const rows = rowsByIds(db, pageIds(db, { ...request, after, limit }))
    page.push(...withoutCopies(db, request, rows))
    const last = rows.at(-1)
    const missing = request.limit - page.length
    if (!last || rows.length < limit || missing <= 0) return page.slice(0, request.limit)
    after = { publishedAt: last.publishedAt, id: last.id }
    limit = Math.min(request.limit, missing * 2)
  }
}

/** Without the rows that stand behind a copy in this list. A feed's own list has all that is its own. */
function withoutCopies(db: ReadDb, scope: Scope, rows: StoredRow[]): StoredRow[] {
  if (!hasFoldedCopies(db, scope)) return rows
  const grouped = rows.filter(({ copyGroup }) => copyGroup !== null).map(({ id }) => id)
  if (grouped.length === 0) return rows
  const behind = idsBehindCopies(db, grouped, conditionOf(db, scope))
  return rows.filter(({ id }) => !behind.has(id))
}

function pageIds(db: ReadDb, request: ListRequest): number[] {
  const { view, limit } = request
  if (view.kind === 'folder') {
    const feedIds = feedsWithin(db, view.folderId)
    if (shareOf(db, feedIds, onlyUnread(request)) < largeShare) return pageOfFeeds(db, request, feedIds)
  }
  const picked = view.kind === 'category' ? pickPage(db, request, view.name) : null
  if (picked) return picked
  const { sql, values } = conditionOf(db, request)
  const { after, order } = pageClauses(request)
  const page = `SELECT id FROM articles WHERE ${sql}${after.sql} ORDER BY ${order} LIMIT ?`
  return getValues(db, page, ...values, ...after.values, limit)
}

/** A page of a category that many articles are of, from the list of all; null where looking each of them up takes less. */
function pickPage(db: ReadDb, request: ListRequest, name: string): number[] | null {
  const isIn = new Set(idsInCategory(db, name))
  const most = isIn.size * rowsPerLookup
  // What a page takes where they are spread evenly.
  const rowsAtOnce = Math.ceil((request.limit * newestArticleId(db)) / isIn.size)
  if (rowsAtOnce > most) return null
  const { sql, values } = conditionOf(db, { ...request, view: { kind: 'all' }, unreadOnly: onlyUnread(request) })
  const page: number[] = []
  let { after } = request
  for (let read = 0; read < most; read += rowsAtOnce) {
    const clauses = pageClauses({ ...request, after })
    const list = `SELECT id, published_at AS publishedAt FROM articles WHERE ${sql}${clauses.after.sql}
      ORDER BY ${clauses.order} LIMIT ?`
    const rows = getRows<PageKey>(db, list, ...values, ...clauses.after.values, rowsAtOnce)
    for (const { id } of rows) if (isIn.has(id)) page.push(id)
    if (page.length >= request.limit || rows.length < rowsAtOnce) return page.slice(0, request.limit)
    after = rows.at(-1) ?? null
  }
  return null
}

/** The share of all articles (or of all unread ones) that these feeds have: 0 to 1. */
function shareOf(db: ReadDb, feedIds: number[], ofUnread: boolean): number {
  const column = ofUnread ? 'unread' : 'listed'
  const share = `SELECT SUM(${column}) FILTER (WHERE feed_id IN (SELECT value FROM json_each(?))) * 1.0 / SUM(${column})`
  return getValue<number>(db, `${share} FROM feed_counts`, JSON.stringify(feedIds)) ?? 0
}

/** Merges the lists of all feeds: reads a few rows of each by its own index, and some more where a feed's are used up. */
function pageOfFeeds(db: ReadDb, request: ListRequest, feedIds: number[]): number[] {
  const unread = onlyUnread(request) ? ' AND is_read = 0' : ''
  const visible = andVisible(db)
  const first = pageClauses(request)
  const later = pageClauses({ ...request, after: { publishedAt: 0, id: 0 } })
  const statementOf = (clauses: typeof first) =>
    prepared<SqlValue[], PageKey>(
      db,
      `SELECT id, published_at AS publishedAt FROM articles
       WHERE feed_id = ? AND is_hidden = 0${visible}${unread}${clauses.after.sql} ORDER BY ${clauses.order} LIMIT ${rowsOfFeed}`,
    )
  const firstRows = statementOf(first)
  const nextRows = statementOf(later)
  const queues = feedIds
    .map(feedId => ({ feedId, at: 0, rows: firstRows.all(feedId, ...first.after.values) }))
    .filter(queue => queue.rows.length > 0)

  const isBefore = inOrder(request.oldestFirst)
  const ids: number[] = []
  while (ids.length < request.limit && queues.length > 0) {
    const next = queues.reduce((best, queue) =>
      isBefore(queue.rows[queue.at]!, best.rows[best.at]!) < 0 ? queue : best,
    )
    const row = next.rows[next.at++]!
    ids.push(row.id)
    if (next.at < next.rows.length) continue
    next.rows = next.rows.length < rowsOfFeed ? [] : nextRows.all(next.feedId, row.publishedAt, row.id)
    next.at = 0
    if (next.rows.length === 0) queues.splice(queues.indexOf(next), 1)
  }
  return ids
}
