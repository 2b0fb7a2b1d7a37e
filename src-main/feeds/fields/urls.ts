/** Addresses, made absolute: XML Base first, then the feed's own address. */

import { mended } from '../../lib/urls.ts'
import { attributeOrNull, type Fields, firstText } from '../xml/fields.ts'
import type { XmlNode } from '../xml/reader.ts'

/** Absolute and nothing in it that a URL parser would change the meaning of. */
const plain = /^https?:\/\/[\w.-]+(?::\d+)?(?:[/?#][\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]*)?$/

const longest = 100_000

/** The address, absolute; null where there is none or it can't be read. */
export function absolute(address: string | null | undefined, base: string): string | null {
  const trimmed = address?.trim()
  if (!trimmed || trimmed.length > longest) return null
  if (plain.test(trimmed) && !trimmed.includes('&amp;') && !trimmed.includes('&#')) return trimmed
  try {
    return new URL(mended(trimmed, base), base === '' ? undefined : base).href
  } catch {
    return null
  }
}

/** The base inside an element: its xml:base, resolved against the one outside. */
export function baseOf(node: XmlNode, outer: string): string {
  const own = attributeOrNull(node, 'xml:base')
  return own ? (absolute(own, outer) ?? outer) : outer
}

/** True for what stands for an address by itself: `https://…`, `//…` is not. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(text.trim())
}

/** Where a service that counts clicks leads to; it may be gone one day, and the page still there. */
export function originalLink(fields: Fields, base: string): string | null {
  const address = firstText(fields, 'feedburner:origlink', 'pheedo:origlink')
  return isWebAddress(address) ? absolute(address, base) : null
}
