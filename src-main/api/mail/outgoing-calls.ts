/** What a window may ask of digests that are sent as mail: a part of the contract (contract/contract.ts). */
import { z } from 'zod'
import { once } from '../once.ts'
import { hostName } from '../shapes.ts'
import { type Delivery, type DigestLetter, mailAddressPattern, type Outgoing } from './outgoing.ts'

const none = once(() => z.strictObject({}))
const mailAddress = once(() => z.string().trim().min(3).max(320).regex(mailAddressPattern))
const letter = once(() => z.strictObject({ day: z.string().regex(/^\d{4}-\d\d-\d\d$/) }))
/** Without a password: as before, where the server is the same. */
const outgoing = once(() =>
  z.strictObject({
    host: hostName(),
    port: z.int().min(1).max(65_535),
    security: z.enum(['tls', 'starttls', 'none']),
    /** Empty where the server asks for none. */
    userName: z.string().trim().max(320),
    password: z.string().max(1_000).optional(),
    from: mailAddress(),
    to: mailAddress(),
  }),
)

export const outgoingQueries = {
  /** Where digests are sent as mail; null where they are not. The letter is the last one there was. */
  digestMail: none,
}

export const outgoingCommands = {
  /** Each digest that is made from now on is sent there. */
  setDigestMail: outgoing,
  stopDigestMail: none,
  /** Sends a few words, by what was typed. */
  testDigestMail: outgoing,
  /** Sends the letter that failed, or is in doubt, now. */
  sendDigestAgain: letter,
  /** The reader has found the letter that was in doubt. */
  digestArrived: letter,
  /** Sends what a digest made now would tell. None is kept, and nothing is tried again. */
  mailDigest: () => z.strictObject({ since: z.int().min(0).optional() }),
}

export type OutgoingOutputs = {
  digestMail: { outgoing: Outgoing | null; letter: DigestLetter | null }
  setDigestMail: { undoId: number | null }
  stopDigestMail: { undoId: number | null }
  testDigestMail: Delivery
  sendDigestAgain: Record<string, never>
  digestArrived: Record<string, never>
  mailDigest: { kind: 'no-server' } | { kind: 'nothing-to-tell' } | (Delivery & { to: string })
}
