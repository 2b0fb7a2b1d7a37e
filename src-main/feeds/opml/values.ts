/** Names and addresses of an OPML list, cleaned, and its limits. */
import { decodeHTMLStrict } from 'entities'
import { webHref } from '../../lib/urls.ts'

export const opmlLimits = {
  bytes: 20_000_000,
  entries: 200_000,
  /** Folders within each other that are kept. */
  depth: 8,
  /** Elements within each other. */
  nesting: 12_000,
  problems: 1_000,
  emptyFolders: 1_000,
}

const longestName = 300
const longestAddress = 4_096
/** How often a name may be escaped again; more has not been seen. */
const mostEscaped = 3

const reference = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]\w{1,30});/i
/** Tags that format text; other words in angle brackets are part of the name ('How to use <canvas>'). */
const formatting = /<\/?(?:a|b|big|br|code|em|font|i|mark|p|s|small|span|strong|sub|sup|tt|u)(?:\s[^<>]{0,500})?\/?>/gi

/** One line of at most 300 characters, without control and direction characters; repeated escaping is undone. */
export function opmlName(text: string): string {
  const line = decoded(text.slice(0, 10_000))
    .replace(formatting, ' ')
    .replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+/gu, ' ')
    .trim()
  // By code points, so that no surrogate pair is cut.
  return [...line.slice(0, longestName + 1)].slice(0, longestName).join('').trim()
}

function decoded(text: string): string {
  let now = text
  for (let times = 0; times < mostEscaped && reference.test(now); times++) now = decodeHTMLStrict(now)
  return now
}

const nameless = new Set(['untitled', 'unnamed', 'unknown', 'no title', 'no name', 'undefined', 'null', 'feed', 'rss'])

/** Whether somebody chose this name: for a feed without one, programs write its address or a word like 'Untitled'. */
export function isName(name: string, url: string): boolean {
  const word = name.toLowerCase().replace(/^[([<\s]+|[)\]>\s]+$/g, '')
  return word !== '' && !nameless.has(word) && !addressesOf(url).has(bare(name))
}

function addressesOf(url: string): Set<string> {
  const { host, hostname, pathname } = new URL(url)
  return new Set([url, host, hostname, host + pathname].map(bare))
}

function bare(address: string): string {
  return address
    .toLowerCase()
    .replace(/^(?:feed:)?(?:https?:)?\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/$/, '')
}

/** Prefixes of addresses: schemes for subscribing, and the stream ids of Google Reader and its successors. */
const wrapping = /^(?:(?:feeds?|rss|itpc|pcast|podcast):(?:\/\/)?|feed\/)(?=https?:)/i
const subscribing = /^(?:feeds?|rss|itpc|pcast|podcast):\/*/i
const invisible = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu

/** On one line, without surrounding quotation marks. */
function tidied(text: string): string {
  const line = text
    .split(/[\r\n\t]+/)
    .map(part => part.trim())
    .join('')
  return line
    .replace(invisible, '')
    .replace(/^["'<]{1,3}/, '')
    .replace(/["'>]{1,3}$/, '')
}

/** An absolute http(s) address without credentials, or null. A missing scheme becomes http, which sites redirect to https. */
export function opmlAddress(text: string): string | null {
  if (text.length > longestAddress) return null
  const given = tidied(text).replaceAll('&amp;', '&').replace(wrapping, '').replace(subscribing, 'http://')
  const address = isBare(given) ? `http://${given.replace(/^[/\\]+/, '')}` : given
  // 'http://http://example.com': an address was pasted into a field that had the scheme already.
  const url = URL.parse(address.replace(/^https?:\/\/(?=https?:\/\/)/i, ''))
  if (url) url.hash = ''
  return url && webHref(url)
}

/** 'example.com/feed', '//example.com', 'localhost:8080', but no 'mailto:' and no single word. */
function isBare(text: string): boolean {
  const [host = ''] = text.replace(/^[/\\]{2,}/, '').split(/[/?#]/, 1)
  const [name = '', port = '80', ...more] = host.split(':')
  const labels = name.split('.')
  const isName = labels.every(label => /^[\p{L}\p{N}_-]+$/u.test(label)) && (labels.length > 1 || name === 'localhost')
  return isName && /^\d{1,5}$/.test(port) && more.length === 0
}
