/** What a window may ask of digests: a part of the contract (contract/contract.ts). */
import { z } from 'zod'

const none = () => z.strictObject({})

export const digestQueries = {
  /** The article of the library that a link of a digest leads to; `title`: the headline that is linked. */
  linkedArticle: () => z.strictObject({ url: z.string().max(4_096), title: z.string().max(2_000) }),
}

export const digestCommands = {
  /** From now on digests are made; unsubscribing their source ends that. */
  followDigest: none,
}

export type DigestOutputs = {
  /** Null: it is not here, or not any more. */
  linkedArticle: { articleId: number | null }
  followDigest: { feedId: number; undoId: number | null }
}
