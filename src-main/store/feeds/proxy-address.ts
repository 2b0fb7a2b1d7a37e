/**
 * The address of a feed's proxy. It may hold a user name and a password (http://ada:ink@proxy.example:8080): where it is
 * kept they are sealed within it, so that database, journal, undo and backups hold no password, and no window is told one.
 */
import type { Secrets } from '../../lib/secrets.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import type { WriteDb } from '../db/open.ts'
import { rewriteProxies } from './proxies.ts'

/** Stands in place of the user name where the password is the sealed pair. */
const mark = 'broadsheet-sealed'

/** What is kept of an address that was typed. 'direct', one without a password and one that is sealed stay as they are. */
export function sealProxy(secrets: Pick<Secrets, 'seal'>, typed: string): string {
  const url = typed.includes('@') ? URL.parse(typed) : null
  if (!url || url.password === '' || url.username === mark) return typed
  // The host with them: whoever puts the sealed pair into an address of their own, in a backup, gets nothing.
  const sealed = secrets.seal(JSON.stringify([url.host, url.username, url.password]))
  return withUser(url, mark, Buffer.from(sealed).toString('base64url'))
}

/** Seals what earlier versions kept as it was typed, wherever it is kept: once, and again where the journal was followed. */
export function sealProxies(db: WriteDb, secrets: Pick<Secrets, 'seal'>): void {
  if (readMeta(db, 'proxiesSealed')) return
  // The same address in two places must stay the same: undo tells by it whether somebody has changed it since.
  const sealed = new Map<string, string>()
  rewriteProxies(db, typed => {
    const known = sealed.get(typed) ?? sealProxy(secrets, typed)
    sealed.set(typed, known)
    return known
  })
  writeMeta(db, 'proxiesSealed', true)
}

/**
 * The whole address, for the HTTP client. Without user name and password where they were sealed with a key that is gone.
 * What an earlier version kept as it was typed is taken as it is.
 */
export function openProxy(secrets: Pick<Secrets, 'open'>, kept: string | null): string | null {
  const url = kept?.includes(`//${mark}:`) ? URL.parse(kept) : null
  if (!url || url.username !== mark) return kept
  const opened = secrets.open(Buffer.from(url.password, 'base64url'))
  const [host, userName, password] = opened === null ? [] : (JSON.parse(opened) as string[])
  return host === url.host ? withUser(url, userName, password) : withUser(url)
}

/** What a window is told: all but the password. */
export function shownProxy(
  secrets: Pick<Secrets, 'open'>,
  kept: string | null,
): { proxy: string | null; hasProxyPassword: boolean } {
  const address = openProxy(secrets, kept)
  const url = address?.includes('@') ? URL.parse(address) : null
  if (!url || url.password === '') return { proxy: address, hasProxyPassword: false }
  return { proxy: withUser(url, url.username), hasProxyPassword: true }
}

/** Both as they stand in an address. */
function withUser(url: URL, userName = '', password = ''): string {
  const address = new URL(url)
  address.username = userName
  address.password = password
  return address.href.replace(/\/$/, '')
}
