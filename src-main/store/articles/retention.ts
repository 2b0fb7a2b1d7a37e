/**
 * Which articles the rules of retention delete. Reads most rows, so it runs in the maintenance thread. What a window shows as
 * 'would be deleted' and what then is deleted is one query.
 */
import type { FeedRetention, Retention } from '../../api/storage-model.ts'
import { day } from '../../lib/time.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getRows, getValue, getValues, iterateRows, run } from '../db/prepared.ts'

export type RetentionQuestion = {
  retention: Retention
  /** A rule to try for one feed (null: none of its own). Only articles of that feed are answered. */
  feed: { feedId: number; rule: FeedRetention | null } | null
  /** An article that stays, since someone may be reading it. */
  openArticleId: number | null
  /** Ms. */
  now: number
  /** False where the clock may have jumped: then age deletes nothing. */
  isClockTrusted: boolean
}

/** Ids in ascending order, by their state at the time: one that is read or unread since then stays. */
export type Expired = { read: number[]; unread: number[] }

/** Condition for articles that retention may delete at all. */
export const isDeletable = 'articles.is_saved = 0'

const million = 1_000_000

/**
 * What an article takes on the disk: bytes in rows and their indexes, and bytes per byte of compressed text, with its words in
 * the text index. Measured on the store of the benchmark: 3,431 in all, with texts of 1,440.
 */
const bytesBesideText = 1_200
const bytesPerTextByte = 1.6

type Rules = {
  of(feedId: number): FeedRetention
  /** Whether the limit of the whole database applies to this feed: not where its own rule is to keep all. */
  isBySize(feedId: number): boolean
  feedIds: number[]
}

type Row = { id: number; feedId: number; isRead: number; firstSeenAt: number }

/** All articles to delete now. */
export function expiredArticles(db: ReadDb, question: RetentionQuestion): Expired {
  const rules = rulesOf(db, question)
  const expired = new Map<number, Row>()
  if (question.isClockTrusted) addOld(db, question, rules, expired)
  addBeyondCount(db, question, rules, expired)
  const { megabytes } = question.retention
  if (megabytes !== null) addBySize(db, question, rules, expired, megabytes * million)

  const only = question.feed?.feedId
  const rows = [...expired.values()]
    .filter(row => only === undefined || row.feedId === only)
    .sort((a, b) => a.id - b.id)
  const idsWhere = (isRead: number) => rows.filter(row => row.isRead === isRead).map(row => row.id)
  return { read: idsWhere(1), unread: idsWhere(0) }
}

/** Whether any rule could delete anything. */
export function hasRules(db: ReadDb, { days, perFeed, megabytes }: Retention): boolean {
  if (days !== null || perFeed !== null || megabytes !== null) return true
  return getValue(db, 'SELECT 1 FROM feeds WHERE retention IS NOT NULL LIMIT 1') === 1
}

/** Gives a feed a rule of its own; null goes back to that of the settings. */
export function setFeedRetention(db: WriteDb, feedId: number, rule: FeedRetention | null): void {
  run(db, 'UPDATE feeds SET retention = ? WHERE id = ?', rule && JSON.stringify(rule), feedId)
}

function rulesOf(db: ReadDb, { retention, feed }: RetentionQuestion): Rules {
  const sql = 'SELECT id, retention FROM feeds WHERE retention IS NOT NULL'
  const rows = getRows<{ id: number; retention: string }>(db, sql)
  const own = new Map(rows.map(row => [row.id, JSON.parse(row.retention) as FeedRetention]))
  if (feed?.rule) own.set(feed.feedId, feed.rule)
  else if (feed) own.delete(feed.feedId)
  return {
    of: feedId => own.get(feedId) ?? retention,
    isBySize(feedId) {
      const rule = own.get(feedId)
      return rule === undefined || rule.days !== null || rule.perFeed !== null
    },
    feedIds: getValues<number>(db, 'SELECT id FROM feeds'),
  }
}

function mayGo(row: Row, rule: FeedRetention, { openArticleId }: RetentionQuestion): boolean {
  return (row.isRead === 1 || rule.includesUnread) && row.id !== openArticleId
}

const columns = `articles.id, articles.feed_id AS feedId, articles.is_read AS isRead, articles.first_seen_at AS firstSeenAt`

