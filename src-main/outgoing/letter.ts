/** A message as it is sent: text and HTML of the same, with its pictures in it (RFC 2046, 5.1.4; RFC 2387). */
import type { Outgoing } from '../api/mail/outgoing.ts'
import type { LeavingArticle } from '../archive/articles/leaving.ts'
import { letterHtml, lettersPictures } from './letter-html.ts'
import { letterText } from './letter-text.ts'

/** What is written: a digest, or a few words that show that it works. */
export type LetterContent = { kind: 'digest'; article: LeavingArticle } | { kind: 'test' }

export type LetterHead = Pick<Outgoing, 'from' | 'to'> & {
  /** Without angle brackets. */
  messageId: string
  /** Ms. */
  at: number
}

const senderName = 'Broadsheet'
const testText =
  'This is a test: Broadsheet can send you its digests.\n\nYou asked for it in Settings > Digest. Nobody else gets them.\n'

/** The whole message. */
export async function writeLetter(
  { from, to, messageId, at }: LetterHead,
  content: LetterContent,
): Promise<Uint8Array> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  const mail = new MailComposer({
    from: { name: senderName, address: from },
    to: { name: '', address: to },
    date: new Date(at),
    messageId: `<${messageId}>`,
    // No program answers that the reader is on holiday (RFC 3834, 5).
    headers: { 'Auto-Submitted': 'auto-generated' },
    // All of it is here: nothing that is written in it is ever opened or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(content.kind === 'test' ? { subject: 'Broadsheet: a test', text: testText } : digestParts(content.article)),
  })
  return mail.compile().build()
}

function digestParts(article: LeavingArticle) {
  const pictures = lettersPictures(article)
  return {
    subject: article.title,
    text: letterText(article),
    html: letterHtml(article, pictures),
    attachments: [...pictures.values()].map(({ cid, type, bytes }) => ({
      cid,
      contentType: type,
      contentDisposition: 'inline' as const,
      filename: false as const,
      content: Buffer.from(bytes),
    })),
  }
}
