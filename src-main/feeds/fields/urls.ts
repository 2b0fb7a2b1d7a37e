/** Resolves addresses against XML Base and the feed's own address. */

import { mended } from '../../lib/urls.ts'
import { attributeOrNull, type Fields, firstText } from '../xml/fields.ts'
import type { XmlNode } from '../xml/reader.ts'

/** Absolute, and unchanged by a URL parser. */
const plain = /^https?:\/\/[\w.-]+(?::\d+)?(?:[/?#][\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]*)?$/

const longest = 100_000

/** The address resolved; null if it is empty or invalid. */
export function absolute(address: string | null | undefined, base: string): string | null {
  const trimmed = address?.trim()
  if (!trimmed || trimmed.length > longest) return null
  if (plain.test(trimmed) && !trimmed.includes('&amp;') && !trimmed.includes('&#')) return trimmed
  return URL.parse(mended(trimmed, base), base === '' ? undefined : base)?.href ?? null
}

/** The base inside of an element: its xml:base, resolved against the outer one. */
export function baseOf(node: XmlNode, outer: string): string {
  const own = attributeOrNull(node, 'xml:base')
  return own ? (absolute(own, outer) ?? outer) : outer
}

/** Whether a text is an absolute web address. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(text.trim())
}

/** The page's own address, where `link` is that of a service that counts clicks. */
export function originalLink(fields: Fields, base: string): string | null {
  const address = firstText(fields, 'feedburner:origlink', 'pheedo:origlink')
  return isWebAddress(address) ? absolute(address, base) : null
}
