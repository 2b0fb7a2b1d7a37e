/** A digest on its way out of Broadsheet, as a file of its own: its links lead to the pages of the articles. */
import type { SafeHtml } from '../../api/model.ts'
import type { LeavingArticle } from '../../archive/articles/leaving.ts'
import type { Digest } from '../../digest/compose.ts'
import { localDay } from '../../digest/due.ts'
import { writeDigest } from '../../digest/words.ts'
import { unpack } from '../../store/db/compressed-html.ts'
import { digestId, digestSource } from '../../store/digest/keep.ts'
import type { Context } from '../context/context.ts'

/** Sanitised as if it were kept. Rejects where that fails, which is our mistake: all of it is our own. */
export async function leavingDigest({ pool }: Pick<Context, 'pool'>, digest: Digest): Promise<LeavingArticle> {
  const day = localDay(digest.until)
  const prepared = await pool.run('prepareDigest', { id: digestId(day), ...writeDigest(digest, day) })
  if (!prepared.ok) throw new Error(`the digest could not be prepared: ${prepared.failure.reason}`)
  const { title, html } = prepared.article
  return {
    title,
    author: '',
    feedTitle: digestSource,
    url: null,
    publishedAt: digest.until,
    updatedAt: null,
    language: 'en',
    categories: [],
    // Sanitised before it was packed.
    html: typeof html === 'string' ? html : (unpack(html) as SafeHtml),
    pictures: new Map(),
  }
}
