/** Recognises what pages show until a script has loaded a picture: an empty image, or a blurred one. */
import { isSamePicture } from './same-picture.ts'
import { widthInAddress } from './srcset.ts'

/** Px: a picture of at most this width is a placeholder or an icon. */
const widestBlur = 100
/** Characters of a data: address; shorter ones, about 2 kB of JPEG, are blurred or empty. */
const smallestInline = 3_000

/** Whether an address shows nothing: a transparent pixel, an empty SVG, a word instead of an address. */
export function isPlaceholder(address: string): boolean {
  const value = address.trim()
  if (/^data:/i.test(value)) return isEmptyInline(value)
  if (value === '' || /^(?:#|about:|javascript:|blob:|undefined$|null$|false$)/i.test(value)) return true
  return value.includes('{{') || value.includes('[object')
}

/** Whether a file is named like a placeholder: `blank.gif`, `spacer.png`, `lazy-loading.svg`. Some pictures are, too. */
export function soundsLikePlaceholder(address: string): boolean {
  if (address.length > 4_096) return false
  const name = (address.split(/[?#]/, 1)[0] ?? '').split('/').at(-1)?.slice(0, 200) ?? ''
  return (
    /^(?:blank|spacer|space|clear|empty|dot|pixel|trans|none|gr[ea]y|white|lazy|loading|load|loader|0|s|t|x)(?:[-_.]?\d{1,4}(?:x\d{1,4})?)?\.\w{3,4}$/i.test(
      name,
    ) ||
    /(?:^|[-_.])(?:placeholder|transparent|1x1|lazy-?load(?:ing|er)?|img-?loading|spinner|lqip|no-?image|blank)(?:[-_.]|$)/i.test(
      name,
    )
  )
}

/** Whether an address shows the picture very small or blurred. */
export function isBlur(address: string): boolean {
  const value = address.trim()
  if (/^data:/i.test(value)) return value.length < smallestInline
  if (value.length > 4_096) return false
  if (/[?&/,_](?:e_)?blur(?:[=:_/,-]|$)/i.test(value)) return true
  if (/[?&,/](?:q|quality|qlt)[=_](?:\d|1[0-5])(?=[&,/]|$)/i.test(value)) return true
  const width = widthInAddress(value)
  if (width !== null) return width <= widestBlur
  return /(?:^|[-_./])(?:lqip|tiny|blurred|blurry|lowres|low-res|micro)(?:[-_./]|$)/i.test(value)
}

/** An SVG without shapes, a picture of one pixel, a GIF so short that it has one colour, or no picture at all. */
function isEmptyInline(address: string): boolean {
  if (/^data:image\/svg/i.test(address)) return isEmptyDrawing(address)
  const bytes = firstBytes(address)
  if (!bytes || bytes.length < 6) return !/^data:image\/[^,]{1,60},[^,]{6,}/i.test(address)
  if (bytes.startsWith('GIF8')) return bytes.charCodeAt(6) + bytes.charCodeAt(8) <= 2 || address.length < 130
  const isPng = bytes.startsWith('\x89PNG') && bytes.length >= 20
  return isPng && bytes.charCodeAt(19) <= 1 && bytes.slice(16, 19) === '\0\0\0'
}

/** Most of these have a size and perhaps a rectangle or a filter. */
function isEmptyDrawing(address: string): boolean {
  if (address.length > smallestInline) return false
  const [head, ...rest] = address.split(',')
  const body = rest.join(',')
  const source = /;base64/i.test(head ?? '') ? fromBase64(body) : body
  return !/(?:<|%3c)(?:path|circle|text|use|polygon|polyline|ellipse|line)\b/i.test(source)
}

function firstBytes(address: string): string | null {
  const start = /^data:image\/[\w.+-]{1,30};base64,/i.exec(address)
  return start ? fromBase64(address.slice(start[0].length, start[0].length + 64)) : null
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1')
}

/**
 * Whether a picture is the blurred form of the one that comes after it, often in a `<noscript>`, which a page shows until a script
 * has loaded that.
 */
export function isBlurOf(before: string, after: string, isInNoscript: boolean): boolean {
  return isBlur(before) && !isBlur(after) && (isInNoscript || isSamePicture(before, after))
}
