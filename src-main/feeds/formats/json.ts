/** Parses JSON Feed 1.0 and 1.1 (jsonfeed.org) into the neutral form. Any field may be of a wrong type. */
import type { Enclosure } from '../../api/model.ts'
import { escapeText } from '../../lib/escape.ts'
import { collapse } from '../../lib/text.ts'
import { withoutC1 } from '../../lib/text-marks.ts'
import { parseDate } from '../dates/dates.ts'
import { dateOrder } from '../dates/order.ts'
import { resolveAddresses } from '../fields/html.ts'
import { titleText } from '../fields/title.ts'
import { absolute } from '../fields/urls.ts'
import { isRecord } from '../json.ts'
import {
  emptyFeed,
  type ParsedFeed,
  type ParsedItem,
  type ParseOptions,
  type ParseResult,
  type Person,
} from '../parsed.ts'
import { type LenientJson, readLenientJson } from './lenient-json.ts'

type Json = Record<string, unknown>

export function parseJsonFeed(json: string, { url, maxItems, onlyWholeItems }: ParseOptions): ParseResult {
  let read: LenientJson
  try {
    read = { value: JSON.parse(json.replace(/^\ufeff+/, '')), open: new Set() }
  } catch (error) {
    // The strict parser comes first: it is fast, and nearly always succeeds.
    read = readLenientJson(json)
    if (!isFeed(read.value)) return malformed('not JSON', lineOf(json, error))
  }
  const { value, open } = read
  if (!isFeed(value)) return { ok: false, failure: { reason: 'not-a-feed', found: [] } }
  const items = objects(value.items)
  const wholeItems = items.filter(item => !open.has(item))
  if (open.size > 0 && wholeItems.length === 0) return malformed('it ends in the middle', null)
  const wanted = onlyWholeItems ? wholeItems : items
  const end = open.size === 0 ? 'closed' : wholeItems.length < items.length ? 'inside-item' : 'between-items'
  disambiguateDates(wanted, text(value.language))
  return { ok: true, feed: feedOf(value, wanted.slice(0, maxItems), url), end }
}

function malformed(detail: string, line: number | null): ParseResult {
  return { ok: false, failure: { reason: 'malformed', detail, line } }
}

const dateNames = ['date_published', 'date_modified'] as const

/** Disambiguates the dates of all items together: see feeds/dates/order.ts. */
function disambiguateDates(items: Json[], language: string): void {
  const written = items.flatMap(item => dateNames.map(name => text(item[name])))
  const inOrder = dateOrder(written, language)
  for (const item of items) {
    for (const name of dateNames) if (typeof item[name] === 'string') item[name] = inOrder(item[name])
  }
}

/** By V8's `at position 123`; its messages for truncated JSON have none. */
function lineOf(text: string, error: unknown): number | null {
  const position = /position (\d{1,9})/.exec(error instanceof Error ? error.message : '')?.[1]
  return position === undefined ? null : text.slice(0, Number(position)).split('\n').length
}

function isFeed(value: unknown): value is Json {
  if (!isRecord(value)) return false
  const isNamed = typeof value.version === 'string' && value.version.includes('jsonfeed.org')
  return isNamed || Array.isArray(value.items)
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}

/** Strings, and numbers where publishers forgot the quotes; '' for anything else. */
function text(value: unknown): string {
  return typeof value === 'string' ? withoutC1(value) : typeof value === 'number' ? String(value) : ''
}

function feedOf(feed: Json, items: Json[], url: string): ParsedFeed {
  const base = absolute(text(feed.feed_url), url) ?? url
  const authors = people(feed, url)
  return {
    format: 'json',
    feed: {
      ...emptyFeed,
      title: titleText(text(feed.title), false),
      link: absolute(text(feed.home_page_url), url),
      feedUrl: absolute(text(feed.feed_url), url),
      description: text(feed.description).trim(),
      language: text(feed.language).trim(),
      icon: absolute(text(feed.favicon), url) ?? absolute(text(feed.icon), url),
      image: absolute(text(feed.icon), url),
      authors,
    },
    items: items.map(item => itemOf(item, authors, base)),
  }
}

function itemOf(item: Json, feedAuthors: Person[], base: string): ParsedItem {
  const authors = people(item, base)
  const link = absolute(text(item.url), base) ?? absolute(text(item.external_url), base)
  const html = text(item.content_html)
  const own = link ?? base
  const enclosures = objects(item.attachments).flatMap(attachment => enclosure(attachment, base))
  return {
    id: text(item.id).trim() || null,
    title: titleText(text(item.title), false),
    link,
    originalLink: null,
    authors: authors.length > 0 ? authors : feedAuthors,
    publishedAt: parseDate(text(item.date_published)),
    updatedAt: parseDate(text(item.date_modified)),
    summaryHtml: escapeText(text(item.summary).trim()),
    contentHtml: html !== '' ? resolveAddresses(html, own) : escapeText(text(item.content_text)),
    categories: [...new Set((Array.isArray(item.tags) ? item.tags : []).map(tag => collapse(text(tag))))].filter(
      Boolean,
    ),
    enclosures,
    image: absolute(text(item.image), base) ?? absolute(text(item.banner_image), base),
    player: null,
    commentsUrl: null,
    commentsCount: null,
    durationSeconds: enclosures.reduce((longest, { duration }) => Math.max(longest, duration ?? 0), 0) || null,
    isEpisode: false,
  }
}

/** 1.1 has a list of authors, 1.0 one author. */
function people(from: Json, base: string): Person[] {
  const listed = isRecord(from.authors) ? [from.authors] : objects(from.authors)
  const found = listed.length > 0 ? listed : isRecord(from.author) ? [from.author] : []
  return found
    .map(author => ({ name: collapse(text(author.name)), email: '', url: absolute(text(author.url), base) ?? '' }))
    .filter(person => person.name !== '' || person.url !== '')
}

function enclosure(attachment: Json, base: string): Enclosure[] {
  const url = absolute(text(attachment.url), base)
  if (!url) return []
  const size = Number(text(attachment.size_in_bytes) || Number.NaN)
  const seconds = Math.floor(Number(text(attachment.duration_in_seconds) || 0))
  const title = text(attachment.title).trim()
  return [
    {
      url,
      type: text(attachment.mime_type).trim(),
      length: Number.isFinite(size) ? size : null,
      ...(seconds > 0 && Number.isFinite(seconds) && { duration: seconds }),
      ...(title && { title }),
    },
  ]
}
