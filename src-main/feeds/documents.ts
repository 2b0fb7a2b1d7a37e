/** Documents as they come from the network, and what reading one comes to. Plain data: it crosses from thread to thread. */
import type { Failure, SafeHtml } from '../api/model.ts'

/** A document as it came: `url` is where it was in the end, the base of its relative addresses. */
export type Document = { bytes: Uint8Array; url: string; contentType: string | null }

/** `isFirst`: nothing is known of this feed yet, so that all its articles will be stored. */
export type FeedDocument = Document & { isFirst?: boolean }

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
}
