/** Pages of the middle pane: narrow rows by key (publishedAt, id), never by offset. */
import type { HeadlineRow, PageKey, View } from '../../api/model.ts'
import { countedTwiceIn, countedTwiceSaved, idsBehindCopies, type Kept, keptOnce } from '../copies/listed-once.ts'
import { type Member, membersOf } from '../copies/members.ts'
import { foldsCopies } from '../copies/setting.ts'
import type { ReadDb } from '../db/open.ts'
import { getRows, getValue, getValues, prepared, type SqlPart, type SqlValue } from '../db/prepared.ts'
import { feedsWithin } from '../feeds/folders.ts'
import { pagesId } from '../feeds/pages.ts'
import type { OwnReading } from '../feeds/reading.ts'
import { andVisible, feedsInTransition } from '../feeds/visibility.ts'
import { inCategory } from '../search/categories.ts'
import { growingAmong } from '../stories/followed.ts'
import { countSince } from './counts.ts'

/** A row as stored: pictures are addresses, which the engine has to sign. With what its feed says itself of reading. */
export type StoredRow = Omit<
  HeadlineRow,
  'editedAt' | 'feedIconUrl' | 'imageUrl' | 'opensPage' | 'direction' | 'match' | 'story'
> &
  OwnReading & {
    storyId: number | null
    storySources: number | null
    /** Sources have joined the story, which is followed, since the reader last looked at it. */
    hasStoryNew: boolean
    image: string | null
    editedAt: number | null
    iconVersion: string | null
    /** The feed, followed or not. */
    sourceId: number
    copyGroup: number | null
  }

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
type Scope = Pick<ListRequest, 'view' | 'unreadOnly' | 'todayStart'>

/** Feeds with a larger share of the articles than this: reading all articles by date finds a page sooner than each feed's own. */
const largeShare = 1 / 20
/** Rows that are read of a feed of a folder at once: most have few on a page. */
const rowsOfFeed = 8

const rowColumns = `
  articles.id, articles.feed_id AS sourceId, CASE WHEN feeds.removed_at IS NULL THEN feeds.id END AS feedId,
  COALESCE(feeds.custom_title, NULLIF(feeds.title, ''), feeds.url) AS feedTitle, feeds.icon_version AS iconVersion,
  articles.title, articles.summary, articles.author, articles.url, articles.published_at AS publishedAt,
  articles.is_read AS isRead, articles.is_saved AS isSaved, articles.edited_at AS editedAt, articles.image,
  articles.copy_group AS copyGroup, feeds.folder_id AS folderId, feeds.reading, stories.id AS storyId, stories.sources AS storySources`

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

function hasFoldedCopies(db: ReadDb, { view }: Scope): boolean {
  return view.kind !== 'feed' && view.kind !== 'pages' && foldsCopies(db)
}

/** How many articles of a view have a higher id than `newestId`; 0 for those that are in no order of time. */
export function countNewer(db: ReadDb, view: View, newestId: number, todayStart: number): number {
  if (view.kind === 'search' || view.kind === 'trending') return 0
  return listedAfter(db, { view, unreadOnly: false, todayStart }, newestId)
}

/** How many articles a list has on all its pages, up to `newestId`. */
export function countListed(db: ReadDb, request: ListRequest, newestId: number): number {
  const newer = newestId < newestArticleId(db) ? listedAfter(db, request, newestId) : 0
  const keptRead = onlyUnread(request) ? idsToKeep(db, { ...request, after: null }, 'is_read = 1', newestId).length : 0
  return countAll(db, request) - newer + keptRead
}

/** From the counters where possible, else from an index: never from all rows, of which there may be a million. */
function countAll(db: ReadDb, request: ListRequest): number {
  const { view, todayStart } = request
  if (view.kind === 'today') return countSince(db, todayStart, onlyUnread(request))
  if (view.kind === 'saved') return countSaved(db, onlyUnread(request))
  if (view.kind === 'pages') {
    const { sql, values } = conditionOf(db, request)
    return getValue<number>(db, `SELECT COUNT(*) FROM articles WHERE ${sql}`, ...values) ?? 0
  }
  if (view.kind === 'category') return listedAfter(db, request, 0)
  const of = onlyUnread(request) ? 'unread' : 'listed'
  const visible = 'feed_id NOT IN (SELECT value FROM json_each(?))'
  const hidden = new Set(feedsInTransition(db))
  const inTransition = JSON.stringify([...hidden])
  const ofFeeds = `${visible} AND feed_id IN (SELECT value FROM json_each(?))`
  if (view.kind === 'feed') return sumOfCounts(db, of, ofFeeds, [inTransition, JSON.stringify([view.feedId])])
  const within = view.kind === 'folder' ? new Set(feedsWithin(db, view.folderId)) : null
  const count = within
    ? sumOfCounts(db, of, ofFeeds, [inTransition, JSON.stringify([...within])])
    : sumOfCounts(db, of, visible, [inTransition])
  if (!foldsCopies(db)) return count
  return count - countedTwiceIn(db, id => !hidden.has(id) && (within?.has(id) ?? true))[of]
}

