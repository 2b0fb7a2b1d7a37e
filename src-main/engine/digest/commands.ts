/** Calls about digests. */
import type { Input, Output } from '../../api/contract/contract.ts'
import { fileName } from '../../archive/articles/leaving.ts'
import { makeDownload } from '../../archive/downloads.ts'
import type { LoadResource } from '../../archive/export-pictures.ts'
import type { Digest } from '../../digest/compose.ts'
import { localDay, sinceWhen } from '../../digest/due.ts'
import { digestIcon } from '../../digest/icon.ts'
import { headingOf, sourceOf, summaryOf, writeDigest } from '../../digest/words.ts'
import { canonicalUrl } from '../../feeds/prepare/identity-keys.ts'
import { NotFound } from '../../lib/refused.ts'
import { readMeta } from '../../store/db/meta.ts'
import { digestMemory, followDigests } from '../../store/digest/keep.ts'
import { linkedArticle } from '../../store/digest/linked.ts'
import { readSettings } from '../../store/settings.ts'
import { doUndoably } from '../../store/undo-log.ts'
import type { Context } from '../context/context.ts'
import { announceSources } from '../context/sources.ts'
import { leavingDigest } from './leaving.ts'
import type { DigestMail } from './mail.ts'
import { makeDigestMailCalls } from './mail-calls.ts'

type Parts = { mail: DigestMail; load: LoadResource }

export function makeDigestCalls(context: Context, { mail, load }: Parts) {
  const { db, now, maintenance, exportFolder, signer, visibilityJob } = context

  function compose(since: number | undefined): Promise<Digest> {
    const { most, parts } = readSettings(db).digest
    const until = now()
    return maintenance.composeDigest({ since: since ?? sinceWhen(digestMemory(db), until), until, most, parts })
  }

  return {
    ...makeDigestMailCalls(context, { mail, load, compose }),

    async digest({ since }: Input<'digest'>): Promise<Output<'digest'>> {
      const digest = await compose(since)
      const parts = digest.parts.map(part => ({
        heading: headingOf(part),
        items: part.items.map(item => ({
          id: item.id,
          title: item.title,
          source: sourceOf(item),
          summary: summaryOf(item),
          link: item.link,
        })),
      }))
      const { title } = writeDigest(digest, localDay(digest.until))
      return { title, since: digest.since, until: digest.until, parts }
    },

    async exportDigest({ since, format }: Input<'exportDigest'>): Promise<Output<'exportDigest'>> {
      const article = await leavingDigest(context, load, { kind: 'composed', digest: await compose(since) })
      if (!article) throw new NotFound('the digest')
      const made = await makeDownload(exportFolder, format, file =>
        maintenance.writeArticle({ article, format, file, at: now() }),
      )
      return { path: signer.export(made.name), bytes: made.bytes, name: fileName(article, format) }
    },

    digestFile(): Output<'digestFile'> {
      const memory = readMeta(db, 'digestFile')
      return { failure: memory?.folder === readSettings(db).digestFolder ? (memory?.failure ?? null) : null }
    },

    linkedArticle({ url, title }: Input<'linkedArticle'>): Output<'linkedArticle'> {
      return { articleId: linkedArticle(db, { url, key: canonicalUrl(url), title }) }
    },

    followDigest(): Output<'followDigest'> {
      let feedId = 0
      const undoId = doUndoably(db, now(), () => {
        const followed = followDigests(db, digestIcon, now())
        feedId = followed.feedId
        if (!followed.isNew) return null
        const { isMade, before } = followed
        return {
          kind: 'import',
          feedIds: [feedId],
          folderIds: [],
          before: before ? [before] : [],
          madeIds: isMade ? [feedId] : [],
        }
      })
      if (undoId !== null) announceSources(context)
      visibilityJob.runInBackground()
      return { feedId, undoId }
    },
  }
}
