/** Which newsletter a message is one of, by its headers; and how one leaves it. */
import { getDomain } from 'tldts'
import type { Unsubscribe } from '../../api/mail/model.ts'
import { isOwnNetwork } from '../../http/private-address.ts'
import { cleanText } from '../../lib/text.ts'
import { webAddress } from '../../lib/urls.ts'
import { decodedWords, type Headers } from './headers.ts'
import type { NewsletterSign } from './message.ts'

const longestId = 255
const longestName = 200
const longestMailto = 2_048

export type Sender = { name: string; address: string }

/** Null for a message of one person to another, and for one that a machine sent: a receipt, an answer of one who is away. */
export function newsletterOf(headers: Headers, sender: Sender, unsubscribe: Unsubscribe | null): NewsletterSign | null {
  const list = listOf(headers)
  const domain = sender.address.slice(sender.address.lastIndexOf('@') + 1)
  const own = sender.name || domain
  if (list) return { key: `list:${list.id}`, kind: 'list', name: list.phrase || own || list.id }
  const leavesBy = unsubscribe && domainOf(unsubscribe)
  if (leavesBy) return { key: `unsub:${leavesBy}/${sender.address}`, kind: 'unsubscribe', name: own || leavesBy }
  if (sender.address === '' || !isBulk(headers)) return null
  return { key: `from:${sender.address}`, kind: 'bulk', name: own }
}

/** List-Id (RFC 2919): `A phrase <the.id>`, or the id alone. */
function listOf(headers: Headers): { id: string; phrase: string } | null {
  const value = headers.first('list-id').slice(0, 2_000)
  const start = value.lastIndexOf('<')
  const end = value.indexOf('>', start)
  const isBare = start < 0
  const id = (isBare ? value : value.slice(start + 1, end < 0 ? undefined : end)).trim().toLowerCase()
  // An id without a dot or a letter names nothing ('<>', '<0>').
  if (!/^[^\s<>"]{3,}$/.test(id) || !/\p{L}/u.test(id) || id.length > longestId) return null
  return { id, phrase: isBare ? '' : phraseOf(value.slice(0, start)) }
}

/** Without quotation marks; '' for what a machine wrote: '6f1e0a…mc list', 'list_12345'. */
function phraseOf(written: string): string {
  const phrase = cleanText(decodedWords(written.trim().replace(/^"(.*)"$/s, '$1')), longestName)
  return /[\da-f]{12}|\d{5}/i.test(phrase) || !/\p{L}/u.test(phrase) ? '' : phrase
}

function domainOf({ httpUrl, mailto }: Unsubscribe): string | null {
  const host = httpUrl ? URL.parse(httpUrl)?.hostname : /@([^?]+)/.exec(mailto ?? '')?.[1]?.toLowerCase()
  return host ? (getDomain(host, { allowPrivateDomains: true }) ?? host) : null
}

/** Fields that only what is sent to many has. */
const listFields = ['list-post', 'list-help', 'list-subscribe', 'list-owner', 'list-archive', 'mailing-list']

/**
 * `Precedence: bulk` stands in what machines answer, too (somebody is away, a mail came back): such a message says in
 * Auto-Submitted (RFC 3834) that nobody wrote it, or is a report.
 */
function isBulk(headers: Headers): boolean {
  const isAutomatic = /^\s*auto-/i.test(headers.first('auto-submitted')) || headers.first('x-autoreply') !== ''
  if (isAutomatic || /^multipart\/report\b/i.test(headers.first('content-type'))) return false
  return /^(?:bulk|list)$/i.test(headers.first('precedence')) || listFields.some(name => headers.first(name) !== '')
}

/** List-Unsubscribe (RFC 2369) and List-Unsubscribe-Post (RFC 8058); null where neither offers a usable address. */
export function unsubscribeOf(headers: Headers): Unsubscribe | null {
  // Some senders encode it as if it were words.
  const offered = addressesIn(decodedWords(headers.all('list-unsubscribe').slice(0, 5).join(', ')))
  const web = offered.flatMap(address => publicAddress(address) ?? [])
  const httpUrl = web.find(address => address.startsWith('https:')) ?? web[0] ?? null
  const mailto = offered.flatMap(address => mailtoAddress(address) ?? [])[0] ?? null
  if (httpUrl === null && mailto === null) return null
  const isPost = /^\s*List-Unsubscribe\s*=\s*One-Click\s*$/i.test(headers.first('list-unsubscribe-post'))
  return { httpUrl, mailto, isOneClick: isPost && httpUrl?.startsWith('https:') === true }
}

/** In angle brackets, within which folding may have left spaces; some senders leave the brackets out. */
function addressesIn(value: string): string[] {
  const text = value.slice(0, 20_000)
  const bracketed = [...text.matchAll(/<([^<>]{1,8000})>/g)].map(([, address]) => address!.replace(/\s+/g, ''))
  return bracketed.length > 0 ? bracketed : text.split(/,\s+|\s+/).filter(part => part !== '')
}

/** A page that is asked by a click or without one must not be the reader's own router. */
function publicAddress(address: string): string | null {
  const usable = /^https?:/i.test(address) ? webAddress(address) : null
  return usable !== null && !isOwnNetwork(new URL(usable)) ? usable : null
}

/** With its subject and text, and nothing else: a copy to somebody, or a line that becomes a header, stays out. */
function mailtoAddress(address: string): string | null {
  const url = /^mailto:/i.test(address) ? URL.parse(address) : null
  if (!url || !/^[^\s@,;:<>"%]{1,64}@[\w.-]{1,253}$/u.test(decodedPart(url.pathname))) return null
  const given = new URLSearchParams(url.search)
  const kept = ['subject', 'body'].flatMap(name => {
    const words = cleanText(given.get(name) ?? '', 500)
    return words === '' ? [] : [`${name}=${encodeURIComponent(words)}`]
  })
  const whole = `mailto:${decodedPart(url.pathname)}${kept.length > 0 ? `?${kept.join('&')}` : ''}`
  return whole.length <= longestMailto ? whole : null
}

function decodedPart(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
