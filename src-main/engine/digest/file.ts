/** Writes the last digest into the folder that the user has named, once; where that fails, again after a while. */

import type { LoadResource } from '../../archive/export-pictures.ts'
import { minute } from '../../lib/time.ts'
import { readMeta, writeMeta } from '../../store/db/meta.ts'
import { asInteractive } from '../../store/db/write-gate.ts'
import { digestFeed, latestDigest } from '../../store/digest/keep.ts'
import { readSettings } from '../../store/settings.ts'
import type { Context } from '../context/context.ts'
import { leavingDigest } from './leaving.ts'

/** A drive may be connected any time. */
const retryAfter = 10 * minute

export function createDigestFile(context: Context, load: LoadResource): () => Promise<void> {
  const { db, now, maintenance, announcer } = context
  return async () => {
    const { digestFolder: folder, digestFile: kind } = readSettings(db)
    const latest = digestFeed(db) && latestDigest(db)
    if (folder === null || !latest) return
    const memory = readMeta(db, 'digestFile')
    const known = memory?.folder === folder ? memory : null
    if (known?.day === latest.day) return
    const since = known?.failure ? now() - known.failure.at : retryAfter
    if (since >= 0 && since < retryAfter) return
    const article = await leavingDigest(context, load, { kind: 'kept', articleId: latest.id })
    if (!article) return
    const name = `Digest ${latest.day}`
    const failure = await maintenance.writeDigest({ article, kind, folder, name, at: now() })
    const day = failure ? (known?.day ?? null) : latest.day
    const told = failure && { ...failure, at: now() }
    asInteractive(db, true, () => writeMeta(db, 'digestFile', { folder, day, failure: told }))
    announcer.emit('settings-changed', { settings: readSettings(db) })
  }
}