/**
 * Articles in the order in which they came. One counts as no older than any that came before it, so that what was stored while
 * the clock stood in 1970 is not old. One with a time in the future counts as new.
 */
function addOld(db: ReadDb, question: RetentionQuestion, rules: Rules, expired: Map<number, Row>): void {
  const { now } = question
  const fewestDays = Math.min(...rules.feedIds.map(id => rules.of(id).days ?? Number.POSITIVE_INFINITY))
  if (!Number.isFinite(fewestDays)) return
  let cameAt = Number.NEGATIVE_INFINITY
  const sql = `SELECT ${columns}, ${isDeletable} AS isDeletable FROM articles ORDER BY articles.id`
  for (const row of iterateRows<Row & { isDeletable: number }>(db, sql)) {
    if (row.firstSeenAt > now) continue
    cameAt = Math.max(cameAt, row.firstSeenAt)
    if (cameAt >= now - fewestDays * day) return
    const rule = rules.of(row.feedId)
    const isOld = rule.days !== null && cameAt < now - rule.days * day
    if (isOld && row.isDeletable === 1 && mayGo(row, rule, question)) expired.set(row.id, row)
  }
}

/** All but the newest of each feed, in the order of its list. */
function addBeyondCount(db: ReadDb, question: RetentionQuestion, rules: Rules, expired: Map<number, Row>): void {
  const sql = `SELECT ${columns}, ${isDeletable} AS isDeletable FROM articles
    WHERE feed_id = ? ORDER BY published_at DESC, id DESC LIMIT -1 OFFSET ?`
  for (const feedId of rules.feedIds) {
    const rule = rules.of(feedId)
    if (rule.perFeed === null) continue
    for (const row of iterateRows<Row & { isDeletable: number }>(db, sql, feedId, rule.perFeed)) {
      if (row.isDeletable === 1 && mayGo(row, rule, question)) expired.set(row.id, row)
    }
  }
}

/** The oldest articles that may be deleted, until the database is small enough. */
function addBySize(
  db: ReadDb,
  question: RetentionQuestion,
  rules: Rules,
  expired: Map<number, Row>,
  limit: number,
): void {
  const used = usedBytes(db)
  if (used <= limit) return
  const sizeOf = sizeEstimate(db, used)
  let excess = used - limit - sizeOf(expired.size, textBytes(db, expired.keys()))
  if (excess <= 0) return
  const sql = `SELECT ${columns}, length(contents.html) AS bytes FROM articles
    JOIN contents ON contents.article_id = articles.id WHERE ${isDeletable} ORDER BY articles.id`
  for (const row of iterateRows<Row & { bytes: number }>(db, sql)) {
    const isCandidate = row.firstSeenAt <= question.now && rules.isBySize(row.feedId) && !expired.has(row.id)
    if (!isCandidate || !mayGo(row, rules.of(row.feedId), question)) continue
    expired.set(row.id, row)
    excess -= sizeOf(1, row.bytes)
    if (excess <= 0) return
  }
}

/**
 * Estimates the bytes that deleting articles frees, from those of their compressed texts: their share of all that is used.
 * Rather too much, since keys and icons stay: then too few are deleted at first, and some more an hour later.
 */
function sizeEstimate(db: ReadDb, used: number): (articles: number, textBytes: number) => number {
  const sql = 'SELECT COUNT(*) AS articles, TOTAL(length(html)) AS texts FROM contents'
  const all = getRow<{ articles: number; texts: number }>(db, sql)!
  const measured = (articles: number, texts: number) => articles * bytesBesideText + texts * bytesPerTextByte
  const factor = Math.max(1, used / measured(all.articles, all.texts))
  return (articles, texts) => measured(articles, texts) * factor
}

/** Bytes of the database's pages that are not free. */
function usedBytes(db: ReadDb): number {
  const sql = `SELECT (page_count - freelist_count) * page_size
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size`
  return getValue<number>(db, sql) ?? 0
}

/** Bytes of the compressed texts of these articles. */
function textBytes(db: ReadDb, ids: Iterable<number>): number {
  const sql = 'SELECT TOTAL(length(html)) FROM contents WHERE article_id IN (SELECT value FROM json_each(?))'
  return getValue<number>(db, sql, JSON.stringify([...ids]))!
}
