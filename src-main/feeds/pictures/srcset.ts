/** Parses `srcset` (HTML 4.8.4.2) as browsers do, and reads the width in a picture's address. */

/** `width` in px, null if unknown; `density` is 1 without a descriptor. */
export type SetCandidate = { url: string; width: number | null; density: number }

const longestSet = 20_000
const descriptor = /^(\d{1,6}(?:\.\d{1,6})?)([wxh])(?:,(.*))?$/i

/** In order. Addresses may contain commas, as `data:` does. */
export function parseSet(set: string): SetCandidate[] {
  const candidates: SetCandidate[] = []
  let url = ''
  const keep = (width: number | null, density: number) => {
    if (url) candidates.push({ url, width, density })
    url = ''
  }
  const take = (token: string) => {
    url = token.replace(/^,{1,9}/, '')
    if (!url.endsWith(',')) return
    url = url.slice(0, -1)
    keep(null, 1)
  }
  for (const token of set.slice(0, longestSet).split(/\s+/)) {
    if (token === '') continue
    const [, amount, unit, next] = descriptor.exec(token) ?? []
    if (amount === undefined || unit === undefined) {
      keep(null, 1)
      take(token)
      continue
    }
    // A height after a width belongs to the candidate before it.
    if (unit.toLowerCase() === 'w') keep(Number(amount), 1)
    else if (unit.toLowerCase() === 'x') keep(null, Number(amount))
    else keep(null, 1)
    if (next) take(next)
  }
  keep(null, 1)
  return candidates
}

/** Whether the value of any attribute is a `srcset`: an address, then a width or density. */
export function isSet(value: string): boolean {
  return /\S\s{1,20}\d{1,6}(?:\.\d{1,6})?[wx](?:\s{0,20},|\s{0,20}$)/.test(value.slice(0, longestSet))
}

/**
 * Forms of a width in an address: `?w=20`, `/w_640,h_480/`, `-1024x683.jpg`, `/max/30/`, `/640px-Name.jpg`,
 * `/cdn-cgi/image/width=80`, `=w1200-h630`, `_180x.jpg`.
 */
const widths = [
  /[?&;,/](?:w|width|wid|imwidth|maxwidth|max-w|resize_w)=(\d{1,5})(?![\d.%])/i,
  /[/,](?:c_[a-z]{1,9},)?w_(\d{1,5})(?=[,/])/,
  /[?&](?:resize|fit|size|s)=(\d{2,5})(?:[,x:]|%2C)\d{0,5}(?=&|$)/i,
  /\/(?:max|resize|fit\/c|fit\/t|freeze\/max|fill|width|crop|w|rs:fit):?\/?(?:w:)?(\d{2,5})(?=[/:x])/,
  /\/(\d{2,5})px-[^/]{1,250}$/,
  /[-_@.](\d{1,5})x\d{0,5}(?:@2x)?(?:_(?:crop_)?[a-z]{3,9})?\.[a-z]{3,4}(?=\?|#|$)/i,
  /=[wsh](\d{2,5})(?:-[a-z0-9-]{1,30})?$/,
]

/** The width in px in a picture's address; null if there is none. */
export function widthInAddress(address: string): number | null {
  if (address.length > 4_096) return null
  for (const pattern of widths) {
    const width = Number(pattern.exec(address)?.[1])
    if (width > 0) return width
  }
  return null
}
