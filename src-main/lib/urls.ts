/** Addresses of the web: which are, and without what does not belong in them. */

const longestAddress = 4_096

export function isWeb({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:'
}

/** An address that may be stored as a link, or null: http and https only, without credentials. */
export function webAddress(address: string | null): string | null {
  if (!address || address.length > longestAddress) return null
  const url = URL.parse(address)
  return url && isWeb(url) ? withoutCredentials(url).href : null
}

/** Takes them out of the URL itself. `https://bank.example@evil.example/` is made to be misread, and none may be passed on. */
export function withoutCredentials(url: URL): URL {
  if (url.username !== '') url.username = ''
  if (url.password !== '') url.password = ''
  return url
}

/** The same of an address as it is written; one that has none, or is none, stays as it is. */
export function addressWithoutCredentials(address: string): string {
  const url = URL.parse(address)
  return url && (url.username !== '' || url.password !== '') ? withoutCredentials(url).href : address
}

/** As it is where it is not percent-encoded as it should be. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
