/** Mail that Broadsheet sends, to the reader and nobody else: where it is handed over (SMTP), and what came of it. Plain JSON. */
import type { MailFailure, MailServer } from './model.ts'

/** `userName` is empty where the server, on this computer, asks for none. */
export type Outgoing = MailServer & { from: string; to: string }

/** One address, without a name beside it, as it can stand on an envelope. */
export const mailAddressPattern = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/

/** Why mail could not be sent. Data, never an exception; words in outgoing-reasons.ts. `said`: the server's own words. */
export type OutgoingFailure =
  | Exclude<MailFailure, { reason: 'no-folder' }>
  /** It takes no mail from this address, or for that one. */
  | { reason: 'not-from'; host: string; address: string; said: string }
  | { reason: 'not-to'; host: string; address: string; said: string }
  /** It took the addresses, and not the message. */
  | { reason: 'not-taken'; host: string; said: string }
  /** It takes none that is so large. */
  | { reason: 'too-large'; host: string }

/** 'in-doubt': all of it was sent, and no answer came. It is not sent again by itself, since it may have been taken. */
export type Delivery = { kind: 'sent' } | { kind: 'failed'; failure: OutgoingFailure } | { kind: 'in-doubt' }

/** The mail with the digest of a day ('2026-11-28'). Times in ms. */
export type DigestLetter = { day: string } & (
  | { state: 'waiting'; tries: number; nextTryAt: number; failed: { failure: OutgoingFailure; at: number } | null }
  /** Its end is about to be sent: where nothing more is known, nobody knows whether it was taken. */
  | { state: 'handing-over' }
  | { state: 'sent' | 'in-doubt'; at: number }
)

/**
 * The Message-ID of such a letter: by its date, so that a mailbox can tell that two are one. `time`: of letters besides the
 * day's own, which have none.
 */
export function digestMessageId(from: string, day: string, time = ''): string {
  const domain = from.slice(from.lastIndexOf('@') + 1)
  return `digest-${day}${time && `-${time}`}.broadsheet@${domain}`
}

/** Whether Broadsheet has sent it: it is no newsletter, or each digest would tell of the one before. */
export function isOwnMessageId(messageId: string): boolean {
  return /^digest-\d{4}-\d\d-\d\d(?:-\w+)?\.broadsheet@/.test(messageId)
}
