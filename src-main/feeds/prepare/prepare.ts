/**
 * From a parsed feed to what is stored: HTML sanitised, text fields cleaned, identity keys computed. Dates stay as the publisher
 * wrote them; the store decides which are plausible, since it knows when an article was first seen.
 */
import { hash } from 'node:crypto'
import { enclosureKind } from '../../api/enclosures.ts'
import type { Enclosure } from '../../api/model.ts'
import { hostPort } from '../../http/private-address.ts'
import { cleanText, shortened } from '../../lib/text.ts'
import { webAddress } from '../../lib/urls.ts'
import type { ParsedFeed, ParsedItem, Person, ReadyArticle, ReadyFeed } from '../parsed.ts'
import { sanitizeHtml, shownText } from '../sanitize/sanitize.ts'
import type { AddressContext } from '../sanitize/urls.ts'
import { canonicalUrl, fingerprint, titleKey } from './identity-keys.ts'
import { readableHtml, withoutReferences } from './markup.ts'
import { filmPicture, readyEnclosures, usableEnclosures } from './media.ts'
import { addressesAsText } from './other-schemes.ts'
import { outboundLinks, withoutRepeatedLinks } from './outbound-links.ts'

export type PrepareOptions = {
  /** The feed's address after redirects. */
  url: string
  /** Its HTML comes from our own archive: nothing in it is plain text or escaped too often. */
  isOwn?: boolean
  /** Characters of a picture within its own address, if not as many as in feeds. */
  longestInlineImage?: number
}

const longestText = 100_000
const longestSummary = 300
const longestGuid = 2_000

export function prepareFeed({ format, feed, items }: ParsedFeed, options: PrepareOptions): ReadyFeed {
  const own = URL.parse(options.url)
  // Media on a private network may be shown only if the feed itself comes from there.
  const { url: base, longestInlineImage } = options
  const context = { base, privateHost: own && hostPort(own), ...(longestInlineImage && { longestInlineImage }) }
  return {
    format,
    title: titleOf(feed.title, options),
    siteUrl: webAddress(feed.link),
    feedUrl: webAddress(feed.feedUrl),
    description: feed.description
      ? cleanText(shownText(readableOf(feed.description.slice(0, 20_000), options)), 1_000)
      : '',
    language: /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i.test(feed.language.trim()) ? feed.language.trim() : '',
    icon: webAddress(feed.icon ?? feed.image),
    ttlMinutes: feed.ttl,
    skipHours: feed.skipHours,
    skipDays: feed.skipDays,
    articles: withoutRepeatedLinks(items.map(item => prepareArticle(item, feed.authors, options, context))),
  }
}

function prepareArticle(
  item: ParsedItem,
  feedAuthors: Person[],
  options: PrepareOptions,
  context: AddressContext,
): ReadyArticle {
  const url = webAddress(item.originalLink) ?? webAddress(item.link)
  const readable = readableOf(item.contentHtml || item.summaryHtml, options)
  const source = readable + addressesAsText(item, readable)
  const { html, text, media, links, textWithHidden } = sanitizeHtml(source, { ...context, base: url ?? context.base })
  const enclosures = options.isOwn ? usableEnclosures(item) : readyEnclosures(item)
  const ownTitle = titleOf(item.title, options)
  const title = ownTitle || titleFrom(text)
  return {
    guid: item.id ? guidOf(item.id) : null,
    url,
    canonicalUrl: canonicalUrl(url),
    // Of hidden text as well: which text is hidden may change with our rules, and the article must stay the same.
    fingerprint: fingerprint(title, textWithHidden ?? text, [...media, ...enclosures.map(({ url }) => url)]),
    titleKey: titleKey(ownTitle),
    title,
    author: authorNames(item.authors) || authorNames(feedAuthors),
    summary: summaryOf(item, text, title, options),
    text: text.slice(0, longestText),
    html,
    media,
    links: outboundLinks(links, [url, options.url]),
    publishedAt: milliseconds(item.publishedAt),
    updatedAt: milliseconds(item.updatedAt),
    categories: categoriesOf(item),
    enclosures,
    image: pictureOf(item, media, enclosures),
    commentsUrl: webAddress(item.commentsUrl),
    commentsCount: item.commentsCount,
  }
}

function readableOf(html: string, { isOwn = false }: PrepareOptions): string {
  return isOwn ? html : readableHtml(html)
}

function titleOf(title: string, { isOwn = false }: PrepareOptions): string {
  return cleanText(isOwn ? title : withoutReferences(title))
}

/** An id as it stands in the feed; the hash of one that is very long. */
function guidOf(id: string): string {
  const whole = id.toWellFormed()
  return whole.length <= longestGuid ? whole : `sha256:${hash('sha256', whole, 'base64url')}`
}

/** The publisher's summary, else the beginning of the text. */
function summaryOf(item: ParsedItem, text: string, title: string, options: PrepareOptions): string {
  const given = item.contentHtml ? item.summaryHtml.slice(0, 3_000) : ''
  const own = given ? shownText(readableOf(given, options)) : ''
  const summary = cleanText(own || text.slice(0, 2_000), 2_000)
  const isRepetition = summary === title || (own !== '' && summary.length < 20)
  return shortened(isRepetition ? cleanText(text.slice(0, 2_000), 2_000) : summary, longestSummary)
}

/** Notes and toots have no title: their first sentence becomes it. */
function titleFrom(text: string): string {
  const start = cleanText(text.slice(0, 400), 400)
  const sentence = /^.{15,100}?[.!?…。！？](?=\s|$)/u.exec(start)?.[0]
  return sentence ?? shortened(start, 80)
}

function authorNames(authors: Person[]): string {
  const names = authors.map(({ name, email }) => cleanText(name || email, 200)).filter(name => name !== '')
  return cleanText([...new Set(names)].slice(0, 20).join(', '), 300)
}

function categoriesOf({ categories }: ParsedItem): string[] {
  return [...new Set(categories.map(category => cleanText(category, 100)).filter(category => category !== ''))].slice(
    0,
    50,
  )
}

/** The item's own picture, else the first in the text, else the first among the files. */
function pictureOf(item: ParsedItem, media: string[], enclosures: Enclosure[]): string | null {
  const own = webAddress(item.image) ?? media.find(isImage)
  if (own) return own
  return enclosures.find(enclosure => enclosureKind(enclosure) === 'image')?.url ?? filmPicture(item)
}

function isImage(address: string): boolean {
  return address.startsWith('http') && !/\.(?:mp3|m4a|ogg|opus|mp4|webm|m3u8|mov|wav|flac)(?:\?|$)/i.test(address)
}

function milliseconds(date: string | null): number | null {
  const time = date === null ? Number.NaN : Date.parse(date)
  return Number.isFinite(time) ? time : null
}
