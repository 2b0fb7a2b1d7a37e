/** Addresses that no browser opens but a reader can copy (magnet:, ftp:, gemini:), shown as text. */
import { escapeText } from '../../lib/escape.ts'
import { isWeb } from '../../lib/urls.ts'
import type { ParsedItem } from '../parsed.ts'
import { isHarmful } from '../sanitize/urls.ts'

/** Schemes of names, which lead nowhere. */
const namesOnly = /^(?:urn|tag|cid|mid):$/
const longestAddress = 4_096
const mostShown = 20

/** The addresses of an item's link and enclosures that cannot be links, as paragraphs to add to the text. */
export function addressesAsText({ link, enclosures }: ParsedItem, html: string): string {
  // A shortcut for nearly all items.
  if (isPlainlyWeb(link) && enclosures.every(({ url }) => isPlainlyWeb(url))) return ''
  const addresses = [link, ...enclosures.map(({ url }) => url)].filter(isShown)
  const shown = [...new Set(addresses)].slice(0, mostShown).map(escapeText)
  return shown
    .filter(address => !html.includes(address))
    .map(address => `<p>${address}</p>`)
    .join('')
}

function isPlainlyWeb(address: string | null): boolean {
  return address === null || address.startsWith('https:') || address.startsWith('http:')
}

function isShown(address: string | null): address is string {
  if (address === null || address.length > longestAddress) return false
  const url = URL.parse(address)
  if (!url || isWeb(url) || isHarmful(url) || namesOnly.test(url.protocol)) return false
  return url.href.length > url.protocol.length
}
