/** What other sources have about the event that an article is about (docs/stories.md). */
import type { ReadDb } from '../db/open.ts'
import { getValues } from '../db/prepared.ts'
import { andVisible } from '../feeds/visibility.ts'

/** The articles of an article's story, the newest first, at most `limit`: of other feeds, once each, copies of it left out. */
export function storyBeside(db: ReadDb, articleId: number, limit: number): number[] {
  const sql = `SELECT MIN(articles.id) AS id
    FROM articles AS subject
    JOIN story_articles AS own ON own.article_id = subject.id
    JOIN story_articles AS other ON other.story_id = own.story_id
    JOIN articles ON articles.id = other.article_id
    WHERE subject.id = ? AND articles.feed_id <> subject.feed_id AND articles.is_hidden = 0${andVisible(db)}
      AND (articles.copy_group IS NULL OR articles.copy_group IS NOT subject.copy_group)
    GROUP BY COALESCE(articles.copy_group, -articles.id)
    ORDER BY MAX(articles.published_at) DESC LIMIT ?`
  return getValues<number>(db, sql, articleId, limit)
}
