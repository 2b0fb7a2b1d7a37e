/** The head of a message: who sent it, when, with which subject, and of which newsletter it is. */
import { addressParser } from 'postal-mime'
import { cleanText } from '../../lib/text.ts'
import { day } from '../../lib/time.ts'
import { parseDate } from '../dates/dates.ts'
import { withoutReferences } from '../prepare/markup.ts'
import { type Headers, readHeaders } from './headers.ts'
import type { MailHead } from './message.ts'
import { newsletterOf, type Sender, unsubscribeOf } from './newsletter.ts'

const longestMessageId = 998
const longestAddress = 320
const mostReceived = 50
/** E-mail as it is now began in 1982: an earlier date is that of a computer whose clock was never set. */
const earliest = Date.UTC(1982, 0, 1)

/** `bytes`: a message, or only its headers. `now` in ms. */
export function readHead(bytes: Uint8Array, now: number): MailHead {
  return headOf(readHeaders(bytes), now)
}

export function headOf(headers: Headers, now: number): MailHead {
  const sender = senderOf(headers)
  const unsubscribe = unsubscribeOf(headers)
  return {
    messageId: messageIdOf(headers),
    subject: withoutReferences(cleanText(headers.words('subject'))),
    fromName: sender.name,
    fromAddress: sender.address,
    sentAt: sentAt(headers, now),
    newsletter: newsletterOf(headers, sender, unsubscribe),
    senderKey: sender.address === '' ? null : `from:${sender.address}`,
    unsubscribe,
  }
}

function messageIdOf(headers: Headers): string | null {
  const value = headers.first('message-id').slice(0, 2 * longestMessageId)
  // Some programs write a comment after it.
  const id = (/<([^<>]*)>/.exec(value)?.[1] ?? value).replace(/\s+/g, '')
  return id === '' || id.length > longestMessageId ? null : id.toWellFormed()
}

/** The first of From, else of Sender, that has an address; else the first name. */
function senderOf(headers: Headers): Sender {
  const all = ['from', 'sender'].flatMap(name =>
    // Everything in one line may be an attack on whoever splits it.
    addressParser(headers.first(name).slice(0, 10_000), { flatten: true }).slice(0, 20),
  )
  const mailboxes = all.map(({ name, address }) => ({
    name: cleanText(withoutReferences(name), 200),
    address: usableAddress(address),
  }))
  const found = mailboxes.find(({ address }) => address !== '') ?? mailboxes.find(({ name }) => name !== '')
  if (!found) return { name: '', address: '' }
  return found.name.toLowerCase() === found.address ? { ...found, name: '' } : found
}

function usableAddress(written = ''): string {
  const address = written.trim().toLowerCase()
  return address.length <= longestAddress && /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(address) ? cleanText(address) : ''
}

/** The Date header; where it is missing, unreadable or impossible, the newest of Received (RFC 5322, 3.6.7). */
function sentAt(headers: Headers, now: number): number | null {
  const own = plausible(headers.first('date'), now)
  if (own !== null) return own
  const received = headers
    .all('received')
    .slice(0, mostReceived)
    .map(line => plausible(line.slice(line.lastIndexOf(';') + 1), now) ?? Number.NEGATIVE_INFINITY)
  const newest = Math.max(...received)
  return Number.isFinite(newest) ? newest : null
}

function plausible(written: string, now: number): number | null {
  // Comments name the zone once more: '+0200 (CEST)'.
  const iso = parseDate(
    written
      .slice(0, 300)
      .replace(/\([^()]*\)/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  )
  const time = iso === null ? Number.NaN : Date.parse(iso)
  return time >= earliest && time <= now + day ? time : null
}
