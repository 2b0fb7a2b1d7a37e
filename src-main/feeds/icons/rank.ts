/** Which of a site's icons to take. Pure. */
import { isWeb } from '../../lib/urls.ts'

type Link = { url: string; type: string; size: number }

/** Drawn at 16 to 32 px on screens of up to three times that; larger ones only cost bytes. */
const wanted = 96

/** The smallest that is large enough, then drawings that scale, then the largest of the small ones. */
export function bestFirst(links: Link[]): Link[] {
  return [...links].sort((a, b) => rank(a) - rank(b))
}

function rank({ url, type, size }: Link): number {
  const isSvg = /svg/.test(type) || /\.svg(?:[?#]|$)/i.test(url)
  if (isSvg) return 500
  if (size === Number.POSITIVE_INFINITY) return 600
  if (size >= wanted) return size <= 256 ? size : 700 + size
  // Unknown is mostly an .ico with 16 and 32 px in it.
  return size === 0 ? 1_980 : 2_000 - size
}

/** The icons of a web app manifest (W3C), but those made to be cut or coloured. */
export function manifestIcons(bytes: Uint8Array, base: string): Link[] {
  const manifest = readJson(bytes)
  const icons = isRecord(manifest) && Array.isArray(manifest.icons) ? manifest.icons.slice(0, 50) : []
  return icons.flatMap((icon: unknown) => {
    if (!isRecord(icon) || typeof icon.src !== 'string' || !URL.canParse(icon.src, base)) return []
    const purpose = typeof icon.purpose === 'string' ? icon.purpose : 'any'
    const url = new URL(icon.src, base)
    if (!/\bany\b/.test(purpose) || !isWeb(url)) return []
    const sizes = typeof icon.sizes === 'string' ? icon.sizes.slice(0, 200) : ''
    const sides = [...sizes.matchAll(/(\d{1,4})x(\d{1,4})/gi)].map(size => Math.max(Number(size[1]), Number(size[2])))
    return [{ url: url.href, type: typeof icon.type === 'string' ? icon.type : '', size: Math.max(0, ...sides) }]
  })
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
