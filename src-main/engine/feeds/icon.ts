/** Finds a feed's icon: what the feed names, what its site's page names, the site's manifest, /favicon.ico. */

import type { Failure } from '../../api/model.ts'
import type { Http } from '../http-types.ts'

/** Checked by its first bytes; at most 200 kB; an SVG has been made safe. */
export type FeedIcon = { type: string; bytes: Uint8Array; sourceUrl: string }

/** What a page says of its icons (discover-page.ts gives it). */
export type IconLinks = { icons: { url: string; type: string; size: number }[]; manifest: string | null }

export type IconRequest = {
  feedUrl: string
  siteUrl: string | null
  /** What the feed itself names as icon or image. */
  feedIcon: string | null
  /** `host:port` that the user allowed although private; null otherwise. */
  privateHost: string | null
}

export type IconDeps = {
  http: Pick<Http, 'get'>
  /** `readPage` of discover-page.ts, run in the worker pool. */
  readPage(input: {
    bytes: Uint8Array
    url: string
    contentType: string
  }): Promise<IconLinks | { kind: 'failed'; failure: Failure }>
  /** `safeSvg` of icon-svg.ts, run in the worker pool; null: refused. */
  safeSvg(bytes: Uint8Array): Promise<Uint8Array | null>
  signal?: AbortSignal
}

/** At most 6 requests. Null where there is none: the window then draws a letter. */
export async function findIcon(_request: IconRequest, _deps: IconDeps): Promise<FeedIcon | null> {
  return null
}
