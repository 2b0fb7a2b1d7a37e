/**
 * The cookies of one chain of redirects (RFC 6265). Some sites set one and redirect to the same address until it is sent.
 * Nothing is kept for the next request, so that nobody can be tracked by them.
 */
import { type Cookie, parseCookie } from 'undici'

const longestHeader = 8_192
/** The answer's date where it names none: a cookie is mostly deleted by an expiry in 1970. */
const longAgo = Date.UTC(2000)

type StoredCookie = Cookie & { domain: string; isHostOnly: boolean; path: string }

/** Cookies go only to the host they came from, or to the domain of it that they name. */
export class ChainCookies {
  #stored: StoredCookie[] = []

  /** Takes what an answer from `url` sets. `date` is that answer's own date, by which a cookie may have expired. */
  take(url: URL, setCookie: string[], date: string | undefined): void {
    const at = Date.parse(date ?? '') || longAgo
    for (const line of setCookie) {
      const cookie = parseCookie(line)
      const made = cookie && acceptable(url, cookie)
      if (!made) continue
      const isSame = (other: StoredCookie) =>
        other.name === made.name && other.domain === made.domain && other.path === made.path
      this.#stored = this.#stored.filter(other => !isSame(other))
      if (!isExpired(made, at) && written([...this.#stored, made]).length <= longestHeader) this.#stored.push(made)
    }
  }

  /** The Cookie header for `url`; '' where there is none. */
  header(url: URL): string {
    // The longest path first (RFC 6265, 5.4).
    return written(this.#stored.filter(cookie => isFor(cookie, url)).sort((a, b) => b.path.length - a.path.length))
  }
}

function written(cookies: StoredCookie[]): string {
  return cookies.map(({ name, value }) => (name === '' ? value : `${name}=${value}`)).join('; ')
}

/** Null for a cookie that its host may not set, and for one that could not be sent back. */
function acceptable(url: URL, cookie: Cookie): StoredCookie | null {
  const { name, value, domain, path, secure } = cookie
  const host = url.hostname
  if (!/^[\x21-\x7e]*$/.test(name) || !/^[\x20-\x7e]*$/.test(value)) return null
  if (secure && url.protocol !== 'https:') return null
  const named = (domain ?? '').replace(/^\./, '').toLowerCase()
  const isHostOnly = named === ''
  // A domain of one label is a public suffix. Longer ones (co.uk) do no harm: a chain meets no third site of them.
  if (!isHostOnly && named !== host && !(named.includes('.') && isWithin(host, named))) return null
  const own = path?.startsWith('/') ? path : defaultPath(url)
  return { ...cookie, domain: isHostOnly ? host : named, isHostOnly, path: own }
}

/** IPv4 addresses have no parent domains. */
function isWithin(host: string, domain: string): boolean {
  return host.endsWith(`.${domain}`) && !/^[\d.]+$/.test(host)
}

/** RFC 6265, 5.1.4. */
function defaultPath({ pathname }: URL): string {
  return pathname.slice(0, Math.max(1, pathname.lastIndexOf('/')))
}

function isFor({ domain, isHostOnly, path, secure }: StoredCookie, url: URL): boolean {
  const isHost = url.hostname === domain || (!isHostOnly && isWithin(url.hostname, domain))
  const isPath = url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
  return isHost && isPath && (!secure || url.protocol === 'https:')
}

/** A cookie is deleted by an age of zero or an expiry in the past. */
function isExpired({ maxAge, expires }: Cookie, date: number): boolean {
  if (maxAge !== undefined) return maxAge <= 0
  return expires !== undefined && Number(expires) <= date
}
