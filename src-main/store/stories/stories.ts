/** Which articles are of one story. How many sources a story has is kept by triggers (store/db/migrations.ts). */
import type { StoryRef } from '../../api/model.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getRows, getValue, getValues, run } from '../db/prepared.ts'
import { andVisible } from '../feeds/visibility.ts'
import { growingAmong } from './followed.ts'

/** Shown from so many sources on. */
const leastSources = 2

/** An article goes from one story to another; null: none. `domain`: null where nobody has looked. */
export type Move = { articleId: number; from: number | null; to: number | null; domain: string | null }

export function storyOf(db: ReadDb, articleId: number): number | null {
  return getValue<number>(db, 'SELECT story_id FROM story_articles WHERE article_id = ?', articleId)
}

/** Of its articles those that are listed, oldest first. */
export function articlesOfStory(db: ReadDb, storyId: number): number[] {
  const sql = `SELECT articles.id FROM story_articles JOIN articles ON articles.id = story_articles.article_id
    WHERE story_id = ? AND is_hidden = 0${andVisible(db)} ORDER BY published_at, articles.id`
  return getValues<number>(db, sql, storyId)
}

/** Of the articles of these stories those that are listed and unread. */
export function unreadOfStories(db: ReadDb, storyIds: number[]): { storyId: number; id: number }[] {
  const sql = `SELECT story_id AS storyId, articles.id
    FROM json_each(?) AS wanted
    JOIN story_articles ON story_id = wanted.value
    JOIN articles ON articles.id = article_id
    WHERE is_read = 0 AND is_hidden = 0${andVisible(db)} ORDER BY articles.id`
  return getRows<{ storyId: number; id: number }>(db, sql, JSON.stringify(storyIds))
}

/** All of its articles, listed or not. */
export function membersOf(db: ReadDb, storyId: number): number[] {
  return getValues<number>(db, 'SELECT article_id FROM story_articles WHERE story_id = ? ORDER BY article_id', storyId)
}

/** How many sources have it; null where there is no such story. */
export function sourcesOfStory(db: ReadDb, storyId: number): number | null {
  return getValue<number>(db, 'SELECT sources FROM stories WHERE id = ?', storyId)
}

/** The stories of these articles as lists show them; null: none that is shown. */
export function storyRefs(db: ReadDb, articleIds: number[]): { id: number; story: StoryRef | null }[] {
  const sql = `SELECT wanted.value AS id, stories.id AS storyId, stories.sources
    FROM json_each(?) AS wanted
    LEFT JOIN story_articles ON story_articles.article_id = wanted.value
    LEFT JOIN stories ON stories.id = story_articles.story_id`
  const rows = getRows<{ id: number; storyId: number | null; sources: number | null }>(
    db,
    sql,
    JSON.stringify(articleIds),
  )
  const growing = growingAmong(
    db,
    rows.flatMap(({ storyId }) => storyId ?? []),
  )
  return rows.map(({ id, storyId, sources }) => {
    return { id, story: storyRef(storyId, sources, storyId !== null && growing.has(storyId)) }
  })
}

/** As a list shows it; null where it has too few sources. */
export function storyRef(storyId: number | null, sources: number | null, hasNew: boolean): StoryRef | null {
  if (storyId === null || sources === null || sources < leastSources) return null
  return hasNew ? { id: storyId, sources, hasNew } : { id: storyId, sources }
}

/** The highest number that a story has had; 0 where there has been none. */
export function newestStory(db: ReadDb): number {
  return getValue<number>(db, "SELECT seq FROM sqlite_sequence WHERE name = 'stories'") ?? 0
}

/** Makes a story without articles: give it some in the same transaction. */
export function createStory(db: WriteDb, now: number): number {
  return Number(run(db, 'INSERT INTO stories (created_at) VALUES (?)', now).lastInsertRowid)
}

/** Where its articles were gone before they could be put into it. */
export function deleteIfEmpty(db: WriteDb, storyId: number): void {
  run(
    db,
    'DELETE FROM stories WHERE id = ? AND NOT EXISTS (SELECT 1 FROM story_articles WHERE story_id = stories.id)',
    storyId,
  )
}

export function setDomain(db: WriteDb, articleId: number, domain: string): void {
  run(db, 'UPDATE story_articles SET domain = ? WHERE article_id = ?', domain, articleId)
}

/** Ends the stories that have an article since then (ms): they are to be found anew. */
export function endStoriesSince(db: WriteDb, since: number): void {
  run(db, 'DELETE FROM stories WHERE latest_at >= ?', since)
}

/**
 * Puts an article into a story, which is made where it is gone, or takes it out of its story. A story without articles is
 * deleted. Answers what was changed; null where nothing was.
 */
export function moveArticle(db: WriteDb, { articleId, to, domain }: Omit<Move, 'from'>, now: number): Move | null {
  const sql = 'SELECT story_id AS "from", domain FROM story_articles WHERE article_id = ?'
  const before = getRow<{ from: number; domain: string | null }>(db, sql, articleId)
  const from = before?.from ?? null
  if (from === to) return null
  const known = domain ?? before?.domain ?? null
  if (to === null) {
    run(db, 'DELETE FROM story_articles WHERE article_id = ?', articleId)
  } else {
    run(db, 'INSERT INTO stories (id, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING', to, now)
    const upsert = `INSERT INTO story_articles (article_id, story_id, domain)
      SELECT id, ?, ? FROM articles WHERE id = ?
      ON CONFLICT DO UPDATE SET story_id = excluded.story_id, domain = excluded.domain`
    run(db, upsert, to, known, articleId)
  }
  return { articleId, from, to, domain: known }
}
