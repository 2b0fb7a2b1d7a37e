/** What a file is by its first bytes, whatever its name or its server says. */

/** The first that matches, over the bytes as Latin-1. SVG is not among them: it is text, and drawn before it is shown. */
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: they are bytes
const signatures: [type: string, start: RegExp][] = [
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['image/avif', /^.{4}ftypavi[fs]/s],
  ['image/heic', /^.{4}ftyp(?:heic|mif1)/s],
  ['image/bmp', /^BM/],
  ['image/tiff', /^(?:II\*\0|MM\0\*)/],
  ['image/x-icon', /^\0\0\x01\0/],
  ['audio/ogg', /^OggS/],
  ['audio/flac', /^fLaC/],
  ['audio/wav', /^RIFF.{4}WAVE/s],
  ['audio/mp4', /^.{4}ftypM4[AB] /s],
  ['audio/mpeg', /^ID3/],
  // A frame of AAC or of MPEG audio begins with eleven set bits; two that are clear tell AAC.
  ['audio/aac', /^\xff[\xe0\xe1\xe8\xe9\xf0\xf1\xf8\xf9]/],
  ['audio/mpeg', /^\xff[\xe0-\xff]/],
  ['video/mp4', /^.{4}ftyp/s],
  ['video/webm', /^\x1aE\xdf\xa3/],
  ['video/x-msvideo', /^RIFF.{4}AVI /s],
  ['application/pdf', /^%PDF-/],
  ['application/vnd.sqlite3', /^SQLite format 3\0/],
  ['application/zip', /^PK(?:\x03\x04|\x05\x06)/],
  ['application/gzip', /^\x1f\x8b/],
  ['application/x-bzip2', /^BZh/],
  ['application/x-7z-compressed', /^7z\xbc\xaf\x27\x1c/],
  ['application/vnd.rar', /^Rar!/],
  ['application/x-xz', /^\xfd7zXZ/],
  ['application/zstd', /^\(\xb5\/\xfd/],
  ['application/x-tar', /^.{257}ustar/s],
  ['application/x-ole-storage', /^\xd0\xcf\x11\xe0/],
  ['application/rtf', /^\{\\rtf/],
  ['application/x-elf', /^\x7fELF/],
  ['application/vnd.microsoft.portable-executable', /^MZ/],
]
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: they are bytes
const longestSignature = 262

/** Its media type; null where no signature matches, as of nearly all text. */
export function fileType(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, longestSignature)).toString(
    'latin1',
  )
  return signatures.find(([, start]) => start.test(head))?.[0] ?? null
}
