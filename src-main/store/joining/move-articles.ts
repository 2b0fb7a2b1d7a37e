/** Moves articles from one newsletter to another, with all that is known of them. */
import { htmlToText } from '../../lib/html-text.ts'
import { portableArticle } from '../articles/portable.ts'
import type { WriteDb } from '../db/open.ts'
import { getValues, run } from '../db/prepared.ts'
import { indexArticle, unindexArticle } from '../search/index.ts'

/** Those of a feed, at most so many; none once all are moved. */
export function articlesToMove(db: WriteDb, feedId: number, limit: number): number[] {
  return getValues<number>(db, 'SELECT id FROM articles WHERE feed_id = ? ORDER BY id LIMIT ?', feedId, limit)
}

/** Inside the caller's transaction. Counts and lists follow by triggers; of the index it is written anew. Answers which were moved. */
export function moveArticles(db: WriteDb, articleIds: number[], from: number, to: number): number[] {
  const sql = `UPDATE articles SET feed_id = ? WHERE feed_id = ? AND id IN (SELECT value FROM json_each(?)) RETURNING id`
  const moved = getValues<number>(db, sql, to, from, JSON.stringify(articleIds))
  moveKeys(db, moved, from, to)
  for (const articleId of moved) {
    const article = portableArticle(db, articleId)
    if (!article) continue
    unindexArticle(db, articleId)
    indexArticle(db, articleId, { ...article, text: htmlToText(article.html) }, article.feedTitle)
  }
  return moved
}

/** Of articles that were deleted, too, so that their messages bring none of them back. */
export function moveDeleted(db: WriteDb, from: number, to: number): void {
  const sql =
    'SELECT DISTINCT article_id FROM identities WHERE feed_id = ? AND article_id NOT IN (SELECT id FROM articles)'
  moveKeys(db, getValues<number>(db, sql, from), from, to)
}

/** A key that both feeds have is the other's already. */
function moveKeys(db: WriteDb, articleIds: number[], from: number, to: number): void {
  const ids = JSON.stringify(articleIds)
  const keys = `UPDATE OR REPLACE identities SET feed_id = ?
    WHERE feed_id = ? AND article_id IN (SELECT value FROM json_each(?))`
  run(db, keys, to, from, ids)
  const tombstones =
    'UPDATE tombstones SET feed_id = ? WHERE feed_id = ? AND article_id IN (SELECT value FROM json_each(?))'
  run(db, tombstones, to, from, ids)
}
