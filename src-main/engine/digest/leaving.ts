/** A digest on its way out of Broadsheet, as a file or an e-mail of its own: its links lead to the pages of the articles. */
import type { SafeHtml } from '../../api/model.ts'
import type { LeavingArticle } from '../../archive/articles/leaving.ts'
import type { LoadResource } from '../../archive/export-pictures.ts'
import type { Digest } from '../../digest/compose.ts'
import { localDay } from '../../digest/due.ts'
import { writeDigest } from '../../digest/words.ts'
import { unpack } from '../../store/db/compressed-html.ts'
import { digestId, digestSource } from '../../store/digest/keep.ts'
import type { Context } from '../context/context.ts'
import { readArticle } from '../context/read-article.ts'

/** One that is kept, or one that was composed just now and is kept nowhere. */
export type WhichDigest = { kind: 'kept'; articleId: number } | { kind: 'composed'; digest: Digest }

/**
 * With its pictures, which come through `load` as those of any article that is exported. Null where a kept one is not there any
 * more. Rejects where one can't be prepared, which is our mistake: all of it is our own.
 */
export async function leavingDigest(
  context: Context,
  _load: LoadResource,
  which: WhichDigest,
): Promise<LeavingArticle | null> {
  const written = which.kind === 'kept' ? keptDigest(context, which.articleId) : await prepared(context, which.digest)
  return (
    written && {
      ...written,
      author: '',
      feedTitle: digestSource,
      url: null,
      updatedAt: null,
      language: 'en',
      categories: [],
      pictures: new Map(),
    }
  )
}

type Written = Pick<LeavingArticle, 'title' | 'publishedAt' | 'html'>

function keptDigest(context: Context, articleId: number): Written | null {
  const article = readArticle(context, articleId)
  return article && { title: article.title, publishedAt: article.publishedAt, html: article.html }
}

/** Sanitised as if it were kept. */
async function prepared({ pool }: Pick<Context, 'pool'>, digest: Digest): Promise<Written> {
  const day = localDay(digest.until)
  const answer = await pool.run('prepareDigest', { id: digestId(day), ...writeDigest(digest, day) })
  if (!answer.ok) throw new Error(`the digest could not be prepared: ${answer.failure.reason}`)
  const { title, html } = answer.article
  // Sanitised before it was packed.
  return { title, publishedAt: digest.until, html: typeof html === 'string' ? html : (unpack(html) as SafeHtml) }
}
