/** Finds pictures in an element's attributes, whatever their names: addresses, `srcset` lists, JSON, `url(...)`. */
import { parseJson } from '../json.ts'
import { isSet, parseSet, type SetCandidate } from './srcset.ts'

/**
 * `trust`, by the attribute's name: 'source' if that says that it is the image itself, 'picture' if it says nothing, 'thumbnail'
 * for a small one. `isNarrow`: cropped for a narrow screen.
 */
export type PictureCandidate = SetCandidate & { trust: Trust; isNarrow?: boolean }
type Trust = 'source' | 'picture' | 'thumbnail'

/** SAFETY: limits, since an element may have any number of attributes of any length. */
const mostAttributes = 100
const longestJson = 20_000
const mostInJson = 200
const longestAddress = 4_096

/** Attributes without pictures; `src` and `srcset` are read elsewhere. */
const plainNames = new Set(
  (
    'src srcset alt title class id width height sizes loading decoding lang dir href rel target type media name role ' +
    'align border hspace vspace tabindex usemap crossorigin referrerpolicy fetchpriority longdesc lowsrc hidden itemprop ' +
    'draggable ismap'
  ).split(' '),
)
/** Names of attributes with another picture, or one in another state. */
const otherThings =
  /avatar|permalink|placeholder|lqip|rollover|(?:^|[-_:])(?:author|share|logo|icon|error|hover|dark|page|profile|next|prev|related|poster|blur|low-?res|low-?src|low-?quality|noimg|loading|caption|comments?|title|alt|width|widths|height|sizes?|ratio|class|style|count|index|id)(?:[-_:]|$)/
const smallThings = /thumb|small|preview|tiny|mobile|mini/
const sourceNames =
  /(?:src|srcs|srcset|src-?set|src[-_]?\d{1,4}x?|original|lazy|actualsrc|lazyload|real_?src|zoomfile|^file)$/
const sourceParts = /(?:^|[-_:])(?:src|lazy|lazyload|original|hi-?res|retina|2x)(?:[-_:]|$)/
const pictureNames = /src|lazy|orig|image|img|picture|photo|large|full|big|hi-?res|retina|file|media|zoom/

/** The pictures in an element's attributes, in their order; without `src` and `srcset`. */
export function foundIn(attributes: Record<string, string>): PictureCandidate[] {
  const found: PictureCandidate[] = []
  let seen = 0
  for (const name in attributes) {
    if (plainNames.has(name) || name.startsWith('aria-') || name.startsWith('on')) continue
    if (++seen > mostAttributes) break
    const value = attributes[name]?.trim()
    if (value) addValue(found, name, value, attributes)
  }
  return found
}

/** The candidates of `srcset`. */
export function srcsetOf(attributes: Record<string, string>): PictureCandidate[] {
  return parseSet(attributes.srcset ?? '').map(candidate => ({ ...candidate, trust: 'source' as const }))
}

function addValue(found: PictureCandidate[], name: string, value: string, attributes: Record<string, string>): void {
  if (name !== 'style' && otherThings.test(name)) return
  const trust = trustOf(name)
  if (/set$|sets$/.test(name) || isSet(value)) {
    for (const candidate of parseSet(value)) if (isAddress(candidate.url)) found.push({ ...candidate, trust })
  } else if (value.startsWith('{') || value.startsWith('[')) {
    for (const candidate of inJson(value)) found.push({ ...candidate, trust: trust === 'source' ? trust : 'picture' })
  } else if (name === 'style' || value.startsWith('url(')) {
    const url = /url\(\s{0,9}["']?([^"'()\s]{1,4096})/i.exec(value.slice(0, 10_000))?.[1]
    if (url && isPicture(url)) found.push(sized(url, name, trust === 'source' ? trust : 'thumbnail'))
  } else {
    const url = withWidth(value, attributes)
    if (isPicture(url) || (pictureNames.test(name) && isWebAddress(url)) || (trust === 'source' && isAddress(url))) {
      found.push(sized(url, name, trust))
    }
  }
}

function trustOf(name: string): Trust {
  if (smallThings.test(name)) return 'thumbnail'
  return sourceNames.test(name) || sourceParts.test(name) ? 'source' : 'picture'
}

/** WordPress and galleries name sizes in words; an original may be as large as a camera's. */
function sized(url: string, name: string, trust: Trust): PictureCandidate {
  const width = /large|big/.test(name) ? 1_024 : /medium/.test(name) ? 300 : null
  return { url, width: trust === 'picture' ? width : null, density: 1, trust }
}

/** Replaces `{width}` in an address by one of `data-widths`, or by 1080. */
function withWidth(value: string, attributes: Record<string, string>): string {
  if (!/\{(?:width|w|size)\}|%7B(?:width|w)%7D/i.test(value)) return value
  const given = (attributes['data-widths'] ?? '').slice(0, 1_000).match(/\d{2,5}/g) ?? ['1080']
  const widths = given.map(Number).sort((a, b) => a - b)
  const width = widths.find(candidate => candidate >= 1_000) ?? widths.at(-1)
  return value.replace(/\{(?:width|w|size)\}|%7B(?:width|w)%7D/gi, String(width))
}

/** Addresses of pictures in JSON, as values or as keys, with the width beside them. */
function inJson(value: string): SetCandidate[] {
  const root = value.length > longestJson ? undefined : parseJson(value)
  const found: SetCandidate[] = []
  let visited = 0
  const visit = (node: unknown, width: number | null, depth: number): void => {
    if (++visited > mostInJson || depth > 5) return
    if (typeof node === 'string') {
      if (isPicture(node)) found.push({ url: node, width, density: 1 })
    } else if (typeof node === 'object' && node !== null) {
      const beside = widthOf(node)
      for (const [key, inner] of Object.entries(node)) {
        if (isPicture(key))
          found.push({ url: key, width: typeof inner === 'object' ? widthOf(inner) : null, density: 1 })
        if (!otherThings.test(key.toLowerCase())) visit(inner, beside ?? width, depth + 1)
      }
    }
  }
  visit(root, null, 0)
  return found
}

function widthOf(node: unknown): number | null {
  if (typeof node !== 'object' || node === null) return null
  const given = 'width' in node ? node.width : 'w' in node ? node.w : null
  const width = Number(given)
  return given !== null && width > 0 ? width : null
}

/** Whether a value can be an address, and not words, a number or a colour. */
function isAddress(value: string): boolean {
  if (/^data:image\//i.test(value)) return true
  if (value.length > longestAddress || /[\n<>"{}]/.test(value)) return false
  return isWebAddress(value) || isPicture(value) || /^(?:\.{0,2}\/|[\w.-]{1,200}\/)\S{1,4000}$/.test(value)
}

function isWebAddress(value: string): boolean {
  return value.length <= longestAddress && /^(?:https?:)?\/\/[^/]/i.test(value)
}

/** Whether an address looks like a picture's, by the end of its path or a format in its query. */
function isPicture(value: string): boolean {
  if (value.length > longestAddress || !/^[^\s<>"{}]{5,}$/.test(value) || /^(?:data|javascript|mailto):/i.test(value))
    return false
  const [path = '', ...query] = value.split(/[?#]/)
  if (/\.(?:jpe?g|jfif|png|gif|webp|avif|apng|svg|bmp)(?![\w-])/i.test(path)) return !/\/(?:wiki\/|File:)/i.test(path)
  return (
    isWebAddress(value) &&
    /(?:^|&)(?:format|fm|ext|output)=(?:jpe?g|pjpg|png|webp|avif|gif)|\.(?:jpe?g|png|webp)(?![\w-])/i.test(
      query.join('&'),
    )
  )
}
