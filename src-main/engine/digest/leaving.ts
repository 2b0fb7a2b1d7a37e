/** A digest on its way out of Broadsheet, as a file or an e-mail of its own: its links lead to the pages of the articles. */
import type { Article, SafeHtml } from '../../api/model.ts'
import { valuesOf } from '../../api/settings.ts'
import type { LeavingArticle } from '../../archive/articles/leaving.ts'
import { boundsOfDigest, type LoadResource, picturesOf } from '../../archive/export-pictures.ts'
import type { Digest } from '../../digest/compose.ts'
import { localDay } from '../../digest/due.ts'
import { writeDigest } from '../../digest/words.ts'
import { unpack } from '../../store/db/compressed-html.ts'
import { digestId, digestSource } from '../../store/digest/keep.ts'
import { feedByUrl } from '../../store/feeds/feeds.ts'
import { digestUrl } from '../../store/feeds/kinds.ts'
import { readingOf } from '../../store/reading.ts'
import type { Context } from '../context/context.ts'
import { readArticle, shownDigest } from '../context/read-article.ts'

/** One that is kept, or one that was composed just now and is kept nowhere. */
export type WhichDigest = { kind: 'kept'; articleId: number } | { kind: 'composed'; digest: Digest }

/**
 * With its pictures, which come through `load` as those of any article that is exported. Null where a kept one is not there any
 * more. Rejects where one can't be prepared, which is our mistake: all of it is our own.
 */
export async function leavingDigest(
  context: Context,
  load: LoadResource,
  which: WhichDigest,
): Promise<LeavingArticle | null> {
  const written = which.kind === 'kept' ? readArticle(context, which.articleId) : await composed(context, which.digest)
  if (!written) return null
  const { title, publishedAt, html, media, reading } = written
  // Nobody is there to be asked for them.
  const texts = reading.pictures === 'load' ? [{ html, media }] : []
  const { byArticle } = await picturesOf(texts, load, boundsOfDigest)
  return {
    ...{ title, publishedAt, html },
    author: '',
    feedTitle: digestSource,
    url: null,
    updatedAt: null,
    language: 'en',
    categories: [],
    pictures: byArticle[0] ?? new Map(),
  }
}

type Written = Pick<Article, 'title' | 'publishedAt' | 'html' | 'media' | 'reading'>

/** Sanitised, and shown, as if it were kept. */
async function composed(context: Context, digest: Digest): Promise<Written> {
  const { db, pool } = context
  const day = localDay(digest.until)
  const answer = await pool.run('prepareDigest', { id: digestId(day), ...writeDigest(digest, day) })
  if (!answer.ok) throw new Error(`the digest could not be prepared: ${answer.failure.reason}`)
  const { title, html: packed } = answer.article
  // Sanitised before it was packed.
  const html = typeof packed === 'string' ? packed : (unpack(packed) as SafeHtml)
  const reading = valuesOf(readingOf(db, feedByUrl(db, digestUrl)?.id ?? 0))
  return { title, publishedAt: digest.until, reading, ...shownDigest(context, { html, reading }) }
}