function countSaved(db: ReadDb, isOnlyUnread: boolean): number {
  const unread = 'SELECT COUNT(*) FROM articles INDEXED BY articles_saved WHERE is_saved = 1 AND is_read = 0'
  const count = isOnlyUnread ? (getValue<number>(db, unread) ?? 0) : sumOfCounts(db, 'saved')
  return foldsCopies(db) ? count - countedTwiceSaved(db, isOnlyUnread) : count
}

/** Summed by SQLite: with thousands of feeds, reading their counts takes longer than listing a page. */
function sumOfCounts(
  db: ReadDb,
  column: 'listed' | 'unread' | 'saved',
  where = 'TRUE',
  values: SqlValue[] = [],
): number {
  return getValue<number>(db, `SELECT SUM(${column}) FROM feed_counts WHERE ${where}`, ...values) ?? 0
}

function listedAfter(db: ReadDb, scope: Scope, newestId: number): number {
  const { sql, values } = conditionOf(db, scope)
  // By id: else SQLite reads all of a feed's articles to find the newest.
  const newer = `FROM articles NOT INDEXED WHERE id > ? AND ${sql}`
  const count = getValue<number>(db, `SELECT COUNT(*) ${newer}`, newestId, ...values) ?? 0
  if (!hasFoldedCopies(db, scope)) return count
  const copies = getValues<number>(db, `SELECT id ${newer} AND copy_group IS NOT NULL`, newestId, ...values)
  return count - (copies.length === 0 ? 0 : idsBehindCopies(db, copies, { sql, values }).size)
}

export function newestArticleId(db: ReadDb): number {
  return getValue<number>(db, 'SELECT MAX(id) FROM articles') ?? 0
}

/** Rows by id, in the order of the ids. */
export function rowsByIds(db: ReadDb, ids: number[]): StoredRow[] {
  const rows = getRows<Omit<StoredRow, 'isRead' | 'isSaved' | 'hasStoryNew'> & { isRead: number; isSaved: number }>(
    db,
    `SELECT ${rowColumns} FROM json_each(?) AS wanted
     JOIN articles ON articles.id = wanted.value JOIN feeds ON feeds.id = articles.feed_id
     LEFT JOIN story_articles ON story_articles.article_id = articles.id
     LEFT JOIN stories ON stories.id = story_articles.story_id
     ORDER BY wanted.key`,
    JSON.stringify(ids),
  )
  const members = membersOf(
    db,
    rows.flatMap(({ copyGroup }) => copyGroup ?? []),
  )
  const growing = growingAmong(
    db,
    rows.flatMap(({ storyId }) => storyId ?? []),
  )
  // In place: of 200 rows, copies are a tenth of what the page costs.
  return rows.map(row => {
    const others = row.copyGroup === null ? [] : copiesOf(row.id, members.get(row.copyGroup))
    const isSaved = row.isSaved === 1 || others.some(other => other.isSaved)
    const copies = others.filter(({ isListed }) => isListed).map(({ id, feedTitle }) => ({ id, feedTitle }))
    const hasStoryNew = row.storyId !== null && growing.has(row.storyId)
    const known = { isRead: row.isRead === 1, isSaved, hasStoryNew }
    return Object.assign(row, known, copies.length > 0 ? { copies } : null)
  })
}

function copiesOf(articleId: number, members: Member[] = []): Member[] {
  return members.filter(({ id }) => id !== articleId)
}

function onlyUnread({ view, unreadOnly }: Scope): boolean {
  return unreadOnly || view.kind === 'unread'
}

function conditionOf(db: ReadDb, scope: Scope): SqlPart {
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
      const ofCategory = inCategory(db, view.name)
      return { sql: `${listed} AND ${ofCategory.sql}`, values: ofCategory.values }
    }
    case 'folder': {
      const feedIds = JSON.stringify(feedsWithin(db, view.folderId))
      return { sql: `${listed} AND feed_id IN (SELECT value FROM json_each(?))`, values: [feedIds] }
    }
  }
}

function pageIds(db: ReadDb, request: ListRequest): number[] {
  const { view, limit } = request
  if (view.kind === 'folder') {
    const feedIds = feedsWithin(db, view.folderId)
    if (shareOf(db, feedIds, onlyUnread(request)) < largeShare) return pageOfFeeds(db, request, feedIds)
  }
  const { sql, values } = conditionOf(db, request)
  const { after, order } = pageClauses(request)
  const page = `SELECT id FROM articles WHERE ${sql}${after.sql} ORDER BY ${order} LIMIT ?`
  return getValues(db, page, ...values, ...after.values, limit)
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

/** Those of `keepIds` that belong to the view and, with `and`, to a narrower condition. */
function idsToKeep(db: ReadDb, request: ListRequest, and = 'TRUE', newestId = Number.MAX_SAFE_INTEGER): number[] {
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

function pageClauses({ after, oldestFirst }: ListRequest): { after: SqlPart; order: string } {
  const order = oldestFirst ? 'published_at ASC, id ASC' : 'published_at DESC, id DESC'
  if (!after) return { after: { sql: '', values: [] }, order }
  const sql = ` AND (published_at, id) ${oldestFirst ? '>' : '<'} (?, ?)`
  return { after: { sql, values: [after.publishedAt, after.id] }, order }
}

function inOrder(oldestFirst: boolean): (a: PageKey, b: PageKey) => number {
  const sign = oldestFirst ? 1 : -1
  return (a, b) => sign * (a.publishedAt - b.publishedAt || a.id - b.id)
}
