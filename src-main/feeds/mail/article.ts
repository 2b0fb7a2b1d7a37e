/** A message as an item, as a feed would have it: the rest of its way is that of any article (feeds/prepare). */
import { hash } from 'node:crypto'
import { escapeText } from '../../lib/escape.ts'
import { isoOrNull } from '../../lib/time.ts'
import { webAddress } from '../../lib/urls.ts'
import type { Failed } from '../documents.ts'
import { emptyItem, type ParsedItem } from '../parsed.ts'
import { type Body, readBody, type Segment } from './body.ts'
import { headOf } from './head.ts'
import { type Headers, readHeaders } from './headers.ts'
import { leftOut, readHtml } from './html.ts'
import { withoutMboxMarks } from './mbox.ts'
import type { MailHead, Seal } from './message.ts'
import { type Part, Refusal } from './mime.ts'
import { Pictures } from './pictures.ts'
import { plainToHtml } from './plain.ts'

/** Of a larger message the beginning is read, where its text is. */
export const largestMessage = 32_000_000
const mostListed = 100
/** All texts of a message together; with its pictures below what the sanitiser reads. */
const longestText = 900_000

export type MailItem = { ok: true; head: MailHead; item: ParsedItem; isSealed: Seal | null }

/**
 * `now` in ms; `omission` begins the lines that stand in place of files which were not fetched (`omissionLine`). Whatever the message
 * is, the answer is an item or a failure.
 */
export async function readItem(given: Uint8Array, now: number, omission?: string): Promise<MailItem | Failed> {
  const isCut = given.length > largestMessage
  const bytes = withLines(withoutMboxMarks(isCut ? given.subarray(0, largestMessage) : given))
  const headers = readHeaders(bytes)
  if (!isMessage(headers)) {
    return { ok: false, failure: { reason: 'malformed', detail: 'it is no e-mail message', line: null } }
  }
  try {
    const body = await readBody(bytes, now, omission)
    return { ok: true, ...itemOf(headers, headOf(headers, now), body, isCut) }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, failure: error.failure }
    throw error
  }
}

const usualFields = [
  'from',
  'date',
  'subject',
  'message-id',
  'received',
  'mime-version',
  'content-type',
  'to',
  'return-path',
]

function isMessage(headers: Headers): boolean {
  return usualFields.some(name => headers.first(name) !== '')
}

/** A file of an old Macintosh ends its lines with CR alone, which within other messages ends nothing. */
function withLines(bytes: Uint8Array): Uint8Array {
  const start = bytes.subarray(0, 100_000)
  if (start.includes(0x0a) || !start.includes(0x0d)) return bytes
  return bytes.map(byte => (byte === 0x0d ? 0x0a : byte))
}

function itemOf(headers: Headers, head: MailHead, body: Body, isCut: boolean): Omit<MailItem, 'ok'> {
  const pictures = new Pictures(body.resources)
  const written = new Writer(pictures, head.subject)
  const text = written.all(body.segments)
  const attached = [...body.attachments, ...pictures.unused]
  const html = [
    text,
    isCut || body.isCut || written.isCut ? '<p><em>The message is too long to be shown whole.</em></p>' : '',
    attachmentList(attached),
  ].join('\n')
  return {
    head,
    isSealed: body.seal,
    item: { ...emptyItem, ...fieldsOf(headers, head, html, written.webPage), id: idOf(head, body.segments) },
  }
}

function fieldsOf(headers: Headers, head: MailHead, html: string, webPage: string | null): Partial<ParsedItem> {
  const { subject, fromName, fromAddress, sentAt } = head
  return {
    title: subject,
    link: archivedAt(headers) ?? webPage ?? listArchive(headers),
    authors: fromName || fromAddress ? [{ name: fromName || fromAddress, email: '', url: '' }] : [],
    publishedAt: isoOrNull(sentAt),
    contentHtml: html,
  }
}

/** Without a Message-ID a hash of what was sent, not of what we make of it: that may change with our rules. */
function idOf({ messageId, sentAt, fromAddress, subject }: MailHead, segments: Segment[]): string {
  if (messageId !== null) return `mid:${messageId}`
  const written = [String(sentAt), fromAddress, subject, ...segments.map(sentText)].join('\n')
  return `mail:${hash('sha256', written, 'base64url').slice(0, 32)}`
}

function sentText(segment: Segment): string {
  if (segment.kind === 'html') return segment.html
  if (segment.kind === 'text') return segment.text
  return segment.kind === 'message' ? segment.segments.map(sentText).join('\n') : ''
}

