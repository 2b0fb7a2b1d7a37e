/** Article HTML is stored compressed: it is most of the store, and is read one article at a time. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { htmlStart, htmlToText } from '../../lib/html-text.ts'

/** Half the time of deflate at its fastest, and within 2 % of its size. */
const params = { [constants.ZSTD_c_compressionLevel]: 1 }

/** `text`, or its UTF-8. */
export function pack(text: string | Uint8Array): Uint8Array {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  return zstdCompressSync(bytes, { params, pledgedSrcSize: bytes.length })
}

export function unpack(bytes: Uint8Array): string {
  return zstdDecompressSync(bytes).toString('utf8')
}

/** Null where the bytes are damaged: a disk or a crash may spoil a page that SQLite still finds sound. */
export function unpackOrNull(bytes: Uint8Array): string | null {
  try {
    return unpack(bytes)
  } catch {
    return null
  }
}

/** Plain text of the first `length` characters of HTML, as it came or as it is stored. A text that is damaged is none. */
export function plainStart(html: string | Uint8Array, length: number): string {
  return htmlToText(htmlStart(typeof html === 'string' ? html : (unpackOrNull(html) ?? ''), length))
}
