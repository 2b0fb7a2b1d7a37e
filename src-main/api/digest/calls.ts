/** What a window may ask of digests: a part of the contract (contract/contract.ts). */
import { z } from 'zod'

const none = () => z.strictObject({})
/** Ms; absent: since the last one that was made, or of the last 24 hours. */
const since = z.int().min(0).optional()

export const digestQueries = {
  /** What a digest made now would tell. None is kept. */
  digest: () => z.strictObject({ since }),
  /** The same as a file: answers a signed path, valid for some minutes. */
  exportDigest: () => z.strictObject({ since, format: z.enum(['html', 'epub']) }),
  /** Why the last digest is not in the user's folder yet, and when that was tried last (ms). */
  digestFile: none,
  /** The article of the library that a link of a digest leads to; `title`: the headline that is linked. */
  linkedArticle: () => z.strictObject({ url: z.string().max(4_096), title: z.string().max(2_000) }),
}

export const digestCommands = {
  /** From now on digests are made; unsubscribing their source ends that. */
  followDigest: none,
}

/** `summary` is one line; `link` is null where nothing is known to lead to. */
export type ToldArticle = { id: number; title: string; source: string; summary: string; link: string | null }

export type DigestFileFailure = {
  reason: 'no-folder' | 'not-writable' | 'no-space' | 'failed'
  detail: string
  at: number
}

export type DigestOutputs = {
  digest: { title: string; since: number; until: number; parts: { heading: string; items: ToldArticle[] }[] }
  exportDigest: { path: string; bytes: number; name: string }
  digestFile: { failure: DigestFileFailure | null }
  /** Null: it is not here, or not any more. */
  linkedArticle: { articleId: number | null }
  followDigest: { feedId: number; undoId: number | null }
}
