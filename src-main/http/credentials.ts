/** A feed's user name and password (Basic, RFC 7617): sealed in the database, and sent only to the host they were given for. */
import type { Credentials } from '../api/model.ts'
import type { Secrets } from '../lib/secrets.ts'
import { percentDecoded } from '../lib/urls.ts'
import type { Http } from './types.ts'

export function sealCredentials(secrets: Secrets, { userName, password }: Credentials): Uint8Array {
  return secrets.seal(JSON.stringify({ userName, password }))
}

/** Null where there are none, or where they were sealed with a key that is gone. */
export function openCredentials(secrets: Secrets, sealed: Uint8Array | null): Credentials | null {
  const text = sealed && secrets.open(sealed)
  return text ? (JSON.parse(text) as Credentials) : null
}

/** Takes `user:password@` out of a typed address: it must not get into the database, lists or exports. */
export function splitCredentials(typed: string): { address: string; credentials: Credentials | null } {
  const found = /^(\s*(?:[a-z]+:)*\/{0,3})([^/?#@:\s]*):([^/?#@\s]*)@/i.exec(typed)
  if (!found || /^\s*mailto:/i.test(typed)) return { address: typed, credentials: null }
  const [whole, start = '', userName = '', password = ''] = found
  return {
    address: start + typed.slice(whole.length),
    credentials: { userName: percentDecoded(userName), password: percentDecoded(password) },
  }
}

/** The header that sends them. */
export function basicHeader({ userName, password }: Credentials): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}` }
}

/** The header for the `user:password@` of an address; none where it has none. */
export function headerOfUrl({ username, password }: URL): { authorization?: string } {
  if (username === '' && password === '') return {}
  return basicHeader({ userName: percentDecoded(username), password: percentDecoded(password) })
}

/** The client with credentials for one host, `name:port` as URL.host has it. */
export function withCredentials(http: Pick<Http, 'get'>, host: string, credentials: Credentials): Pick<Http, 'get'> {
  return {
    get(request) {
      const isMeant = URL.parse(request.url)?.host === host
      return http.get(isMeant ? { ...request, headers: { ...request.headers, ...basicHeader(credentials) } } : request)
    },
  }
}
