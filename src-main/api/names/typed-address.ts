/** Reads the address in what a person typed or pasted: no scheme, feed:, quotes, spaces, a sentence around it, a handle. */
import { namedPlaces } from './typed-names.ts'

export type TypedAddress = {
  /** To be fetched first. */
  url: string
  /** To be fetched if that host can't be reached: http, where no scheme was typed. */
  otherwise: string | null
}

/** Schemes that stand before an address to subscribe to. */
const wrapping = /^(?:feeds?|rss|x-feed|pcasts?|itpcs?|itms-pcasts?|podcasts?|antennapod-subscribe|broadsheet):/i
const quotes = /^[\s"'`<«»“”„‘’‚‹›]+|[\s"'`>«»“”„‘’‚‹›,;]+$/g
/** Zero-width and direction marks that come along when copying from a page. */
const invisible = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/gu
const longest = 4_096

/** Null when it can't be an address. Only http and https come out, without a fragment. */
export function readAddress(typed: string): TypedAddress | null {
  const text = unwrap(pickAddress(typed.slice(0, longest)))
  const place = namedPlaces(text).find(({ isGuess }) => !isGuess)
  if (place) return both(place.url, null)

  const scheme = /^(https?):/i.exec(text)
  // 'https:example.com' and 'https:/example.com': a pasted address that lost a slash.
  if (scheme) return both(`${scheme[1]!.toLowerCase()}://${text.slice(scheme[0].length).replace(/^[/\\]*/, '')}`, null)
  const bare = text.replace(/^[/\\]{2,}/, '')
  if (hasOtherScheme(bare) || !mayBeHost(bare)) return null
  return both(`https://${bare}`, `http://${bare}`)
}

/** Without quotes, out of a pasted sentence, in one line where a mail program wrapped it. */
function pickAddress(typed: string): string {
  const lines = typed
    .trim()
    .replace(/\s*[\r\n\t]+\s*/g, '')
    .replace(invisible, '')
  const text = (/\s/.test(lines) ? typed.replace(/\s+/g, ' ').replace(invisible, '') : lines).replace(quotes, '')
  if (/^[a-z]+:/i.test(text) || !/[\s([]/.test(text)) return text
  const inSentence = /(?:https?|feed):\/\/[^\s"'<>«»“”]+/i.exec(text)
  return inSentence ? withoutPunctuation(inSentence[0]) : text
}

/** A full stop or bracket of the sentence is not part of the address, a bracket that the address opens is. */
function withoutPunctuation(address: string): string {
  const short = address.replace(/[.,;:!?]+$/, '')
  const isUnpaired = /[)\]]$/.test(short) && short.split(/[)\]]/).length > short.split(/[([]/).length
  return isUnpaired ? withoutPunctuation(short.slice(0, -1)) : short
}

/** The address in 'feed:https://a/b', 'feed://a/b', 'broadsheet://add?url=https%3A%2F%2Fa'. */
function unwrap(text: string): string {
  if (!wrapping.test(text)) return text
  const inner = text.replace(wrapping, '')
  const asked = /^\/{0,3}(?:add|subscribe|follow)?\/?\?(?:.*&)?url=([^&]+)/i.exec(inner)
  if (asked) return unwrap(decode(asked[1]!))
  // feed://host may be http://host or https://host. In 'feed://https//host' a colon was lost.
  return unwrap(inner.replace(/^\/{1,3}/, '').replace(/^(https?)\/\//i, '$1://'))
}

/** Whether a link has one of those schemes, so that it can only lead to a feed. */
export function isSubscribeLink(href: string): boolean {
  return wrapping.test(href.trim())
}

/** The address in such a link of a page; without a scheme of its own it gets the page's. */
export function subscribedAddress(href: string, page: string): string {
  if (!isSubscribeLink(href)) return href
  const text = href.trim().slice(0, longest)
  const inner = unwrap(text)
  if (/^https?:/i.test(inner)) return inner
  const slashes = /^[a-z-]+:(\/{0,2})/i.exec(text)?.[1]?.length ?? 0
  const host = inner.split(/[/?#]/, 1)[0] ?? ''
  const isHost = slashes === 2 || (slashes === 0 && /[.:]/.test(host) && !fileName.test(host))
  return isHost ? `${new URL(page).protocol}//${inner}` : `${'/'.repeat(slashes)}${inner}`
}

/** Of a file in the page's own folder, not a host. */
const fileName = /\.(?:xml|rss|atom|rdf|json|php|aspx?)$/i

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** 'ftp://a', 'mailto:a', 'javascript:a', but not 'localhost:8080/feed'. */
function hasOtherScheme(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:(?!\d{1,5}(?:[/?#]|$))/i.test(text)
}

/** A single word is a search, not a host; with a port or a path it may be a machine at home. */
function mayBeHost(text: string): boolean {
  const host = text.split(/[/?#]/, 1)[0] ?? ''
  if (/\s/.test(host) || host === '' || host.includes('@')) return false
  return /[.。．｡:]/.test(host) || /^localhost$/i.test(host) || text.includes('/')
}

function both(url: string, otherwise: string | null): TypedAddress | null {
  const first = clean(url)
  return first === null ? null : { url: first, otherwise: otherwise === null ? null : clean(otherwise) }
}

function clean(text: string): string | null {
  // Spaces inside the path belong to it; URL writes them as %20.
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (url.hostname === '' || /^\.|\.\.|%/.test(url.hostname)) return null
  url.hash = ''
  return url.href
}
