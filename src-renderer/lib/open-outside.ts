/** The only way out of the window: http(s) and mailto addresses, without opener and referrer. */

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
