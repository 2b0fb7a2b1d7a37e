/**
 * What the reader decided of stories. Each holds whatever the program finds, also once stories are found anew; of two that
 * contradict each other the later one. Articles are named by what outlives their rows.
 */
import { day } from '../../lib/time.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getRows, getValue, getValues, run } from '../db/prepared.ts'
import { articleByKeys, type Key, keysOf } from '../identity/keys.ts'

export type DecisionKind = 'same' | 'apart' | 'follow'

/** An article without ids of this database. */
export type PortableKeys = { feedUrl: string; keys: Key[] }

/**
 * 'same': the first article is of one story with the others. 'apart': it is of another than they are. 'follow': the story of
 * these articles, which the reader has seen, is followed (followed.ts). `id`: random, the same in journals and exports;
 * `decidedAt` in ms.
 */
export type Decision = { id: string; kind: DecisionKind; decidedAt: number; articles: PortableKeys[] }

/** A decision on articles of this database. */
export type NewDecision = Omit<Decision, 'articles'> & { articleIds: number[] }

/** A story has ended long before: nothing joins it that the decision could hold for. */
export const keptFor = 90 * day
/** More would be journaled at each decision, and tell no more. */
const mostNamed = 500

/** Inside the caller's transaction. */
export function addDecision(db: WriteDb, { id, kind, decidedAt, articleIds }: NewDecision): void {
  if (insertDecision(db, { id, kind, decidedAt })) nameMore(db, id, articleIds)
}

/** Inside the caller's transaction. */
export function nameMore(db: WriteDb, id: string, articleIds: number[]): void {
  const next = 'SELECT COALESCE(MAX(position) + 1, 0) FROM decided_articles WHERE decision_id = ?'
  const first = getValue<number>(db, next, id) ?? 0
  const sql = 'SELECT feeds.url FROM articles JOIN feeds ON feeds.id = articles.feed_id WHERE articles.id = ?'
  for (const [index, articleId] of articleIds.slice(0, Math.max(0, mostNamed - first)).entries()) {
    const feedUrl = getValue<string>(db, sql, articleId)
    if (feedUrl === null) continue
    const keys = JSON.stringify(keysOf(db, articleId))
    insertArticle(db, { id, position: first + index, feedUrl, keys, articleId })
  }
}

/** As a journal, an export or an undo record has it. Answers whether it was not there, or named fewer articles. */
export function putBackDecision(db: WriteDb, decision: Decision): boolean {
  const { id, articles } = decision
  if (!insertDecision(db, decision)) {
    // That a story is followed is told again when the reader has seen more of it.
    const named = getValue<number>(db, 'SELECT COUNT(*) FROM decided_articles WHERE decision_id = ?', id) ?? 0
    if (decision.kind !== 'follow' || articles.length <= named) return false
    run(db, 'DELETE FROM decided_articles WHERE decision_id = ?', id)
  }
  for (const [position, article] of articles.slice(0, mostNamed).entries()) {
    const articleId = articleByKeys(db, article)
    insertArticle(db, { id, position, feedUrl: article.feedUrl, keys: JSON.stringify(article.keys), articleId })
  }
  return true
}

/** Whether it was there. */
export function removeDecision(db: WriteDb, id: string): boolean {
  return run(db, 'DELETE FROM story_decisions WHERE id = ?', id).changes > 0
}

/** Deletes those that hold for nothing any more. */
export function forgetOldDecisions(db: WriteDb, now: number): void {
  run(db, 'DELETE FROM story_decisions WHERE decided_at < ?', now - keptFor)
}

/** Null where there is none. */
export function decisionById(db: ReadDb, id: string): Decision | null {
  const sql = 'SELECT id, kind, decided_at AS decidedAt FROM story_decisions WHERE id = ?'
  const decision = getRow<Omit<Decision, 'articles'>>(db, sql, id)
  return decision && { ...decision, articles: articlesOf(db, id) }
}

