/** Article HTML is kept compressed: it is most of the store, and is read one article at a time. */
import { constants, inflateRawSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Half the time of deflate at its fastest, and within 2 % of its size. */
const params = { [constants.ZSTD_c_compressionLevel]: 1 }
/** How a Zstandard frame begins (RFC 8878, 3.1.1). Bare deflate can't: it would be a block whose two lengths disagree. */
const zstdMark = 0xfd2fb528

/** `text`, or its UTF-8. */
export function pack(text: string | Uint8Array): Uint8Array {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  return zstdCompressSync(bytes, { params, pledgedSrcSize: bytes.length })
}

/** Reads the bare deflate of the first stores, too. */
export function unpack(bytes: Uint8Array): string {
  const isZstd = bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === zstdMark
  return (isZstd ? zstdDecompressSync(bytes) : inflateRawSync(bytes)).toString('utf8')
}

/** Null where the bytes are damaged: a disk or a crash may spoil a page that SQLite still finds sound. */
export function unpackOrNull(bytes: Uint8Array): string | null {
  try {
    return unpack(bytes)
  } catch {
    return null
  }
}
