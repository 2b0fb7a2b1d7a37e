/**
 * The gate every address of an article passes: parsed first, as a browser parses it (WHATWG URL), then judged by its parts,
 * never by a pattern over the raw string.
 */
import { hostPort, isOwnNetwork } from '../../http/private-address.ts'
import { isTracker, withoutTracking } from '../../lib/tracking.ts'
import { comparableAddress, isWeb, withoutCredentials, withoutEscapes } from '../../lib/urls.ts'

export type AddressContext = {
  /** Absolute address that relative ones are resolved against. */
  base: string
  /** `host:port` on this machine or a private network whose media may be shown, since the user follows a feed there. */
  privateHost?: string | null
}

const longestLink = 4_096
const longestInlineImage = 1_500_000
const rasterImage = /^data:image\/(?:png|jpe?g|gif|webp|avif|apng|bmp|x-icon|vnd\.microsoft\.icon)[;,]/

/** Where a link may lead: http, https or mailto, without credentials and tracking parameters; else null. */
export function linkAddress(value: string, { base }: AddressContext): string | null {
  const url = parse(value, base)
  if (!url) return null
  if (url.protocol === 'mailto:') return url.href.length <= longestLink ? url.href : null
  return webAddress(url)
}

/** Schemes that run something, read something here or start a program: an address of one is not even shown. */
const unshown =
  /^(?:javascript|vbscript|livescript|data|blob|file|filesystem|about|view-source|jar|chrome|resource|intent|android-app|search-ms|ms-.*|(?:chrome|moz|edge|safari-web)-extension|whatsapp|viber|tg|line|fb.*|x-.*):$/

/**
 * The address of a link that is no web address, but of use to someone who can copy it (magnet:, tel:, ftp:, xmpp:); null for
 * what is a web address, or what nobody should be led to.
 */
export function copyableAddress(value: string, { base }: AddressContext): string | null {
  const url = parse(value, base)
  if (!url || isWeb(url) || url.protocol === 'mailto:' || unshown.test(url.protocol)) return null
  return url.href.length > url.protocol.length ? url.href : null
}

/** Where a link points to within the page it stands in. */
export type Fragment = { fragment: string; isBare: boolean }

/**
 * What a link points to within the article itself: a bare `#note`, or one with the article's own address, however that is
 * spelled; null for a link to anywhere else. The fragment is as it is written, and may be empty.
 */
export function fragmentWithin(value: string, { base }: AddressContext): Fragment | null {
  if (!value.includes('#') || value.length > longestLink) return null
  const written = value.trim()
  if (written.startsWith('#')) return { fragment: written.slice(1), isBare: true }
  const url = URL.parse(written, base)
  if (!url || url.hash.length < 2 || !isWeb(url) || pageOf(url) !== basePage(base)) return null
  return { fragment: url.hash.slice(1), isBare: false }
}

/** One spelling for all addresses of a page. */
function pageOf(url: URL): string {
  return comparableAddress(withoutTracking(new URL(url)))
}

function basePage(base: string): string {
  if (base !== page.base) {
    const url = URL.parse(base)
    page = { base, spelling: url ? pageOf(url) : '' }
  }
  return page.spelling
}

/** The links of an article are all compared with the one address. */
let page = { base: '', spelling: '' }

/** What an image, audio or video may be loaded from; else null. Only images may be raster `data:`. */
export function mediaAddress(value: string, context: AddressContext, kind: 'image' | 'sound' = 'image'): string | null {
  const start = value.trimStart().slice(0, 5).toLowerCase()
  if (start === 'data:' && (kind !== 'image' || value.length > longestInlineImage)) return null
  const url = parse(value, context.base, start === 'data:' ? longestInlineImage : longestLink)
  if (!url) return null
  if (url.protocol === 'data:') return kind === 'image' && rasterImage.test(url.href) ? url.href : null
  if (!isReachable(url, context.privateHost ?? null) || (kind === 'image' && isTracker(url))) return null
  return webAddress(url)
}

function parse(value: string, base: string, longest = longestLink): URL | null {
  if (value.length > longest) return null
  return URL.parse(withoutEscapes(value), base)
}

function webAddress(url: URL): string | null {
  if (!isWeb(url)) return null
  const address = withoutTracking(withoutCredentials(url)).href
  return address.length <= longestLink ? address : null
}

/** An article must not make us knock on doors inside the reader's own network; refused again when connecting (http/client.ts). */
function isReachable(url: URL, privateHost: string | null): boolean {
  const { hostname } = url
  if (hostname !== judged.hostname) judged = { hostname, isPrivate: isOwnNetwork(url) }
  return !judged.isPrivate || hostPort(url) === privateHost
}

/** The pictures of a feed are mostly from one host. */
let judged = { hostname: '', isPrivate: true }
