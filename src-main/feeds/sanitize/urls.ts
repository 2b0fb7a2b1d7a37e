/**
 * The check that every address of an article passes: it is parsed as a browser does (WHATWG URL), and judged by its parts, never
 * by a pattern over the raw string.
 */
import { hostPort, isOwnNetwork } from '../../http/private-address.ts'
import { isTracker, withoutTracking } from '../../lib/tracking.ts'
import { comparableAddress, isWeb, webHref, withoutEscapes } from '../../lib/urls.ts'

export type AddressContext = {
  /** Absolute address that relative ones are resolved against. */
  base: string
  /** `host:port` on this machine or a private network whose media may be shown, since the user follows a feed there. */
  privateHost?: string | null
  /** Of a `data:` address, in characters; 1,500,000 where it is not said. */
  longestInlineImage?: number
}

const longestLink = 4_096
const usualInlineImage = 1_500_000
const rasterImage = /^data:image\/(?:png|jpe?g|gif|webp|avif|apng|bmp|x-icon|vnd\.microsoft\.icon)[;,]/

/** Where a link may lead: http, https or mailto, without credentials and tracking parameters; else null. */
export function linkAddress(value: string, { base }: AddressContext): string | null {
  const url = parse(value, base)
  if (!url) return null
  if (url.protocol === 'mailto:') return url.href.length <= longestLink ? url.href : null
  return webHref(withoutTracking(url))
}

const harmful =
  /^(?:javascript|vbscript|livescript|data|blob|file|filesystem|about|view-source|jar|chrome|resource|intent|search-ms|ms-.*|x-.*|.*-extension):$/
/** Apps for sharing the article, not addresses to copy. */
const apps = /^(?:android-app|whatsapp|viber|tg|line|fb.*):$/

/** Whether its scheme runs something, reads something local or starts a program: such an address is not even shown as text. */
export function isHarmful({ protocol }: URL): boolean {
  return harmful.test(protocol)
}

/** The address of a link that no browser opens but a reader can copy (magnet:, tel:, ftp:, xmpp:); null for any other. */
export function copyableAddress(value: string, { base }: AddressContext): string | null {
  const url = parse(value, base)
  if (!url || isWeb(url) || url.protocol === 'mailto:' || isHarmful(url) || apps.test(url.protocol)) return null
  return url.href.length > url.protocol.length ? url.href : null
}

/**
 * The fragment of a link into the article itself: a bare `#note`, or one after the article's own address in any spelling. Null
 * for any other link. The fragment is as written, and may be empty.
 */
export function fragmentWithin(value: string, { base }: AddressContext): { fragment: string; isBare: boolean } | null {
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

/** A place in the article's recording (Media Fragments 1.0, 4.2.1), and not in its text: such a link leads to the article. */
export function isTime(fragment: string): boolean {
  return /^t=(?:npt:)?\d[\d:.hms]{0,12}$/.test(fragment)
}

function basePage(base: string): string {
  if (base !== page.base) {
    const url = URL.parse(base)
    page = { base, spelling: url ? pageOf(url) : '' }
  }
  return page.spelling
}

/** Cached, since all links of an article are compared with the same address. */
let page = { base: '', spelling: '' }

/** The address that an image, audio or video may be loaded from; else null. Images may also be `data:` of a raster format. */
export function mediaAddress(value: string, context: AddressContext, kind: 'image' | 'sound' = 'image'): string | null {
  const { longestInlineImage = usualInlineImage } = context
  const start = value.trimStart().slice(0, 5).toLowerCase()
  if (start === 'data:' && (kind !== 'image' || value.length > longestInlineImage)) return null
  const url = parse(value, context.base, start === 'data:' ? longestInlineImage : longestLink)
  if (!url) return null
  if (url.protocol === 'data:') return kind === 'image' && rasterImage.test(url.href) ? url.href : null
  if (!isReachable(url, context.privateHost ?? null) || (kind === 'image' && isTracker(url))) return null
  return webHref(withoutTracking(url))
}

function parse(value: string, base: string, longest = longestLink): URL | null {
  if (value.length > longest) return null
  return URL.parse(withoutEscapes(value), base)
}

/** No article may cause requests into the reader's own network; http/connections.ts refuses them again when connecting. */
function isReachable(url: URL, privateHost: string | null): boolean {
  const { hostname } = url
  if (hostname !== judged.hostname) judged = { hostname, isPrivate: isOwnNetwork(url) }
  return !judged.isPrivate || hostPort(url) === privateHost
}

/** Cached, since the pictures of a feed are mostly from one host. */
let judged = { hostname: '', isPrivate: true }
