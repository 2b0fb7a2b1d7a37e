const longestAddress = 4_096

/** An address that may be stored as a link, or null: http and https only, without credentials. */
export function webAddress(address: string | null): string | null {
  if (!address || address.length > longestAddress) return null
  const url = URL.parse(address)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null
  if (url.username || url.password) {
    url.username = ''
    url.password = ''
  }
  return url.href
}
