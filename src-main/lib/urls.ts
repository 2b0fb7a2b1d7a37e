/** Web addresses: recognised, compared, cleaned, and repaired where publishers mistype them. */

const longestAddress = 4_096

export function isWeb({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:'
}

/** An address that may be stored as a link: http or https, without credentials, at most 4,096 characters. Else null. */
export function webAddress(address: string | null): string | null {
  const url = address && address.length <= longestAddress ? URL.parse(address) : null
  return url && webHref(url)
}

/** The same of a URL, from which credentials are removed. */
export function webHref(url: URL): string | null {
  if (!isWeb(url)) return null
  const { href } = withoutCredentials(url)
  return href.length <= longestAddress ? href : null
}

/** Changes and returns `url`. `https://bank.example@evil.example/` is made to be misread, and no password may be passed on. */
export function withoutCredentials(url: URL): URL {
  if (url.username !== '') url.username = ''
  if (url.password !== '') url.password = ''
  return url
}

/** The same for text: an address without credentials, or no address, comes back unchanged. */
export function addressWithoutCredentials(address: string): string {
  const url = URL.parse(address)
  return url && (url.username !== '' || url.password !== '') ? withoutCredentials(url).href : address
}

/** One spelling for a page's addresses: without scheme, `www.`, trailing slashes and fragment. To compare, not to open. */
export function comparableAddress({ hostname, port, pathname, search }: URL): string {
  return `${hostname.replace(/^www\./, '')}:${port}${pathname.replace(/\/+$/, '')}${search}`
}

/** Percent-decoded; unchanged where the encoding is malformed. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Unescapes `&amp;` between the parameters of a query (`?a=1&amp;b=2`). Not before the query, where it may be meant literally. */
export function withoutEscapes(address: string): string {
  if (!address.includes('&amp;') && !address.includes('&#')) return address
  const query = address.indexOf('?')
  if (query < 0) return address
  return (
    address.slice(0, query) +
    address
      .slice(query)
      .replace(/&#(?:0{0,4}38|x0{0,4}26);/gi, '&')
      .replace(/&(?:amp;)+/gi, '&')
  )
}

/** An address with line breaks removed and a missing scheme added, if it is `www.` or the host of `base`. */
export function mended(address: string, base: string): string {
  const line = /[\r\n\t]/.test(address)
    ? address
        .split(/[\r\n\t]/)
        .map(part => part.trim())
        .join('')
    : address
  return withScheme(withoutEscapes(line), base)
}

function withScheme(address: string, base: string): string {
  // `https:/paper.example/a` and `https:paper.example/a` are relative to a URL parser where the base has the same scheme.
  const scheme = /^https?:(?!\/\/)\/?(?=[^/])/i.exec(address)?.[0]
  if (scheme) return `${scheme.slice(0, scheme.indexOf(':'))}://${address.slice(scheme.length)}`
  if (/^https?:\/\/https?:\/\//i.test(address)) return address.slice(address.indexOf('//') + 2)
  if (!/^[a-z\d][a-z\d.-]{0,252}\.[a-z]{2,24}(?::\d{1,5})?(?:[/?#]|$)/i.test(address)) return address
  const own = URL.parse(base)
  const host = address.split(/[:/?#]/, 1)[0]?.toLowerCase() ?? ''
  const isOwn = own !== null && host.replace(/^www\./, '') === own.hostname.replace(/^www\./, '')
  if (!isOwn && !/^www\.[^.]+\.[^.]/.test(host)) return address
  return `${own?.protocol === 'https:' ? 'https' : 'http'}://${address}`
}