/** All of them, the earliest first. */
export function allDecisions(db: ReadDb): Decision[] {
  const sql = 'SELECT id, kind, decided_at AS decidedAt FROM story_decisions ORDER BY decided_at, id'
  return getRows<Omit<Decision, 'articles'>>(db, sql).map(one => ({ ...one, articles: articlesOf(db, one.id) }))
}

/** Those of a kind whose first article and one other are among these, either way round. */
export function decisionsAmong(db: ReadDb, kind: DecisionKind, articleIds: number[]): string[] {
  const sql = `SELECT DISTINCT story_decisions.id
    FROM json_each(?) AS wanted
    JOIN decided_articles AS first ON first.article_id = wanted.value AND first.position = 0
    JOIN story_decisions ON story_decisions.id = first.decision_id AND story_decisions.kind = ?
    JOIN decided_articles AS other ON other.decision_id = first.decision_id AND other.position > 0
    WHERE other.article_id IN (SELECT value FROM json_each(?))`
  const ids = JSON.stringify(articleIds)
  return getValues<string>(db, sql, ids, kind, ids)
}

/** Pairs of articles that the reader put together or apart, the earliest decision first. Without those that are not here. */
export function correctionsOf(db: ReadDb): { kind: 'same' | 'apart'; article: number; other: number }[] {
  const sql = `SELECT kind, first.article_id AS article, other.article_id AS other
    FROM story_decisions
    JOIN decided_articles AS first ON first.decision_id = id AND first.position = 0
    JOIN decided_articles AS other ON other.decision_id = id AND other.position > 0
    WHERE kind <> 'follow' AND first.article_id IS NOT NULL AND other.article_id IS NOT NULL
    ORDER BY decided_at, id, other.position`
  return getRows(db, sql)
}

/** After a restore articles come back later than what was decided of them: finds those that are here by now. */
export function findDecidedArticles(db: WriteDb): void {
  const sql = `SELECT decision_id AS id, position, feed_url AS feedUrl, keys FROM decided_articles WHERE article_id IS NULL`
  for (const { id, position, feedUrl, keys } of getRows<StoredArticle>(db, sql)) {
    const articleId = articleByKeys(db, { feedUrl, keys: JSON.parse(keys) as Key[] })
    if (articleId === null) continue
    run(
      db,
      'UPDATE decided_articles SET article_id = ? WHERE decision_id = ? AND position = ?',
      articleId,
      id,
      position,
    )
  }
}

/** Changes where one of the corrections is made, taken back, or finds its articles: what was computed before is to be computed anew. */
export function correctionsState(db: ReadDb): string {
  const sql = `SELECT COUNT(DISTINCT id) || ':' || COUNT(article_id) || ':' || COALESCE(group_concat(DISTINCT id), '')
    FROM story_decisions JOIN decided_articles ON decision_id = id WHERE kind <> 'follow'`
  return getValue<string>(db, sql) ?? ''
}

type StoredArticle = { id: string; position: number; feedUrl: string; keys: string }

function articlesOf(db: ReadDb, id: string): PortableKeys[] {
  const sql = 'SELECT feed_url AS feedUrl, keys FROM decided_articles WHERE decision_id = ? ORDER BY position'
  return getRows<Pick<StoredArticle, 'feedUrl' | 'keys'>>(db, sql, id).map(({ feedUrl, keys }) => ({
    feedUrl,
    keys: JSON.parse(keys) as Key[],
  }))
}

function insertDecision(db: WriteDb, { id, kind, decidedAt }: Omit<Decision, 'articles'>): boolean {
  const sql = 'INSERT INTO story_decisions (id, kind, decided_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING'
  return run(db, sql, id, kind, decidedAt).changes > 0
}

function insertArticle(db: WriteDb, article: StoredArticle & { articleId: number | null }): void {
  const sql = `INSERT INTO decided_articles (decision_id, position, feed_url, keys, article_id)
    VALUES (@id, @position, @feedUrl, @keys, @articleId)`
  run(db, sql, article)
}
