/** Stores what an article's page on the web says, and has the search find it. */
import { htmlToText } from '../../lib/html-text.ts'
import type { WriteDb } from '../db/open.ts'
import { type PageText, writeFullText } from '../full-texts/full-texts.ts'
import { wantPicturesAgain } from '../saved/pinned-pictures.ts'
import { indexArticle, unindexArticle } from '../search/index.ts'
import { portableArticle } from './portable.ts'

/** `isShown`: the reader wants to read it; null where nobody has asked for it. False where the article is gone. */
export function storeFullText(db: WriteDb, articleId: number, text: PageText, isShown: boolean | null): boolean {
  return db
    .transaction(() => {
      const article = portableArticle(db, articleId)
      if (!article) return false
      writeFullText(db, articleId, text, isShown)
      wantPicturesAgain(db, articleId)
      unindexArticle(db, articleId)
      indexArticle(db, articleId, { ...article, text: htmlToText(article.html) }, article.feedTitle)
      return true
    })
    .immediate()
}
