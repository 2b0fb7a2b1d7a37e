/** Finds a feed's icon: the one in the feed, in its site's page, in the site's manifest, /favicon.ico. */
import type { Http } from '../../http/types.ts'
import { isWeb, percentDecoded } from '../../lib/urls.ts'
import type { Document, Failed } from '../documents.ts'
import { imageKind, mayBeSvg } from './image-kind.ts'
import { bestFirst, type IconLink, manifestIcons } from './rank.ts'

/** `type` is that of the bytes; at most 200 kB; an SVG has been drawn. */
export type FeedIcon = { type: string; bytes: Uint8Array; sourceUrl: string }

export type IconRequest = {
  feedUrl: string
  siteUrl: string | null
  /** Icon or image in the feed. */
  feedIcon: string | null
  /** Private `host:port` that the user has allowed; null otherwise. */
  privateHost: string | null
  /** The feed's own proxy, as in http/types.ts. */
  proxy?: string | null
}

type IconDeps = {
  http: Pick<Http, 'get'>
  /** The pool's task of that name. */
  readPage(input: Document): Promise<{ ok: true; icons: IconLink[]; manifest: string | null } | Failed>
  /** Draws an SVG; null where it was refused. */
  drawSvg(bytes: Uint8Array): Promise<{ type: string; bytes: Uint8Array } | null>
  signal?: AbortSignal
}

type IconSearch = { request: IconRequest; deps: IconDeps; requestsLeft: number; tried: Set<string> }

const mostBytes = 200_000
/** Px. 200 kB of one colour can decode to a gigabyte. */
const mostSide = 4_096
const mostPageBytes = 3_000_000
const imageTypes = 'image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5'

/** At most 6 requests. Null where there is none: the window then draws a letter. */
export async function findIcon(request: IconRequest, deps: IconDeps): Promise<FeedIcon | null> {
  const search: IconSearch = { request, deps, requestsLeft: 6, tried: new Set() }
  const own = request.feedIcon ? await fetchIcon(search, request.feedIcon) : null
  if (own?.isSquare) return own.icon

  const site = siteOf(request)
  const links = site ? await pageIcons(search, site) : []
  for (const { url } of bestFirst(links).slice(0, 2)) {
    const found = await fetchIcon(search, url)
    if (found) return found.icon
  }
  const favicon = site ? await fetchIcon(search, new URL('/favicon.ico', site).href) : null
  // A banner, which is not square, is better than no icon.
  return favicon?.icon ?? own?.icon ?? null
}

/** The site that the feed names, else the host that serves it. */
function siteOf({ siteUrl, feedUrl }: IconRequest): string | null {
  for (const address of [siteUrl, feedUrl && new URL('/', feedUrl).href]) {
    const url = address ? URL.parse(address) : null
    if (url && isWeb(url)) return address
  }
  return null
}

async function pageIcons(search: IconSearch, site: string): Promise<IconLink[]> {
  const answer = await get(search, site, 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5', mostPageBytes)
  if (!answer) return []
  const contentType = answer.headers['content-type'] ?? ''
  const page = await search.deps.readPage({ bytes: answer.body, url: answer.url, contentType })
  if (!page.ok) return []
  if (page.icons.length > 0 || !page.manifest) return page.icons
  const manifest = await get(
    search,
    page.manifest,
    'application/manifest+json,application/json;q=0.9,*/*;q=0.5',
    mostBytes,
  )
  return manifest ? manifestIcons(manifest.body, manifest.url) : []
}

async function fetchIcon(search: IconSearch, url: string): Promise<{ icon: FeedIcon; isSquare: boolean } | null> {
  const bytes = url.startsWith('data:') ? dataBytes(url) : (await get(search, url, imageTypes, mostBytes))?.body
  if (!bytes || bytes.length === 0 || bytes.length > mostBytes) return null
  // A data: address would be stored whole beside the icon.
  const sourceUrl = url.slice(0, 500)
  const kind = imageKind(bytes)
  if (kind) {
    const { type, width, height } = kind
    // Pictures of a few px count visitors. Sides of 0 are unknown.
    if ((width > 0 && width < 8) || (height > 0 && height < 8)) return null
    if (Math.max(width, height) > mostSide) return null
    const isSquare = width === 0 || height === 0 || Math.max(width, height) <= Math.min(width, height) * 1.4
    return { icon: { type, bytes, sourceUrl }, isSquare }
  }
  const drawn = mayBeSvg(bytes) ? await search.deps.drawSvg(bytes) : null
  return drawn && { icon: { ...drawn, sourceUrl }, isSquare: true }
}

async function get(search: IconSearch, url: string, accept: string, maxBytes: number) {
  if (search.requestsLeft === 0 || search.tried.has(url) || search.deps.signal?.aborted) return null
  search.requestsLeft--
  search.tried.add(url)
  const { privateHost, proxy } = search.request
  const answer = await search.deps.http.get({ url, accept, maxBytes, privateHost, proxy, signal: search.deps.signal })
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
