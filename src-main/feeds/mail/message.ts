/** What is read of an e-mail message: a newsletter's head, and its article, as plain data that crosses threads; and which parts are not. */
import type { Unsubscribe } from '../../api/mail/model.ts'
import type { ReadyArticle } from '../parsed.ts'

/** What says that a message is one of a newsletter, and of which. */
export type NewsletterSign = {
  /**
   * The source that it belongs to: `list:<List-Id>`, else `unsub:<domain of List-Unsubscribe>/<sender's address>`, else
   * `from:<sender's address>`; in lower case.
   */
  key: string
  /** What it was recognised by: List-Id, List-Unsubscribe, or a mark of bulk mail. */
  kind: 'list' | 'unsubscribe' | 'bulk'
  /** The list's own words, else the sender's name, else the domain. */
  name: string
}

/** What the headers of a message say. Text fields are plain text in one line, '' where there is nothing. */
export type MailHead = {
  /** Without angle brackets. */
  messageId: string | null
  subject: string
  fromName: string
  /** In lower case; '' where there is none that could be answered. */
  fromAddress: string
  /** By the Date header, else by the newest Received; ms, never more than a day in the future; null where neither can be. */
  sentAt: number | null
  /** Null for a message of one person to another. */
  newsletter: NewsletterSign | null
  /** `from:<sender's address>`, for 'this sender too'; null where there is no address. */
  senderKey: string | null
  unsubscribe: Unsubscribe | null
}

/** By which key a message's text is sealed: of S/MIME or OpenPGP. */
export type Seal = 'smime' | 'pgp'

export type ReadMail = {
  head: MailHead
  /** Its `guid` is `mid:<Message-ID>`, else `mail:` and a hash of what there is. */
  article: ReadyArticle
  /** Its text, or some of it, is encrypted, and the article says so there. A message that is only signed is read as any other. */
  isSealed: Seal | null
}

/** Of texts, pictures that a text may show, messages and signed envelopes. Of the last one what it holds is read, if it is only signed. */
const readTypes = /^(?:text|image|message)\/|^application\/(?:x-)?pkcs7-mime$/

/**
 * Whether more is read of a part than its size. `type` in lower case; `hasAddress`: a Content-ID or Content-Location, by which a
 * text may show it.
 */
export function isContentRead(part: { type: string; disposition: string; hasAddress: boolean }): boolean {
  const { type, disposition, hasAddress } = part
  // A type that is none is read as text (RFC 2045, 5.2).
  if (!type.includes('/')) return true
  if (!readTypes.test(type)) return false
  if (/^(?:message|application)\//.test(type) || disposition !== 'attachment') return true
  return type.startsWith('image/') && hasAddress
}

/** A file that was not fetched: how many bytes it takes in the message, and about how many ends of lines are among them. */
export type Omitted = { bytes: number; lineEnds: number }

/** The line that stands in place of a file which was not fetched. `omission`: letters that nobody who wrote the message can know. */
export function omissionLine(omission: string, { bytes, lineEnds }: Omitted): string {
  return `${omission} ${bytes} ${lineEnds}`
}

/** What this line of a message stands for; null where it is a line like any other. */
export function omittedBy(line: Uint8Array, omission: string): Omitted | null {
  if (line.length <= omission.length || line.length > omission.length + 20) return null
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('latin1')
  if (!text.startsWith(`${omission} `)) return null
  const [bytes = 0, lineEnds = 0] = text
    .slice(omission.length + 1)
    .split(' ')
    .map(Number)
  return { bytes, lineEnds }
}
