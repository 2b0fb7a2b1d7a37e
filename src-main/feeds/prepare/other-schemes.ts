/** Addresses that no browser opens and that are of use all the same: magnet:, ftp:, gemini:. They are shown, to be copied. */
import { escapeText } from '../../lib/escape.ts'
import type { ParsedItem } from '../parsed.ts'

/** What runs something, reads something here or only names something. */
const unshown =
  /^(?:https?|javascript|vbscript|livescript|data|blob|file|filesystem|about|view-source|jar|chrome|resource|intent|urn|tag|cid|mid|x-.*|ms-.*|.*-extension):$/
const longestAddress = 4_096
const mostShown = 20

/** The addresses of an item's link and attachments that can't be links, as paragraphs after the text. */
export function addressesAsText({ link, enclosures }: ParsedItem, html: string): string {
  // Nearly all items have nothing of the kind.
  if (isWeb(link) && enclosures.every(({ url }) => isWeb(url))) return ''
  const addresses = [link, ...enclosures.map(({ url }) => url)].filter(isShown)
  const shown = [...new Set(addresses)].slice(0, mostShown).map(escapeText)
  return shown
    .filter(address => !html.includes(address))
    .map(address => `<p>${address}</p>`)
    .join('')
}

function isWeb(address: string | null): boolean {
  return address === null || address.startsWith('https:') || address.startsWith('http:')
}

function isShown(address: string | null): address is string {
  if (address === null || address.length > longestAddress) return false
  const url = URL.parse(address)
  return url !== null && !unshown.test(url.protocol) && url.href.length > url.protocol.length
}
