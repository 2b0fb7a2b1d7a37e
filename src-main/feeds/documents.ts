/** Documents as they come from the network, and results of reading them. Plain data: it crosses threads. */
import type { Failure, SafeHtml } from '../api/model.ts'

/** A fetched document: `url` is its address after redirects, the base of its relative addresses. */
export type Document = { bytes: Uint8Array; url: string; contentType: string | null }

/** `isFirst`: the feed has no articles yet, so that all of these will be stored. */
export type FeedDocument = Document & { isFirst?: boolean }

/**
 * The page of an article. `asked`: its address before redirects; `feedText`: what the feed gave of it, as plain text; `number`:
 * which of its pages this is, from 1.
 */
export type ArticleDocument = Document & { asked?: string; feedText?: string; number?: number }

export type Failed = { ok: false; failure: Failure }

export type ExtractedPage = {
  ok: true
  html: SafeHtml
  title: string
  byline: string
  /** Plain text, for the index. */
  text: string
  /** Addresses of images, audio and video that `html` shows. */
  media: string[]
  /** Where the publisher goes on with it, on a page of the same article. */
  nextPage: string | null
  /** What the page says its address is (`rel=canonical`): perhaps that of another article, or another site. */
  canonical: string | null
}

/** A file of chapters, or the beginning of a sound that may have them. */
export type ChapterBytes = { kind: 'json' | 'sound'; bytes: Uint8Array }
