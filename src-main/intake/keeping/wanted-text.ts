/** Whether a saved article is to be kept with the text of its page. */
import { enclosureKind } from '../../api/enclosures.ts'
import { isTeaser } from '../../feeds/full-text/teaser.ts'
import type { StoredArticle } from '../../store/articles/article.ts'
import type { ReadDb } from '../../store/db/open.ts'
import { pagesId } from '../../store/feeds/pages.ts'
import { isToBeFetched } from '../../store/full-texts/wanted.ts'
import { readingOf } from '../../store/reading.ts'

/** Where its feed gives only the beginning, or is read with full texts always. A page that was saved is its own text. */
export function isTextWanted(db: ReadDb, article: StoredArticle, now: number): boolean {
  const { sourceId, enclosures } = article
  if (!isToBeFetched(article, now) || sourceId === pagesId(db)) return false
  if (readingOf(db, sourceId).fullText.value === 'always') return true
  const hasRecording = enclosures.some(file => /^(?:audio|video)$/.test(enclosureKind(file)))
  return isTeaser({ ...article, hasRecording })
}