/** Archived-At (RFC 5064): the page of this message. */
function archivedAt(headers: Headers): string | null {
  return bracketed(headers.first('archived-at'))
}

/** List-Archive (RFC 2369) is mostly one page for all messages, by which they would be one article: only where it says which. */
function listArchive(headers: Headers): string | null {
  const url = bracketed(headers.first('list-archive'))
  return url !== null && /\/\d{2,}(?:\/\d+)?\/?$/.test(URL.parse(url)?.pathname ?? '') ? url : null
}

function bracketed(value: string): string | null {
  return webAddress((/<([^<>]{1,4096})>/.exec(value)?.[1] ?? value).replace(/\s+/g, '') || null)
}

/** Makes the HTML of segments, one after the other. */
class Writer {
  webPage: string | null = null
  isCut = false
  readonly #pictures: Pictures
  readonly #title: string
  #left = longestText

  constructor(pictures: Pictures, title: string) {
    this.#pictures = pictures
    this.#title = title
  }

  all(segments: Segment[]): string {
    return segments
      .map(segment => this.#one(segment))
      .filter(html => html !== '')
      .join('\n')
  }

  #one(segment: Segment): string {
    if (segment.kind === 'picture') return this.#picture(segment.part)
    if (segment.kind === 'sealed') return sealedWords(segment.seal)
    if (segment.kind === 'message')
      return `${headLines(segment.head)}<blockquote>${this.all(segment.segments)}</blockquote>`
    if (this.#left <= 0) {
      this.isCut = true
      return ''
    }
    if (segment.kind === 'text') return this.#spend(plainToHtml(segment))
    const { html, webPage, isCut } = readHtml(segment.html, { pictures: this.#pictures, title: this.#title })
    this.webPage ??= webPage
    this.isCut ||= isCut
    return this.#spend(html)
  }

  /** Pictures within count by themselves. */
  #spend(html: string): string {
    this.#left -= html.length - pictureLength(html)
    return html
  }

  #picture(part: Part): string {
    const placed = this.#pictures.place(part)
    if (placed.kind === 'shown') return `<p><img src="${placed.address}" alt=""></p>`
    return `<p>[${escapeText(leftOut(part.fileName))}]</p>`
  }
}

function pictureLength(html: string): number {
  let length = 0
  for (let at = html.indexOf('"data:'); at >= 0; at = html.indexOf('"data:', at + 6)) {
    const end = html.indexOf('"', at + 6)
    if (end < 0) break
    length += end - at
    at = end - 6
  }
  return length
}

function headLines({ subject, fromName, fromAddress, sentAt }: MailHead): string {
  const date = sentAt === null ? '' : new Date(sentAt).toISOString().slice(0, 16).replace('T', ' ')
  const lines = [fromName || fromAddress, date && `${date} UTC`].filter(line => line !== '')
  return `<p><strong>${escapeText(subject || 'Message')}</strong><br>${lines.map(escapeText).join(', ')}</p>`
}

function sealedWords(seal: Seal): string {
  const kind = seal === 'smime' ? 'S/MIME' : 'OpenPGP'
  return `<p>This message is sealed: it is encrypted with ${kind}, and can be read in a mail program that has the key.</p>`
}

function attachmentList(parts: Part[]): string {
  if (parts.length === 0) return ''
  const lines = parts.slice(0, mostListed).map(part => `<li>${escapeText(describe(part))}</li>`)
  const more = parts.length > mostListed ? `<li>and ${parts.length - mostListed} more</li>` : ''
  return `<hr><p><strong>${parts.length === 1 ? 'Attachment' : 'Attachments'}</strong></p><ul>${lines.join('')}${more}</ul>`
}

function describe({ fileName, type, size }: Part): string {
  return `${fileName || 'without a name'} (${typeWords(type)}, ${sizeWords(size)})`
}

const typeNames: [RegExp, string][] = [
  [/^application\/pdf$/, 'PDF'],
  [/^text\/calendar$|\/ics$/, 'calendar'],
  [/^message\//, 'message'],
  [/^text\/(?:x-)?vcard$/, 'contact'],
  [/wordprocessing|msword|opendocument\.text/, 'document'],
  [/spreadsheet|ms-excel|text\/csv/, 'table'],
  [/presentation|powerpoint/, 'presentation'],
  [/zip|x-7z|rar|gzip|x-tar/, 'archive'],
  [/^image\//, 'picture'],
  [/^audio\//, 'sound'],
  [/^video\//, 'film'],
  [/^text\//, 'text'],
]

function typeWords(type: string): string {
  return typeNames.find(([pattern]) => pattern.test(type))?.[1] ?? type
}

function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
