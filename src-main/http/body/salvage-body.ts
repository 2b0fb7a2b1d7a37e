/** Which content coding a body really has, and what can be read of a damaged one: cut off, or with junk after it. */
import zlib from 'node:zlib'

const codings = ['gzip', 'br', 'zstd', 'deflate'] as const
export type Coding = 'identity' | (typeof codings)[number]

/**
 * The one coding that a header names, even if more than once; null for several. An unknown name is a mistake like 'utf-8'
 * (seen in the wild), and is ignored.
 */
export function namedCoding(header: string): Coding | null {
  const names = header.split(',').map(name => name.trim().toLowerCase().replace(/^x-/, ''))
  const named = codings.filter(coding => names.includes(coding))
  return named.length > 1 ? null : (named[0] ?? 'identity')
}

/**
 * Some servers send plain text as gzip, some send feed.xml.gz without a coding, some name another coding than they use. The
 * magic numbers decide (RFC 1952, 2.3.1; RFC 8878, 3.1.1); brotli and deflate have none.
 */
export function actualCoding(claimed: Coding, first: Buffer): Coding {
  if (first.length < 4) return claimed
  if (first[0] === 0x1f && first[1] === 0x8b && (claimed === 'gzip' || first[2] === 8)) return 'gzip'
  if (first.readUInt32LE(0) === 0xfd2fb528) return 'zstd'
  return claimed === 'gzip' ? 'identity' : claimed
}

/** 'deflate' means the zlib format, but some servers send the bare stream: its header has check bits (RFC 1950, 2.2). */
export function isZlib(first: Buffer): boolean {
  return first.length >= 2 && (first[0]! & 0x0f) === 8 && first.readUInt16BE(0) % 31 === 0
}

/**
 * The bytes before the damage, at most `maxBytes` of them; 'plain' where the body is text in spite of its coding, null where
 * there are none. Synchronous, since damage is rare.
 */
export function salvage(coding: Coding, raw: Buffer, maxBytes: number): Uint8Array | 'plain' | 'too-large' | null {
  if (raw.length === 0) return null
  if (coding === 'identity' || looksPlain(raw)) return 'plain'
  try {
    const unpacked = unpack(coding, raw, maxBytes)
    return unpacked.length > 0 ? unpacked : null
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : null
  }
}

/** Needs no end, and ignores checksums and what follows the end. */
function unpack(coding: Exclude<Coding, 'identity'>, raw: Buffer, maxOutputLength: number): Uint8Array {
  const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH, ZSTD_e_flush } = zlib.constants
  const options = { maxOutputLength, finishFlush: Z_SYNC_FLUSH }
  if (coding === 'br') return zlib.brotliDecompressSync(raw, { maxOutputLength, finishFlush: BROTLI_OPERATION_FLUSH })
  if (coding === 'zstd') return zlib.zstdDecompressSync(raw, { maxOutputLength, finishFlush: ZSTD_e_flush })
  if (coding === 'gzip') return ungzip(raw, options)
  return isZlib(raw) ? zlib.inflateRawSync(raw.subarray(2), options) : zlib.inflateRawSync(raw, options)
}

/** Reads several members whose last one is cut off; with junk at the end only the first. */
function ungzip(raw: Buffer, options: { maxOutputLength: number; finishFlush: number }): Uint8Array {
  try {
    return zlib.gunzipSync(raw, options)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw error
    return zlib.inflateRawSync(raw.subarray(gzipHeaderLength(raw)), options)
  }
}

/** RFC 1952, 2.3: ten bytes, then what the flags say. */
function gzipHeaderLength(raw: Buffer): number {
  const flags = raw[3] ?? 0
  let at = 10
  if (flags & 4) at += 2 + (raw.length >= at + 2 ? raw.readUInt16LE(at) : 0)
  for (const isThere of [flags & 8, flags & 16]) {
    // A name and a comment, each ended by a zero.
    if (isThere) at = raw.indexOf(0, at) < 0 ? raw.length : raw.indexOf(0, at) + 1
  }
  return flags & 2 ? at + 2 : at
}

/** Feeds and pages begin with a bracket, a brace, white space or a byte order mark; compressed bytes have control characters. */
function looksPlain(raw: Buffer): boolean {
  const head = raw.subarray(0, 512)
  if (!/^(?:\u00ef\u00bb\u00bf)?[<{[\s]/.test(head.toString('latin1', 0, 4))) return false
  return head.every(byte => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d)
}
