/**
 * Which address of an image to show. Scripts for lazy loading keep the real one in attributes of any name, so values are
 * examined as well as names.
 */
import { foundIn, type PictureCandidate, srcsetOf } from './attribute-values.ts'
import { isBlur, isPlaceholder, soundsLikePlaceholder } from './placeholders.ts'
import { widthInAddress } from './srcset.ts'

type Attributes = Record<string, string>

/** In px: enough for a column of text on a dense screen; larger ones only cost bytes. */
const wantedWidth = 1_000
/** Assumed for an address without a width. */
const usualWidth = 600
const mostCandidates = 24

/**
 * The addresses to try, best first, as written and unchecked. `around`: attributes of the `<source>`s that stand before the image
 * in its `<picture>`, and of the figure, picture and link around it, innermost first.
 */
export function imageCandidates(attributes: Attributes, around: Attributes[] = []): string[] {
  const src = attributes.src?.trim() ?? ''
  const own = foundIn(attributes)
  const sets = srcsetOf(attributes)
  // A shortcut for most images, which have one address.
  if (own.length === 0 && sets.length === 0 && around.length === 0) {
    return isPlaceholder(src) && !isPlainInline(attributes) ? [] : [src]
  }
  const isPoor = makePoorTest()
  const offered = around.flatMap(other => (isShownSource(other) ? sourceCandidates(other) : []))
  const outer = around.flatMap(other => (isSource(other) ? [] : foundIn(other)))
  const named = own.filter(({ trust }) => trust === 'source')
  const isReal = !isPoor(src) && !soundsLikePlaceholder(src)
  const isLazySrc = named.some(({ url }) => !isPoor(url))
  const main = [...named, ...sets, ...(isReal && !isLazySrc ? plain(src) : []), ...offered]
  const ordered = [
    ...bestFirst(main),
    ...(isReal ? plain(src) : []),
    ...bestFirst(own.filter(({ trust }) => trust === 'picture')),
    ...bestFirst(outer.filter(({ trust }) => trust !== 'thumbnail')),
    ...around.flatMap(linkedPicture),
    ...[...own, ...outer].filter(({ trust }) => trust === 'thumbnail'),
  ]
  const urls = [...new Set([...ordered.map(({ url }) => url), src])]
  const isGood = (url: string) => !isPoor(url) && (url !== src || isReal)
  // A blurred picture is better than none, and so is one that is only named like a placeholder.
  return [...urls.filter(isGood), ...urls.filter(url => !isGood(url) && !isPlaceholder(url))].slice(0, mostCandidates)
}

const plainAttributes = new Set(['src', 'alt', 'title', 'width', 'height', 'loading', 'referrerpolicy'])

/** An inline image with a description that no script replaces: a line, a spacer, a symbol. */
function isPlainInline(attributes: Attributes): boolean {
  const isDescribed = Boolean(attributes.alt?.trim() || attributes.title?.trim())
  return (
    isDescribed &&
    /^\s*data:image\/(?:png|gif|jpeg|webp)[;,]/i.test(attributes.src ?? '') &&
    Object.keys(attributes).every(name => plainAttributes.has(name))
  )
}

/** Whether a script is to load the image, so that its size and style are not the final ones. */
export function isLazy(attributes: Attributes): boolean {
  return foundIn(attributes).some(({ trust, url }) => trust === 'source' && !isPlaceholder(url))
}

/** Makes a cached test whether an address is a placeholder or a blurred picture. */
function makePoorTest(): (url: string) => boolean {
  const known = new Map<string, boolean>()
  return url => {
    const before = known.get(url)
    if (before !== undefined) return before
    const isPoor = isPlaceholder(url) || isBlur(url)
    known.set(url, isPoor)
    return isPoor
  }
}

/** The best fitting first; of equals the earlier one. */
function bestFirst(found: PictureCandidate[]): PictureCandidate[] {
  if (found.length < 2) return found
  return found
    .map(candidate => ({ candidate, score: scoreOf(candidate) }))
    .sort((a, b) => b.score - a.score)
    .map(({ candidate }) => candidate)
}

/** Up to the wanted width larger is better, above it smaller is. */
function scoreOf({ url, width, density, isNarrow }: PictureCandidate): number {
  const size = width ?? widthInAddress(url) ?? density * usualWidth
  const score = size >= wantedWidth ? wantedWidth * 2 - Math.min(size - wantedWidth, wantedWidth) : size
  return isNarrow ? score / 4 : score
}

function plain(src: string): PictureCandidate[] {
  return src === '' ? [] : [{ url: src, width: null, density: 1, trust: 'source' }]
}

/** Types that Chromium does not show, and pictures for other media than a light screen. */
const unshown = /image\/(?:jxl|hei[cf]|jp2|jpx|jpm|tiff|vnd\.ms-photo)/i
const otherPages = /prefers-color-scheme\s{0,9}:\s{0,9}dark|print|prefers-contrast/i

/** Of the elements around an image, only `<source>` has one of these attributes. */
function isSource({ href, srcset, type, media }: Attributes): boolean {
  return href === undefined && (srcset !== undefined || type !== undefined || media !== undefined)
}

function isShownSource(attributes: Attributes): boolean {
  return isSource(attributes) && !unshown.test(attributes.type ?? '') && !otherPages.test(attributes.media ?? '')
}

/** The candidates of a `<source>`; those cropped for narrow screens are marked. */
function sourceCandidates(attributes: Attributes): PictureCandidate[] {
  const isNarrow = /max-(?:device-)?width|orientation\s{0,9}:\s{0,9}portrait/i.test(attributes.media ?? '')
  const lazy = foundIn(attributes)
  const given = [...lazy, ...srcsetOf(attributes), ...(lazy.length === 0 ? plain(attributes.src ?? '') : [])]
  return given.map(found => ({ ...found, isNarrow }))
}

/** A link around an image often leads to the full picture, sometimes to a page about it (MediaWiki). */
function linkedPicture({ href }: Attributes): PictureCandidate[] {
  if (!href || !/\.(?:jpe?g|png|gif|webp|avif)(?:\?[^#]*)?$/i.test(href) || /\/(?:wiki\/|File:|Image:)/i.test(href)) {
    return []
  }
  return plain(href.trim())
}
