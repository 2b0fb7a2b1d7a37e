/**
 * Which address of an image to show. Publishers hide the real one from readers without scripts, in attributes of any name:
 * what an attribute holds tells more than what it is called.
 */
import { type Found, foundIn, setsOf } from './attribute-values.ts'
import { isBlur, isPlaceholder, soundsLikePlaceholder } from './placeholders.ts'
import { widthInAddress } from './srcset.ts'

type Attributes = Record<string, string>

/** Wide enough for a column of text on a dense screen; the next larger one costs more than it shows. */
const wantedWidth = 1_000
/** What an address is taken to show that does not say how wide it is. */
const usualWidth = 600
const mostCandidates = 24

/**
 * The addresses to try, best first: as written, unresolved, unjudged. `around` are the attributes of the `<source>`s that the
 * `<picture>` has offered so far, and of the figure, picture and link around the image, innermost first.
 */
export function imageCandidates(attributes: Attributes, around: Attributes[] = []): string[] {
  const src = attributes.src?.trim() ?? ''
  const own = foundIn(attributes)
  const sets = setsOf(attributes, ['srcset'])
  // Most images have one address and nothing else.
  if (own.length === 0 && sets.length === 0 && around.length === 0) {
    return isPlaceholder(src) && !isPlainInline(attributes) ? [] : [src]
  }
  const isPoor = poorness()
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
  // A blur is better than a gap, and so is what is only called like a placeholder.
  return [...urls.filter(isGood), ...urls.filter(url => !isGood(url) && !isPlaceholder(url))].slice(0, mostCandidates)
}

const plainAttributes = new Set(['src', 'alt', 'title', 'width', 'height', 'loading', 'referrerpolicy'])

/** A dot within the document that nothing says a script would fill in: a line, a gap of a certain size, a mark with words. */
function isPlainInline(attributes: Attributes): boolean {
  const isDescribed = Boolean(attributes.alt?.trim() || attributes.title?.trim())
  return (
    isDescribed &&
    /^\s*data:image\/(?:png|gif|jpeg|webp)[;,]/i.test(attributes.src ?? '') &&
    Object.keys(attributes).every(name => plainAttributes.has(name))
  )
}

/** Whether an image is filled in by a script, so that its size and style say nothing yet. */
export function isLazy(attributes: Attributes): boolean {
  return foundIn(attributes).some(({ trust, url }) => trust === 'source' && !isPlaceholder(url))
}

/** Whether an address shows little or nothing of the picture; each is looked at once. */
function poorness(): (url: string) => boolean {
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
function bestFirst(found: Found[]): Found[] {
  if (found.length < 2) return found
  return found
    .map(candidate => ({ candidate, score: scoreOf(candidate) }))
    .sort((a, b) => b.score - a.score)
    .map(({ candidate }) => candidate)
}

/** Below what is wanted, larger is better; above, smaller is. */
function scoreOf({ url, width, density, isNarrow }: Found): number {
  const size = width ?? widthInAddress(url) ?? density * usualWidth
  const score = size >= wantedWidth ? wantedWidth * 2 - Math.min(size - wantedWidth, wantedWidth) : size
  return isNarrow ? score / 4 : score
}

function plain(src: string): Found[] {
  return src === '' ? [] : [{ url: src, width: null, density: 1, trust: 'source' }]
}

/** Types that Chromium does not show, and pictures for a page of another kind than ours. */
const unshown = /image\/(?:jxl|hei[cf]|jp2|jpx|jpm|tiff|vnd\.ms-photo)/i
const otherPages = /prefers-color-scheme\s{0,9}:\s{0,9}dark|print|prefers-contrast/i

/** Of what is around an image, only a `<source>` has one of these. */
function isSource({ href, srcset, type, media }: Attributes): boolean {
  return href === undefined && (srcset !== undefined || type !== undefined || media !== undefined)
}

function isShownSource(attributes: Attributes): boolean {
  return isSource(attributes) && !unshown.test(attributes.type ?? '') && !otherPages.test(attributes.media ?? '')
}

/** What a `<source>` offers; what is cut for a narrow screen comes after what is not. */
function sourceCandidates(attributes: Attributes): Found[] {
  const isNarrow = /max-(?:device-)?width|orientation\s{0,9}:\s{0,9}portrait/i.test(attributes.media ?? '')
  const lazy = foundIn(attributes)
  const given = [...lazy, ...setsOf(attributes, ['srcset']), ...(lazy.length === 0 ? plain(attributes.src ?? '') : [])]
  return given.map(found => ({ ...found, isNarrow }))
}

/** A link around an image often leads to the whole picture, and sometimes to a page that is called like one. */
function linkedPicture({ href }: Attributes): Found[] {
  if (!href || !/\.(?:jpe?g|png|gif|webp|avif)(?:\?[^#]*)?$/i.test(href) || /\/(?:wiki\/|File:|Image:)/i.test(href)) {
    return []
  }
  return plain(href.trim())
}
