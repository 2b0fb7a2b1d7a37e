/**
 * The address of a feed's proxy. It may have a user name and a password (http://ada:ink@proxy.example:8080): in the stored form
 * they are sealed, so that database, journal, undo records and backups have no password, and no window gets one.
 */
import type { Secrets } from '../../lib/secrets.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import type { WriteDb } from '../db/open.ts'

/** The user name of a stored address whose password is the sealed pair. */
const sealedUser = 'broadsheet-sealed'

/** The stored form of an address that was typed. 'direct', one without a password and one that is sealed stay as they are. */
export function sealProxy(secrets: Pick<Secrets, 'seal'>, typed: string): string {
  const url = typed.includes('@') ? URL.parse(typed) : null
  if (!url || url.password === '' || url.username === sealedUser) return typed
  // Sealed with the host: put into another address, in a backup, the pair can't be opened.
  const sealed = secrets.seal(JSON.stringify([url.host, url.username, url.password]))
  return withUser(url, sealedUser, Buffer.from(sealed).toString('base64url'))
}

/** Seals what earlier versions stored in clear, in feeds and undo records: once, and again after the journal was replayed. */
export function sealProxies(db: WriteDb, secrets: Pick<Secrets, 'seal'>): void {
  if (readMeta(db, 'proxiesSealed')) return
  // The same address must have the same sealed form everywhere: undo compares them.
  const sealed = new Map<string, string>()
  const seal = (typed: string) => sealed.get(typed) ?? sealed.set(typed, sealProxy(secrets, typed)).get(typed)!
  db.function('sealed', text => String(text).replace(/(?<=^|"proxy":")http[^"]*@[^"]*/g, seal))
  // Overwrites the old text in the file.
  db.pragma('secure_delete = ON')
  try {
    db.transaction(() => {
      db.exec(`
        UPDATE feeds SET proxy = sealed(proxy) WHERE proxy LIKE 'http%@%';
        UPDATE undos SET payload = sealed(payload) WHERE payload LIKE '%"proxy":"http%@%';
        UPDATE undo_parts SET payload = sealed(payload) WHERE payload LIKE '%"proxy":"http%@%';
      `)
      writeMeta(db, 'proxiesSealed', true)
    }).immediate()
  } finally {
    db.pragma('secure_delete = OFF')
  }
}

/**
 * The whole address, for the HTTP client; without user name and password where they were sealed with a key that is lost.
 * An address that an earlier version stored in clear is answered as it is.
 */
export function openProxy(secrets: Pick<Secrets, 'open'>, stored: string | null): string | null {
  const url = stored?.includes(`//${sealedUser}:`) ? URL.parse(stored) : null
  if (!url || url.username !== sealedUser) return stored
  const opened = secrets.open(Buffer.from(url.password, 'base64url'))
  const [host, userName, password] = opened === null ? [] : (JSON.parse(opened) as string[])
  return host === url.host ? withUser(url, userName, password) : withUser(url)
}

/** What a window gets: all but the password. */
export function shownProxy(
  secrets: Pick<Secrets, 'open'>,
  stored: string | null,
): { proxy: string | null; hasProxyPassword: boolean } {
  const address = openProxy(secrets, stored)
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
