/** The values of an OPML list as they may be kept: text, names, addresses. Pure. */

const longestName = 300
const longestAddress = 4_096

/** BOM, then the XML declaration, then UTF-8 where it is valid, else Windows-1252, which old programs on Windows write. */
export function opmlText(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return decode('utf-16le', bytes)
  if (first === 0xfe && second === 0xff) return decode('utf-16be', bytes)
  if (first === 0x3c && second === 0) return decode('utf-16le', bytes)
  if (first === 0 && second === 0x3c) return decode('utf-16be', bytes)
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 300))
  const declared = /<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:-]{2,40})["']/i.exec(head)?.[1]
  // A declared UTF-16 whose bytes were ASCII enough to be read here is not what it says.
  const name = declared && !/^utf-?(?:16|8)|^ucs/i.test(declared) ? declared : 'utf-8'
  try {
    return new TextDecoder(name, { fatal: name === 'utf-8' }).decode(bytes)
  } catch {
    return decode('windows-1252', bytes)
  }
}

function decode(name: string, bytes: Uint8Array): string {
  return new TextDecoder(name).decode(bytes)
}

/** One line without control and direction marks, at most 300 characters. */
export function opmlName(text: string): string {
  const line = text
    .slice(0, 10_000)
    .replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+/gu, ' ')
    .trim()
  // Not in the middle of a pair of surrogates.
  return [...line.slice(0, longestName + 1)].slice(0, longestName).join('').trim()
}

/** An absolute http(s) address without credentials, or null. */
export function opmlAddress(text: string): string | null {
  const bare = text
    .trim()
    .replace(/^feed:(?:\/\/)?(?=https?:)/i, '')
    .replace(/^feed:\/*/i, 'http://')
  if (bare.length > longestAddress || !/^https?:\/\//i.test(bare) || !URL.canParse(bare)) return null
  const url = new URL(bare)
  url.username = ''
  url.password = ''
  url.hash = ''
  return url.hostname === '' ? null : url.href
}
