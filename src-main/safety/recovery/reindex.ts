/** Puts articles into the text index anew, a few at a time: after a recovery that brought back more than a start has time for. */

import { htmlToText } from '../../lib/html-text.ts'
import { attempt, type Log } from '../../lib/log.ts'
import { articlesBelow, wholeArticles } from '../../store/articles/saved.ts'
import { readFact, writeFact } from '../../store/db/meta.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { indexArticle, unindexArticle } from '../../store/search/index.ts'

/** Some ms of work. */
const perStep = 20

/** Puts an article into the index as it is now, inside the caller's transaction. */
export function reindex(db: WriteDb, id: number): void {
  const [article] = wholeArticles(db, [id])
  unindexArticle(db, id)
  if (article) indexArticle(db, id, { ...article, text: htmlToText(article.html) }, article.feedTitle)
}

/** Goes on, newest first, where an earlier run left off. Answers whether there is more. */
export function reindexStep(db: WriteDb, log: Log): boolean {
  const below = readFact(db, 'reindexBelow')
  if (below === null) return false
  const ids = articlesBelow(db, below, perStep)
  db.transaction(() => {
    // One whose text is spoilt is passed over: it must not keep the others out.
    for (const id of ids) attempt(log, 'indexing an article anew', () => reindex(db, id))
    writeFact(db, 'reindexBelow', ids.at(-1) ?? null)
  }).immediate()
  return ids.length > 0
}
