/** Finds a feed's icon: what the feed names, what its site's page names, the site's manifest, /favicon.ico. */
import type { Failure } from '../../api/model.ts'
import type { Http } from '../../http/types.ts'
import { isWeb, percentDecoded } from '../../lib/urls.ts'
import { imageKind, mayBeSvg } from './image-kind.ts'
import { bestFirst, manifestIcons } from './rank.ts'

/** Checked by its first bytes; at most 200 kB; an SVG has been drawn. */
export type FeedIcon = { type: string; bytes: Uint8Array; sourceUrl: string }

/** What a page says of its icons (feeds/discover/page.ts gives it). `size` is the longest side in px, 0 where unknown. */
export type IconLinks = { ok: true; icons: IconLink[]; manifest: string | null }
export type IconLink = { url: string; type: string; size: number }

export type IconRequest = {
  feedUrl: string
  siteUrl: string | null
  /** What the feed itself names as icon or image. */
  feedIcon: string | null
  /** `host:port` that the user allowed although private; null otherwise. */
  privateHost: string | null
  /** The feed's own proxy, as in http/types.ts. */
  proxy?: string | null
}

type Failed = { ok: false; failure: Failure }
export type IconDeps = {
  http: Pick<Http, 'get'>
  /** The pool's task of that name. */
  readPage(input: { bytes: Uint8Array; url: string; contentType: string }): Promise<IconLinks | Failed>
  /** Draws an SVG; null where it was refused. */
  drawSvg(bytes: Uint8Array): Promise<{ type: string; bytes: Uint8Array } | null>
  signal?: AbortSignal
}

type Hunt = { request: IconRequest; deps: IconDeps; requestsLeft: number; tried: Set<string> }

const mostBytes = 200_000
/** Two hundred kilobytes of one colour can be a picture that fills a gigabyte when it is shown. */
const mostSide = 4_096
const mostPageBytes = 3_000_000
const imageTypes = 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5'

/** At most 6 requests. Null where there is none: the window then draws a letter. */
export async function findIcon(request: IconRequest, deps: IconDeps): Promise<FeedIcon | null> {
  const hunt: Hunt = { request, deps, requestsLeft: 6, tried: new Set() }
  const own = request.feedIcon ? await fetchIcon(hunt, request.feedIcon) : null
  if (own?.isSquare) return own.icon

  const site = siteOf(request)
  const links = site ? await pageIcons(hunt, site) : []
  for (const { url } of bestFirst(links).slice(0, 2)) {
    const found = await fetchIcon(hunt, url)
    if (found) return found.icon
  }
  const favicon = site ? await fetchIcon(hunt, new URL('/favicon.ico', site).href) : null
  // A banner is better than no icon.
  return favicon?.icon ?? own?.icon ?? null
}

/** The site that the feed names, else the one it is served from. */
function siteOf({ siteUrl, feedUrl }: IconRequest): string | null {
  for (const address of [siteUrl, feedUrl && new URL('/', feedUrl).href]) {
    const url = address ? URL.parse(address) : null
    if (url && isWeb(url)) return address
  }
  return null
}

async function pageIcons(hunt: Hunt, site: string): Promise<IconLink[]> {
  const answer = await get(hunt, site, 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5', mostPageBytes)
  if (!answer) return []
  const contentType = answer.headers['content-type'] ?? ''
  const page = await hunt.deps.readPage({ bytes: answer.body, url: answer.url, contentType })
  if (!page.ok) return []
  if (page.icons.length > 0 || !page.manifest) return page.icons
  const manifest = await get(
    hunt,
    page.manifest,
    'application/manifest+json,application/json;q=0.9,*/*;q=0.5',
    mostBytes,
  )
  return manifest ? manifestIcons(manifest.body, manifest.url) : []
}

async function fetchIcon(hunt: Hunt, url: string): Promise<{ icon: FeedIcon; isSquare: boolean } | null> {
  const bytes = url.startsWith('data:') ? dataBytes(url) : (await get(hunt, url, imageTypes, mostBytes))?.body
  if (!bytes || bytes.length === 0 || bytes.length > mostBytes) return null
  // A whole data: address would be kept with every icon.
  const sourceUrl = url.slice(0, 500)
  const kind = imageKind(bytes)
  if (kind) {
    const { type, width, height } = kind
    // Pictures of one dot count visitors; sides that nobody could read are given the benefit of the doubt.
    if ((width > 0 && width < 8) || (height > 0 && height < 8)) return null
    if (Math.max(width, height) > mostSide) return null
    const isSquare = width === 0 || height === 0 || Math.max(width, height) <= Math.min(width, height) * 1.4
    return { icon: { type, bytes, sourceUrl }, isSquare }
  }
  const drawn = mayBeSvg(bytes) ? await hunt.deps.drawSvg(bytes) : null
  return drawn && { icon: { ...drawn, sourceUrl }, isSquare: true }
}

async function get(hunt: Hunt, url: string, accept: string, maxBytes: number) {
  if (hunt.requestsLeft === 0 || hunt.tried.has(url) || hunt.deps.signal?.aborted) return null
  hunt.requestsLeft--
  hunt.tried.add(url)
  const { privateHost, proxy } = hunt.request
  const answer = await hunt.deps.http.get({ url, accept, maxBytes, privateHost, proxy, signal: hunt.deps.signal })
  return answer.kind === 'answer' && answer.status === 200 ? answer : null
}

/** RFC 2397. */
function dataBytes(url: string): Uint8Array | null {
  const comma = url.indexOf(',')
  if (comma < 0 || comma > 200) return null
  const body = url.slice(comma + 1)
  if (/;\s*base64$/i.test(url.slice(0, comma))) return new Uint8Array(Buffer.from(percentDecoded(body), 'base64'))
  return new TextEncoder().encode(percentDecoded(body))
}
