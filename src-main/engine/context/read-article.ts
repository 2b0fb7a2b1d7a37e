/** One article as a window gets it. */
import { shownCategories } from '../../api/categories/aliases.ts'
import type { Article } from '../../api/model.ts'
import { illustratedDigest } from '../../digest/pictures.ts'
import { isTeaser } from '../../feeds/full-text/teaser.ts'
import { mediaKey } from '../../feeds/pictures/media-key.ts'
import { attempt } from '../../lib/log.ts'
import { articleById, type StoredArticle, wantTextAgain } from '../../store/articles/article.ts'
import type { ReadDb } from '../../store/db/open.ts'
import { isDigest } from '../../store/digest/keep.ts'
import { isToBeFetched } from '../../store/full-texts/wanted.ts'
import { pictureSizes } from '../../store/picture-sizes.ts'
import { makeReadingValues } from '../../store/reading.ts'
import { categoryAliases } from '../../store/search/categories.ts'
import type { Context } from './context.ts'
import { isPlayed, type Shown, serializeArticle } from './serialize.ts'

/** Null where there is none. One whose text is damaged is asked for again. */
export function readArticle(context: Context, id: number): Article | null {
  const { db, signer, log } = context
  const stored = articleById(db, id)
  if (!stored) return null
  if (stored.isDamaged) {
    log(`the text of article ${id} is damaged`)
    attempt(log, 'asking for its text again', () => wantTextAgain(db, id))
  }
  const sizesOf = (urls: string[]) => sizesAmong(db, urls, stored.privateHost)
  const article = serializeArticle(stored, signer, shownOf(context, stored), sizesOf)
  return isDigest(db, stored.sourceId) ? { ...article, ...shownDigest(context, article) } : article
}

/** The text of a digest with its pictures, each under the rights of the feed that it is of. */
export function shownDigest(
  { db, signer }: Pick<Context, 'db' | 'signer'>,
  { html, reading }: Pick<Article, 'html' | 'reading'>,
): Pick<Article, 'html' | 'media'> {
  const { html: illustrated, pictures } = illustratedDigest(db, html, reading.pictures !== 'never')
  return {
    html: illustrated,
    media: Object.fromEntries(pictures.map(({ url, feedId }) => [url, signer.media(url, feedId)])),
  }
}

/** A hash is made for each. Those further down have been fetched, and have their sizes, when the reader comes to them. */
const mostSized = 200

function sizesAmong(db: ReadDb, urls: string[], privateHost: string | null): Article['pictureSizes'] {
  if (urls.length === 0) return {}
  const keys = new Map(urls.slice(0, mostSized).map(url => [mediaKey({ url, privateHost }), url]))
  const sizes = pictureSizes(db, [...keys.keys()])
  return Object.fromEntries([...sizes].map(([key, size]) => [keys.get(key) ?? '', size]))
}

function shownOf({ db, isSafeMode, now }: Context, article: StoredArticle): Shown {
  const reading = makeReadingValues(db)(article)
  const { fullText } = article
  const isAlways = reading.fullText === 'always'
  const isThere = fullText?.kind === 'text'
  return {
    reading,
    categories: shownCategories(article.categories, categoryAliases(db)),
    isTeaser: isTeaser({ ...article, hasRecording: article.enclosures.some(isPlayed) }),
    isFullTextShown: isThere && (fullText.isShown ?? isAlways),
    isFullTextWanted: isAlways && !isSafeMode && isToBeFetched(article, now()),
  }
}
