/**
 * The types between parsing and storing. `ParsedFeed` is the neutral form of all formats, not sanitised, as `broadsheet parse`
 * prints it; `ReadyFeed` is what may be stored.
 */
import type { Enclosure, FeedFormat, SafeHtml } from '../api/model.ts'
import type { Failed } from './documents.ts'

export type Person = { name: string; email: string; url: string }

/** Dates are ISO 8601 in UTC, null if missing or unreadable. Addresses are absolute. */
export type ParsedFeed = {
  format: FeedFormat
  feed: {
    title: string
    link: string | null
    feedUrl: string | null
    description: string
    language: string
    icon: string | null
    image: string | null
    /** Minutes (RSS 2.0 ttl, or sy:updatePeriod in minutes). */
    ttl: number | null
    /** RSS 2.0 skipHours (0 to 23, UTC) and skipDays (0 = Sunday). */
    skipHours: number[]
    skipDays: number[]
    copyright: string
    generator: string
    updatedAt: string | null
    publishedAt: string | null
    authors: Person[]
    categories: string[]
  }
  items: ParsedItem[]
}

/** A feed that declares nothing. */
export const emptyFeed: ParsedFeed['feed'] = {
  title: '',
  link: null,
  feedUrl: null,
  description: '',
  language: '',
  icon: null,
  image: null,
  ttl: null,
  skipHours: [],
  skipDays: [],
  copyright: '',
  generator: '',
  updatedAt: null,
  publishedAt: null,
  authors: [],
  categories: [],
}

/** Media RSS's properties of one of several versions of a film, sound or picture; null where absent. */
export type MediaVariant = {
  /** The index of its media:group in the item. */
  group: number | null
  isDefault: boolean
  width: number | null
  height: number | null
  /** Kilobits a second. */
  bitrate: number | null
}

export type ParsedEnclosure = Enclosure & { variant?: MediaVariant }

export type ParsedItem = {
  id: string | null
  title: string
  link: string | null
  /** The page's own address, where `link` is that of a service that counts clicks (feedburner:origLink). */
  originalLink: string | null
  authors: Person[]
  publishedAt: string | null
  updatedAt: string | null
  summaryHtml: string
  contentHtml: string
  categories: string[]
  enclosures: ParsedEnclosure[]
  /** The address of a page with a player (media:player). */
  player: string | null
  image: string | null
  commentsUrl: string | null
  commentsCount: number | null
  durationSeconds: number | null
  /** It has elements of the podcast vocabulary. */
  isEpisode: boolean
}

/** An item that says nothing. */
export const emptyItem: ParsedItem = {
  id: null,
  title: '',
  link: null,
  originalLink: null,
  authors: [],
  publishedAt: null,
  updatedAt: null,
  summaryHtml: '',
  contentHtml: '',
  categories: [],
  enclosures: [],
  player: null,
  image: null,
  commentsUrl: null,
  commentsCount: null,
  durationSeconds: null,
  isEpisode: false,
}

/** Whether a document is complete, or truncated between two items or inside of one. */
export type FeedEnd = 'closed' | 'between-items' | 'inside-item'

/** `maxItems`: limit, none when absent. `onlyWholeItems`: without the item that the document breaks off in. */
export type ParseOptions = { url: string; contentType: string | null; maxItems?: number; onlyWholeItems?: boolean }

export type ParseResult = { ok: true; feed: ParsedFeed; end: FeedEnd } | Failed

/** Safe HTML, compressed. */
type PackedHtml = Uint8Array

/** Text folded for the index (api/search/folding.ts), as UTF-8. */
export type IndexText = Uint8Array

/** To recognise edits: of all that is stored, and of what a reader would notice. */
export type ArticleHashes = { whole: string; visible: string }

/** An article to be stored: text fields are plain text, HTML is sanitised. Times in ms, UTC. */
export type ReadyArticle = {
  guid: string | null
  url: string | null
  /** Identity keys (feeds/prepare/identity-keys.ts): of the link, of title and text, of the publisher's own title. */
  canonicalUrl: string | null
  fingerprint: string
  titleKey: string
  title: string
  author: string
  /** Plain text, at most 300 characters. */
  summary: string
  /** Plain text for the index; folded by the worker if it is sure to be stored. */
  text: string | IndexText
  /** Compressed (store/db/compressed-html.ts) in the same case. */
  html: SafeHtml | PackedHtml
  /** Computed by the worker (store/identity/hashes.ts). */
  hashes?: ArticleHashes
  /** Addresses of images, audio and video that `html` shows. */
  media: string[]
  /** The pages of other sites that it links to, as numbers (feeds/prepare/outbound-links.ts); absent where it has none. */
  links?: number[]
  publishedAt: number | null
  updatedAt: number | null
  categories: string[]
  enclosures: Enclosure[]
  image: string | null
  commentsUrl: string | null
  commentsCount: number | null
}

export type ReadyFeed = {
  format: FeedFormat
  title: string
  siteUrl: string | null
  feedUrl: string | null
  description: string
  language: string
  icon: string | null
  ttlMinutes: number | null
  skipHours: number[]
  skipDays: number[]
  articles: ReadyArticle[]
}
