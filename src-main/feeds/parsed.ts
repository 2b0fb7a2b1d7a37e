/**
 * What the steps of a poll hand to each other. `ParsedFeed` is what a publisher says (before sanitising: the neutral
 * form that `broadsheet parse` prints); `ReadyFeed` is what may be stored.
 */
import type { Enclosure, FeedFormat, SafeHtml } from '../api/model.ts'

export type Person = { name: string; email: string; url: string }

/** Dates are ISO 8601 in UTC, or null where the publisher gave none that can be read. Addresses are absolute. */
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

/** What Media RSS says of one of several versions of the same film, sound or picture. Numbers as given; null where not. */
export type MediaVariant = {
  /** Which media:group of the item it is in. */
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
  /** The page, where `link` is the address of a service that counts clicks (feedburner:origLink). */
  originalLink: string | null
  authors: Person[]
  publishedAt: string | null
  updatedAt: string | null
  summaryHtml: string
  contentHtml: string
  categories: string[]
  enclosures: ParsedEnclosure[]
  /** The address of a page that plays what the item is about (media:player). */
  player: string | null
  image: string | null
  commentsUrl: string | null
  commentsCount: number | null
  durationSeconds: number | null
  /** Something in it is of the vocabulary of podcasts. */
  isEpisode: boolean
}

/** How a document ends: as it should, or in the middle: between its items, or inside one. */
export type FeedEnd = 'closed' | 'between-items' | 'inside-item'

/** Safe HTML, compressed. */
export type PackedHtml = Uint8Array

/** Text in the index's spelling (store/folding/text.ts), as UTF-8. */
export type IndexText = Uint8Array

/** They tell an edit from a repetition: of all that is stored, and of what a reader would notice. */
export type ArticleHashes = { whole: string; visible: string }

/** An article as it goes to the store: text fields are plain text, HTML is sanitised. Times in ms, UTC. */
export type ReadyArticle = {
  guid: string | null
  url: string | null
  /** Keys to be found again by (feeds/prepare/identity-keys.ts): of the link, of title and text, and of the publisher's own title. */
  canonicalUrl: string | null
  fingerprint: string
  titleKey: string
  title: string
  author: string
  /** Plain text, at most 300 characters. */
  summary: string
  /** The article's plain text, for the index; ready for it where the worker could tell that it will be stored. */
  text: string | IndexText
  /** Compressed (store/db/compressed-html.ts) in the same case. */
  html: SafeHtml | PackedHtml
  /** Worked out by the worker, where one prepared it (store/identity/hashes.ts). */
  hashes?: ArticleHashes
  /** Addresses of images, audio and video that `html` shows. */
  media: string[]
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
