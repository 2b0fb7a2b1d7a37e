/** The keys by which an article is found when it comes again; whether it is the same one, store/identity/identity.ts decides. */
import { hash } from 'node:crypto'
import { withoutTracking } from '../../lib/tracking.ts'
import { isWeb } from '../../lib/urls.ts'
import { foldLatin } from './fold-latin.ts'

/** Parameters that say how a reader came, and nothing about the article; in links they stay, since sites may use them. */
const refererParameters = new Set([
  'ref',
  'rss',
  'from',
  'feed',
  'source',
  'src',
  'via',
  'partner',
  'smid',
  'cmp',
  'campaign',
])
const refererValues = /^(?:rss|feed|atom|rssfeed|rss-feed|feedburner|1|true|)$/i

/**
 * The link as a key: the same for http and https, with and without www, default port, trailing slash, credentials and
 * tracking parameters. Null for what is no web address. A key to compare (`host/path?query#fragment`), not an address to open.
 */
export function canonicalUrl(address: string | null): string | null {
  const url = address ? URL.parse(address) : null
  if (!url || !isWeb(url)) return null
  withoutTracking(url)
  const host = url.hostname.replace(/^www\d?\./, '').replace(/\.$/, '')
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`
  const path = url.pathname.replace(/\/(?:index\.(?:html?|php))?$/, '')
  const query = keptParameters(url.search)
  // A changelog links to places on one page, and `#/post/1` is a page of its own. `#:~:` marks words for a reader's eyes.
  const fragment = url.hash.replace(/:~:.*$/, '')
  return `${host}${port}${path}${query}${fragment === '#' ? '' : fragment}`
}

function keptParameters(search: string): string {
  const pairs = search
    .slice(1)
    .split('&')
    .filter(pair => pair !== '' && !isReferer(pair))
  return pairs.length > 0 ? `?${pairs.join('&')}` : ''
}

function isReferer(pair: string): boolean {
  const [name = '', value = ''] = pair.split('=', 2)
  return refererParameters.has(name.toLowerCase()) && refererValues.test(value)
}

/** How much of a text tells it from others; the rest only costs time. */
const tellingLength = 4_000

/**
 * A hash of title and text, without case, punctuation and spacing: a coarse key, so that an edit of signs alone still finds the
 * article. `files`: addresses of what the article shows, which stand for the words where there are none.
 */
export function fingerprint(title: string, text: string, files: string[] = []): string {
  const start =
    title === '' && text === '' ? files.map(file => URL.parse(file)?.pathname).join('\n') : text.slice(0, tellingLength)
  const words = foldLatin(title, start) ?? `${fold(title)}\n${fold(start)}`
  return hash('sha256', words, 'base64url').slice(0, 22)
}

/** A hash of a title, signs and all; empty where the publisher gave none. */
export function titleKey(title: string): string {
  const folded = title.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
  return folded === '' ? '' : hash('sha256', folded, 'base64url').slice(0, 22)
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
