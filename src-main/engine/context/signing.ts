/** Signs the addresses of pictures, media and exports, so that a window can load what the engine gave it and nothing else. */
import { hash, timingSafeEqual } from 'node:crypto'

export type Signer = {
  icon(feedId: number, version: string): string
  media(url: string, feedId: number): string
  /** A file of archive/downloads.ts by its name. */
  export(name: string): string
  /** Null where the signature is not ours. */
  read(path: string): SignedRequest | null
}

export type SignedRequest =
  | { kind: 'icon'; feedId: number }
  | { kind: 'media'; url: string; feedId: number }
  | { kind: 'export'; name: string }

/** `secret` is random at every start: addresses do not outlive the process. */
export function createSigner(secret: Uint8Array): Signer {
  const hmac = hmacWith(secret)
  const sign = (text: string) => hmac(text).slice(0, 27)
  /** Every list of feeds and every page of headlines has the same ones. */
  const icons = new Map<number, string>()
  const signIcon = (feedId: number) => {
    const signature = icons.get(feedId) ?? sign(`icon ${feedId}`)
    icons.set(feedId, signature)
    return signature
  }
  const isSigned = (text: string, signature: string) => {
    const expected = Buffer.from(sign(text))
    const given = Buffer.from(signature)
    return given.length === expected.length && timingSafeEqual(given, expected)
  }

  return {
    icon: (feedId, version) => `/icon/${feedId}?v=${encodeURIComponent(version)}&k=${signIcon(feedId)}`,
    media: (url, feedId) => `/media?f=${feedId}&u=${encodeURIComponent(url)}&k=${sign(`media ${feedId} ${url}`)}`,
    export: name => `/export?n=${encodeURIComponent(name)}&k=${sign(`export ${name}`)}`,
    read(path) {
      const { pathname, searchParams } = new URL(path, 'http://engine.invalid')
      const signature = searchParams.get('k') ?? ''
      const iconId = /^\/icon\/(\d{1,15})$/.exec(pathname)?.[1]
      if (iconId) {
        return isSigned(`icon ${iconId}`, signature) ? { kind: 'icon', feedId: Number(iconId) } : null
      }
      const name = searchParams.get('n') ?? ''
      if (pathname === '/export') return isSigned(`export ${name}`, signature) ? { kind: 'export', name } : null
      if (pathname !== '/media') return null
      const url = searchParams.get('u') ?? ''
      const feedId = searchParams.get('f') ?? ''
      return isSigned(`media ${feedId} ${url}`, signature) ? { kind: 'media', url, feedId: Number(feedId) } : null
    },
  }
}

/**
 * HMAC-SHA-256 (RFC 2104) in base64url, for a key of at most 64 bytes. Node's own makes objects for each call and takes up to
 * twice as long, a fifteenth of a page of headlines.
 */
function hmacWith(key: Uint8Array): (text: string) => string {
  const block = Buffer.concat([key, Buffer.alloc(64 - key.length)])
  const inner = block.map(byte => byte ^ 0x36)
  const outer = Buffer.concat([block.map(byte => byte ^ 0x5c), Buffer.alloc(32)])
  return text => {
    outer.write(hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'binary'), 64, 'binary')
    return hash('sha256', outer, 'base64url')
  }
}
