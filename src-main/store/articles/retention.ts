/**
 * Which articles need not be kept any longer. Asked of a connection beside the engine's: it looks at most rows. What is
 * shown as 'would go' and what then goes is the same question.
 */
import type { FeedRetention, Retention } from '../../api/storage-model.ts'
import { day } from '../../lib/time.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { prepared } from '../db/prepared.ts'

export type RetentionQuestion = {
  retention: Retention
  /** A rule to be tried for one feed; null is none of its own. Only what would go of that feed is answered. */
  feed: { feedId: number; rule: FeedRetention | null } | null
  /** The article that stays although it might go: someone may be reading it. */
  openArticleId: number | null
  /** Ms. */
  now: number
  /** False where the clock may have jumped: then nothing goes for its age. */
  isClockTrusted: boolean
}

/** Ids in ascending order, by what their state was when it was asked: one that has changed since stays. */
export type Doomed = { read: number[]; unread: number[] }

/** What is never deleted, whatever its age. Tags will stand here, too. */
export const isDeletable = 'articles.is_saved = 0'

const million = 1_000_000

/**
 * Bytes that an article takes beside its text as it is stored, in rows and their indexes, and for each byte of it, with its
 * words in the text index. Measured on the store of the benchmark: 3,431 in all, with texts of 1,440.
 */
const bytesBesideText = 1_200
const bytesPerTextByte = 1.6
/** Ids in one question. */
const chunk = 1_000

type Rules = {
  of(feedId: number): FeedRetention
  /** The size of all counts for this feed, too: where it says to keep all, it is meant. */
  isBySize(feedId: number): boolean
  feedIds: number[]
}

type Row = { id: number; feedId: number; isRead: number; firstSeenAt: number }

/** Everything that would go now. */
export function doomedArticles(db: ReadDb, question: RetentionQuestion): Doomed {
  const rules = rulesOf(db, question)
  const doomed = new Map<number, Row>()
  if (question.isClockTrusted) addOld(db, question, rules, doomed)
  addBeyondCount(db, question, rules, doomed)
  const { megabytes } = question.retention
  if (megabytes !== null) addBySize(db, question, rules, doomed, megabytes * million)

  const only = question.feed?.feedId
  const rows = [...doomed.values()].filter(row => only === undefined || row.feedId === only).sort((a, b) => a.id - b.id)
  const idsWhere = (isRead: number) => rows.filter(row => row.isRead === isRead).map(row => row.id)
  return { read: idsWhere(1), unread: idsWhere(0) }
}

/** Whether any rule could delete anything. */
export function hasRules(db: ReadDb, { days, perFeed, megabytes }: Retention): boolean {
  if (days !== null || perFeed !== null || megabytes !== null) return true
  return prepared<[], number>(db, 'SELECT 1 FROM feeds WHERE retention IS NOT NULL LIMIT 1').pluck().get() === 1
}

/** Gives a feed a rule of its own; null: as the settings say. */
export function setFeedRetention(db: WriteDb, feedId: number, rule: FeedRetention | null): void {
  prepared(db, 'UPDATE feeds SET retention = ? WHERE id = ?').run(rule && JSON.stringify(rule), feedId)
}

function rulesOf(db: ReadDb, { retention, feed }: RetentionQuestion): Rules {
  const own = new Map(
    prepared<[], { id: number; retention: string }>(db, 'SELECT id, retention FROM feeds WHERE retention IS NOT NULL')
      .all()
      .map(row => [row.id, JSON.parse(row.retention) as FeedRetention]),
  )
  if (feed?.rule) own.set(feed.feedId, feed.rule)
  else if (feed) own.delete(feed.feedId)
  return {
    of: feedId => own.get(feedId) ?? retention,
    isBySize(feedId) {
      const rule = own.get(feedId)
      return rule === undefined || rule.days !== null || rule.perFeed !== null
    },
    feedIds: prepared<[], number>(db, 'SELECT id FROM feeds').pluck().all(),
  }
}

function mayGo(row: Row, rule: FeedRetention, { openArticleId }: RetentionQuestion): boolean {
  return (row.isRead === 1 || rule.includesUnread) && row.id !== openArticleId
}

const columns = `articles.id, articles.feed_id AS feedId, articles.is_read AS isRead, articles.first_seen_at AS firstSeenAt`

/**
 * In the order in which they came. An article is as young as any that came before it: what was stored while the clock stood
 * in 1970 is not old; and what carries a time to come is new.
 */
