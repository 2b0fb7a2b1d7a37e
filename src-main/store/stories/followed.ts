/**
 * The stories that the reader follows, and what has come to them since they last looked. The decision to follow a story names
 * the articles of it that the reader has seen: so it is known wherever the decision is (journal, backups, exports).
 */
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRows } from '../db/prepared.ts'
import { andVisible } from '../feeds/visibility.ts'
import { nameMore } from './decisions.ts'

/** By story: the decisions to follow it. Of stories in which none of the articles is any more, none. */
export function followedStories(db: ReadDb): Map<number, string[]> {
  // An article that was seen in a story may be of another now: a decision is of the story that has most of its articles.
  const sql = `SELECT story_decisions.id AS decisionId, story_articles.story_id AS storyId
    FROM story_decisions
    JOIN decided_articles ON decided_articles.decision_id = story_decisions.id
    JOIN story_articles ON story_articles.article_id = decided_articles.article_id
    WHERE story_decisions.kind = 'follow'
    GROUP BY story_decisions.id, story_articles.story_id
    ORDER BY COUNT(*) DESC, story_articles.story_id`
  const storyOf = new Map<string, number>()
  for (const { decisionId, storyId } of getRows<{ decisionId: string; storyId: number }>(db, sql))
    if (!storyOf.has(decisionId)) storyOf.set(decisionId, storyId)
  const stories = new Map<number, string[]>()
  for (const [decisionId, storyId] of storyOf) stories.set(storyId, [...(stories.get(storyId) ?? []), decisionId])
  return stories
}

/** What the reader has not seen of a story, oldest first. `joined`: the first of each source that was not in it before. */
export type StoryNews = { unseen: number[]; joined: number[] }

/** Of those of these stories that are followed and have any. */
export function newsOf(db: ReadDb, storyIds: Iterable<number>): Map<number, StoryNews> {
  const sql = `SELECT articles.id, story_articles.story_id AS storyId,
      COALESCE(story_articles.domain, 'article ' || articles.id) AS source,
      EXISTS (
        SELECT 1 FROM decided_articles JOIN story_decisions ON story_decisions.id = decided_articles.decision_id
        WHERE decided_articles.article_id = articles.id AND story_decisions.kind IN ('follow', 'same')) AS isSeen
    FROM json_each(?) AS wanted
    JOIN story_articles ON story_articles.story_id = wanted.value
    JOIN articles ON articles.id = story_articles.article_id
    WHERE is_hidden = 0${andVisible(db)} ORDER BY published_at, articles.id`
  const asked = new Set(storyIds)
  const wanted = asked.size === 0 ? [] : [...followedStories(db).keys()].filter(id => asked.has(id))
  if (wanted.length === 0) return new Map()
  const rows = getRows<{ id: number; storyId: number; source: string; isSeen: 0 | 1 }>(db, sql, JSON.stringify(wanted))
  const news = [...Map.groupBy(rows, ({ storyId }) => storyId)].map(([storyId, articles]): [number, StoryNews] => {
    const known = new Set(articles.filter(({ isSeen }) => isSeen === 1).map(({ source }) => source))
    const unseen = articles.filter(({ isSeen }) => isSeen === 0)
    const joined = unseen.filter(({ source }) => !known.has(source) && known.add(source))
    return [storyId, { unseen: unseen.map(({ id }) => id), joined: joined.map(({ id }) => id) }]
  })
  return new Map(news.filter(([, { unseen }]) => unseen.length > 0))
}

/** Those of these stories that are followed and that sources have joined since the reader last looked. */
export function growingAmong(db: ReadDb, storyIds: Iterable<number>): Set<number> {
  return new Set([...newsOf(db, storyIds)].filter(([, { joined }]) => joined.length > 0).map(([storyId]) => storyId))
}

/**
 * The reader has looked at these articles of a story. Answers the decisions that were changed; none where it is not followed or
 * all had been seen. Inside the caller's transaction.
 */
export function noteSeen(db: WriteDb, storyId: number, articleIds: number[]): string[] {
  const unseen = new Set(newsOf(db, [storyId]).get(storyId)?.unseen)
  const seen = articleIds.filter(id => unseen.has(id))
  if (seen.length === 0) return []
  const decisions = followedStories(db).get(storyId) ?? []
  for (const decisionId of decisions) nameMore(db, decisionId, seen)
  return decisions
}
