/**
 * The cookies of one chain of redirects (RFC 6265). Some sites set one and redirect to the same address until it is sent.
 * Nothing is kept for the next request, so that nobody can be tracked by them.
 */
import { type Cookie, parseCookie } from 'undici'

/** In one answer, and in all. */
const mostCookies = 30
const longestCookie = 4_096
const longestHeader = 8_192
/** The answer's date where it names none: a cookie is mostly deleted by an expiry in 1970. */
const longAgo = Date.UTC(2000)

type StoredCookie = {
  name: string
  value: string
  domain: string
  isHostOnly: boolean
  path: string
  isSecure: boolean
}

export type ChainCookies = {
  /** Takes what an answer from `url` sets. `date` is that answer's own date, by which a cookie may have expired. */
  take(url: URL, setCookie: string[], date: string | undefined): void
  /** The Cookie header for `url`; '' where there is none. */
  header(url: URL): string
}

/** Cookies go only to the host they came from, or to the domain of it that they name. */
export function chainCookies(): ChainCookies {
  let stored: StoredCookie[] = []

  function takeOne(url: URL, line: string, date: number): void {
    const cookie = line.length > longestCookie ? null : parseCookie(line)
    const made = cookie && acceptable(url, cookie)
    if (!made) return
    const isSame = (other: StoredCookie) =>
      other.name === made.name && other.domain === made.domain && other.path === made.path
    stored = stored.filter(other => !isSame(other))
    if (!isExpired(cookie, date) && stored.length < mostCookies) stored.push(made)
  }

  return {
    take(url, setCookie, date) {
      const at = Date.parse(date ?? '') || longAgo
      for (const line of setCookie.slice(0, mostCookies)) takeOne(url, line, at)
    },
    header(url) {
      // The longest path first (RFC 6265, 5.4).
      const pairs = stored
        .filter(cookie => isFor(cookie, url))
        .sort((a, b) => b.path.length - a.path.length)
        .map(({ name, value }) => (name === '' ? value : `${name}=${value}`))
      let length = 0
      return pairs
        .filter(pair => {
          length += pair.length + 2
          return length <= longestHeader
        })
        .join('; ')
    },
  }
}

/** Null for a cookie that its host may not set, and for one that could not be sent back. */
function acceptable(url: URL, { name, value, domain, path, secure }: Cookie): StoredCookie | null {
  const host = url.hostname
  const isSecure = secure === true
  if (!/^[\x21-\x7e]*$/.test(name) || !/^[\x20-\x7e]*$/.test(value)) return null
  if (isSecure && url.protocol !== 'https:') return null
  const named = (domain ?? '').replace(/^\./, '').toLowerCase()
  const isHostOnly = named === ''
  // A domain of one label is a public suffix. Longer ones (co.uk) do no harm: a chain meets no third site of them.
  if (!isHostOnly && named !== host && !(named.includes('.') && isWithin(host, named))) return null
  const own = path?.startsWith('/') ? path : defaultPath(url)
  return { name, value, domain: isHostOnly ? host : named, isHostOnly, path: own, isSecure }
}

/** IPv4 addresses have no parent domains. */
function isWithin(host: string, domain: string): boolean {
  return host.endsWith(`.${domain}`) && !/^[\d.]+$/.test(host)
}

/** RFC 6265, 5.1.4. */
function defaultPath({ pathname }: URL): string {
  return pathname.slice(0, Math.max(1, pathname.lastIndexOf('/')))
}

function isFor({ domain, isHostOnly, path, isSecure }: StoredCookie, url: URL): boolean {
  const isHost = url.hostname === domain || (!isHostOnly && isWithin(url.hostname, domain))
  const isPath = url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
  return isHost && isPath && (!isSecure || url.protocol === 'https:')
}

/** A cookie is deleted by an age of zero or an expiry in the past. */
function isExpired({ maxAge, expires }: Cookie, date: number): boolean {
  if (maxAge !== undefined) return maxAge <= 0
  return expires !== undefined && Number(expires) <= date
}