function addOld(db: ReadDb, question: RetentionQuestion, rules: Rules, doomed: Map<number, Row>): void {
  const { now } = question
  const fewestDays = Math.min(...rules.feedIds.map(id => rules.of(id).days ?? Number.POSITIVE_INFINITY))
  if (!Number.isFinite(fewestDays)) return
  let cameAt = Number.NEGATIVE_INFINITY
  for (const row of prepared<[], Row & { isDeletable: number }>(
    db,
    `SELECT ${columns}, ${isDeletable} AS isDeletable FROM articles ORDER BY articles.id`,
  ).iterate()) {
    if (row.firstSeenAt > now) continue
    cameAt = Math.max(cameAt, row.firstSeenAt)
    if (cameAt >= now - fewestDays * day) return
    const rule = rules.of(row.feedId)
    const isOld = rule.days !== null && cameAt < now - rule.days * day
    if (isOld && row.isDeletable === 1 && mayGo(row, rule, question)) doomed.set(row.id, row)
  }
}

/** All but the newest of each feed, in the order of its list. */
function addBeyondCount(db: ReadDb, question: RetentionQuestion, rules: Rules, doomed: Map<number, Row>): void {
  const beyond = prepared<[number, number], Row & { isDeletable: number }>(
    db,
    `SELECT ${columns}, ${isDeletable} AS isDeletable FROM articles
     WHERE feed_id = ? ORDER BY published_at DESC, id DESC LIMIT -1 OFFSET ?`,
  )
  for (const feedId of rules.feedIds) {
    const rule = rules.of(feedId)
    if (rule.perFeed === null) continue
    for (const row of beyond.iterate(feedId, rule.perFeed)) {
      if (row.isDeletable === 1 && mayGo(row, rule, question)) doomed.set(row.id, row)
    }
  }
}

/** The oldest that may go, until as much is given back as the database is too large by. */
function addBySize(
  db: ReadDb,
  question: RetentionQuestion,
  rules: Rules,
  doomed: Map<number, Row>,
  limit: number,
): void {
  const used = usedBytes(db)
  if (used <= limit) return
  const weigh = makeScales(db, used)
  let excess = used - limit - textsOf(db, [...doomed.keys()]).reduce((sum, bytes) => sum + weigh(bytes), 0)
  if (excess <= 0) return
  for (const row of prepared<[], Row & { bytes: number }>(
    db,
    `SELECT ${columns}, length(contents.html) AS bytes FROM articles JOIN contents ON contents.article_id = articles.id
     WHERE ${isDeletable} ORDER BY articles.id`,
  ).iterate()) {
    const isCandidate = row.firstSeenAt <= question.now && rules.isBySize(row.feedId) && !doomed.has(row.id)
    if (!isCandidate || !mayGo(row, rules.of(row.feedId), question)) continue
    doomed.set(row.id, row)
    excess -= weigh(row.bytes)
    if (excess <= 0) return
  }
}

/**
 * What deleting an article gives back, by the bytes of its text as it is stored: its share of all that is used. Rather too
 * much, since marks and icons stay: then too few go at first, and some more an hour later.
 */
function makeScales(db: ReadDb, used: number): (textBytes: number) => number {
  const { articles, texts } = prepared<[], { articles: number; texts: number }>(
    db,
    'SELECT COUNT(*) AS articles, COALESCE(SUM(length(html)), 0) AS texts FROM contents',
  ).get()!
  const byText = (textBytes: number) => bytesBesideText + textBytes * bytesPerTextByte
  const factor = Math.max(1, used / (articles * bytesBesideText + texts * bytesPerTextByte))
  return textBytes => byText(textBytes) * factor
}

/** Of the database's pages those that hold something. */
function usedBytes(db: ReadDb): number {
  const sql = `SELECT (page_count - freelist_count) * page_size
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size`
  return prepared<[], number>(db, sql).pluck().get() ?? 0
}

function textsOf(db: ReadDb, ids: number[]): number[] {
  const texts = prepared<[string], number>(
    db,
    'SELECT length(html) FROM contents WHERE article_id IN (SELECT value FROM json_each(?))',
  ).pluck()
  const found: number[] = []
  for (let start = 0; start < ids.length; start += chunk) {
    found.push(...texts.all(JSON.stringify(ids.slice(start, start + chunk))))
  }
  return found
}
