/** The only way out of the window: http(s) and mailto addresses, without opener and referrer. */
import { sharedAddress, shareWindow } from '../../src-main/api/names/share-template.ts'

const allowed = new Set(['http:', 'https:', 'mailto:'])
const longest = 2_048

/** Opens an address in the user's browser; false where it may not be opened. */
export function openOutside(address: string): boolean {
  const url = URL.parse(address)
  if (!url || !allowed.has(url.protocol) || url.href.length > longest) return false
  // With noopener the answer is always null, so it cannot tell whether a window came.
  window.open(url.href, '_blank', 'noopener,noreferrer')
  return true
}

/** Opens the address of a template of the user's own; false where it may not be opened. The host judges it by its window's name. */
export function openShared(address: string | null): boolean {
  const allowed = address === null ? null : sharedAddress(address)
  if (allowed === null) return false
  window.open(allowed, shareWindow, 'noopener,noreferrer')
  return true
}
