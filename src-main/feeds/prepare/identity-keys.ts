/** Keys by which a known article is found again; store/identity/identity.ts decides whether it is the same. */
import { hash } from 'node:crypto'
import { withoutTracking } from '../../lib/tracking.ts'
import { isWeb } from '../../lib/urls.ts'

/** Parameters that name the referrer and not the article. Links keep them, since sites may use them. */
const refererParameters = new Set('ref rss from feed source src via partner smid cmp campaign'.split(' '))
const refererValues = /^(?:rss|feed|atom|rssfeed|rss-feed|feedburner|1|true|)$/i

/**
 * The link as a key (`host/path?query#fragment`): the same for http and https, with and without www, default port, trailing
 * slash, credentials and tracking parameters. Null for anything but a web address.
 */
export function canonicalUrl(address: string | null): string | null {
  const url = address ? URL.parse(address) : null
  if (!url || !isWeb(url)) return null
  withoutTracking(url)
  const host = url.hostname.replace(/^www\d?\./, '').replace(/\.$/, '')
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`
  const path = url.pathname.replace(/\/(?:index\.(?:html?|php))?$/, '')
  const query = keptParameters(url.search)
  // Fragments count: a changelog links to places on one page, and `#/post/1` is a page. `#:~:` only highlights words.
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

/** Enough of a text to tell it from others. */
const comparedLength = 4_000

/**
 * A hash of title and text without case, punctuation and spacing, so that an article is found after an edit of these. `files`:
 * addresses of its media, which are hashed for an article without words.
 */
export function fingerprint(title: string, text: string, files: string[] = []): string {
  const start =
    title === '' && text === ''
      ? files.map(file => URL.parse(file)?.pathname).join('\n')
      : text.slice(0, comparedLength)
  return hash('sha256', `${fold(title)}\n${fold(start)}`, 'base64url').slice(0, 22)
}

/** A hash of a title with its punctuation; '' without a title. */
export function titleKey(title: string): string {
  const folded = title.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
  return folded === '' ? '' : hash('sha256', folded, 'base64url').slice(0, 22)
}

/** Text of Western Europe that NFKC does not change but for punctuation: folding it takes half the time. */
const latin = /^[\0-\xa7\xa9\xab-\xae\xb0\xb1\xb6\xb7\xbb\xbf-\xff\u2010-\u2027]*$/
/** A gap that is not one space already: replacing all gaps took twice as long. */
const latinGap = /[^a-z0-9ß-öø-ÿ ][^a-z0-9ß-öø-ÿ]*| [^a-z0-9ß-öø-ÿ]+/g
const gap = /[^\p{L}\p{N}]+/gu

/** Lower-cased NFKC with one space for everything between letters and digits. */
export function fold(text: string): string {
  if (latin.test(text)) return text.toLowerCase().replace(latinGap, ' ').trim()
  return text.normalize('NFKC').toLowerCase().replace(gap, ' ').trim()
}
