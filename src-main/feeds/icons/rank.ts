/** Which of a site's icons to fetch first. */

import { isWeb } from '../../lib/urls.ts'
import { isRecord, parseJson } from '../json.ts'

/** An icon as a page or manifest declares it. `size` is the longest side in px; 0 unknown, Infinity for 'any'. */
export type IconLink = { url: string; type: string; size: number }

/** Shown at 16 to 32 px on screens of up to triple density; larger ones only cost bytes. */
const wanted = 96

/** The smallest that is large enough, then SVG, then the largest of those that are too small. */
export function bestFirst(links: IconLink[]): IconLink[] {
  return [...links].sort((a, b) => rank(a) - rank(b))
}

function rank({ url, type, size }: IconLink): number {
  const isSvg = /svg/.test(type) || /\.svg(?:[?#]|$)/i.test(url)
  if (isSvg) return 500
  if (size === Number.POSITIVE_INFINITY) return 600
  if (size >= wanted) return size <= 256 ? size : 700 + size
  // An unknown size is mostly an .ico of 16 and 32 px.
  return size === 0 ? 1_980 : 2_000 - size
}

/** The icons of a web app manifest (W3C), without maskable and monochrome ones. */
export function manifestIcons(bytes: Uint8Array, base: string): IconLink[] {
  const manifest = parseJson(new TextDecoder().decode(bytes))
  const icons = isRecord(manifest) && Array.isArray(manifest.icons) ? manifest.icons.slice(0, 50) : []
  return icons.flatMap((icon: unknown) => {
    if (!isRecord(icon) || typeof icon.src !== 'string' || !URL.canParse(icon.src, base)) return []
    const purpose = typeof icon.purpose === 'string' ? icon.purpose : 'any'
    const url = new URL(icon.src, base)
    if (!/\bany\b/.test(purpose) || !isWeb(url)) return []
    const size = typeof icon.sizes === 'string' ? longestSide(icon.sizes) : 0
    return [{ url: url.href, type: typeof icon.type === 'string' ? icon.type : '', size }]
  })
}

/** The longest side in px of a list like `16x16 32x32`; Infinity for `any`. */
export function longestSide(sizes: string): number {
  if (/^\s*any\s*$/i.test(sizes)) return Number.POSITIVE_INFINITY
  const sides = [...sizes.slice(0, 200).matchAll(/(\d{1,4})[x×](\d{1,4})/gi)]
  return Math.max(0, ...sides.map(([, width, height]) => Math.max(Number(width), Number(height))))
}
