/** Bytes of a feed to text: which character set a publisher really used, whatever he says. */
import { isUtf8 } from 'node:buffer'
import type { Failure } from '../../api/model.ts'

export type Decoded = { ok: true; text: string; charset: string } | { ok: false; failure: Failure }

/** Names seen in the world that the WHATWG Encoding Standard does not list. */
const aliases = new Map([
  ['cp932', 'shift_jis'],
  ['cp936', 'gbk'],
  ['cp949', 'euc-kr'],
  ['ms949', 'euc-kr'],
  ['uhc', 'euc-kr'],
  ['cp950', 'big5'],
  ['eucjp', 'euc-jp'],
  ['euckr', 'euc-kr'],
  ['latin-1', 'windows-1252'],
  ['ansi', 'windows-1252'],
  ['utf16', 'utf-16le'],
  ['ucs-2', 'utf-16le'],
  ['macroman', 'macintosh'],
  ['mac-roman', 'macintosh'],
])

/** What servers send where nobody has configured anything: no evidence against what the document and its bytes say. */
const serverDefaults = new Set(['windows-1252', 'utf-8'])

/**
 * Decodes a feed. The order is: byte order mark, the shape of UTF-16 and UTF-32 (XML 1.0 appendix F), UTF-8 that the
 * bytes show to be UTF-8, the charset of the HTTP header (RFC 7303) unless it is a server's default, the document's own
 * declaration, windows-1252. A charset that the bytes contradict is passed over. Fails with 'encoding' for
 * EBCDIC, which nothing after this step could read.
 */
export function decode(bytes: Uint8Array, contentType: string | null): Decoded {
  const wide = wideCharset(bytes)
  if (wide === 'ebcdic') return { ok: false, failure: { reason: 'encoding', charset: 'ebcdic' } }
  if (wide === 'utf-32le' || wide === 'utf-32be') return decoded(decodeUtf32(bytes, wide === 'utf-32le'), wide)
  if (wide) return decoded(new TextDecoder(wide).decode(bytes), wide)

  const fromHttp = knownCharset(charsetParameter(contentType))
  const declared = declaredOf(bytes, fromHttp)
  const hasUtf8Mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const isUnicode = hasUtf8Mark || isReallyUtf8(bytes, declared, fromHttp === 'utf-8')
  const charset = isUnicode ? 'utf-8' : (declared ?? 'windows-1252')
  return decoded(new TextDecoder(charset).decode(bytes), charset)
}

/** The charset that header and document name for bytes that are not UTF-8; null where they name none. */
function declaredOf(bytes: Uint8Array, fromHttp: string | null): string | null {
  const fromDocument = knownCharset(declaredCharset(bytes))
  const named = fromHttp && serverDefaults.has(fromHttp) ? [fromDocument] : [fromHttp, fromDocument]
  // UTF-16 bytes would have shown their shape: a declaration that can be read byte by byte is not in UTF-16.
  return named.find(name => name && name !== 'utf-8' && !name.startsWith('utf-16')) ?? null
}

/** So many characters beyond ASCII that are valid UTF-8 are no chance, by what is declared. */
const enough = { singleByte: 2, multiByte: 4 }
const multiByte = /^(?:shift_jis|euc-jp|euc-kr|gbk|gb18030|big5)$/

/**
 * Whether bytes are UTF-8 whatever was declared. In a set of single bytes, a capital letter before a sign makes one valid
 * character of UTF-8 by chance: 'É»' at the end of a quotation, 'Ã©' where somebody means just that. Two of them, and not one
 * letter that is not UTF-8, are no text of such a set. Pairs of bytes in the sets of East Asia look like UTF-8 more often.
 * A few broken sequences among many good ones are damage, not another charset.
 */
function isReallyUtf8(bytes: Uint8Array, declared: string | null, isSaidByHttp: boolean): boolean {
  // Escape sequences are ASCII to UTF-8.
  if (declared === 'iso-2022-jp') return false
  const isValid = isUtf8(bytes)
  if (declared === null) return isValid || isMostlyUtf8(bytes)
  if (isValid && isSaidByHttp) return true
  const isMultiByte = multiByte.test(declared)
  const wanted = isMultiByte ? enough.multiByte : enough.singleByte
  const { good, bad } = countSequences(bytes, isValid ? wanted : Number.POSITIVE_INFINITY)
  return good >= wanted && (isValid || (!isMultiByte && good >= bad * 10))
}

/** Byte order marks can be doubled where files were put together by a script. */
function decoded(text: string, charset: string): Decoded {
  let start = 0
  while (text.charCodeAt(start) === 0xfeff) start++
  return { ok: true, text: start > 0 ? text.slice(start) : text, charset }
}

function wideCharset(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be' | 'ebcdic' | null {
  const [a, b, c, d] = bytes
  // NUL bytes strewn before the text are damage; in UTF-32 the second character has them too.
  const isBig32 = bytes[4] === 0 && bytes[5] === 0
  const isLittle32 = bytes[6] === 0 && bytes[7] === 0
  // A mark of UTF-16 before ASCII was put there by a script.
  const isAscii = isMarkup(c) && d !== undefined && d > 0 && d < 0x80
  if (isAscii && ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))) return null
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 && bytes.length >= 8 ? 'utf-32le' : 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a === 0 && b === 0 && isBig32 && (d === 0x3c || (c === 0xfe && d === 0xff))) return 'utf-32be'
  if (isMarkup(a) && b === 0 && c === 0 && d === 0 && isLittle32) return 'utf-32le'
  if (isMarkup(a) && b === 0 && c !== 0 && c !== undefined && d === 0) return 'utf-16le'
  if (a === 0 && isMarkup(b) && c === 0 && d !== 0 && d !== undefined) return 'utf-16be'
  if (a === 0x4c && b === 0x6f && c === 0xa7 && d === 0x94) return 'ebcdic'
  return null
}

/** What a feed without a byte order mark begins with: `<`, `{` or white space. */
function isMarkup(byte: number | undefined): boolean {
  return byte === 0x3c || byte === 0x7b || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: string[] = []
  let codes: number[] = []
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const code = view.getUint32(at, littleEndian)
    codes.push(code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0xfffd : code)
    if (codes.length < 4096) continue
    chunks.push(String.fromCodePoint(...codes))
    codes = []
  }
  chunks.push(String.fromCodePoint(...codes))
  return chunks.join('')
}

/** The charset parameter of a Content-Type header, or null. */
function charsetParameter(contentType: string | null): string | null {
  const at = contentType?.toLowerCase().indexOf('charset=') ?? -1
  if (!contentType || at < 0) return null
  const rest = contentType.slice(at + 8, at + 80).split(';')[0] ?? ''
  return rest.replaceAll('"', '').replaceAll("'", '').trim() || null
}

/** The encoding that the XML declaration or a page's own element names, if the first 2,048 bytes, read as ASCII, have one. */
function declaredCharset(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 2_048)).toString('latin1')
  const start = head.indexOf('<?xml')
  const end = head.indexOf('?>', start)
  if (start < 0 || end < 0) {
    const isPage = /<(?:!doctype\s{1,9}html|html|head)[\s>]/i.test(head)
    return isPage ? (/<meta\s[^<>]{0,200}charset\s?=\s?["']?([\w.:-]{1,40})/i.exec(head)?.[1] ?? null) : null
  }
  return /\sencoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']/i.exec(head.slice(start, end))?.[1] ?? null
}

/** The WHATWG name of a label, or null where nobody knows it. */
function knownCharset(label: string | null): string | null {
  const lower = label?.toLowerCase() ?? ''
  // ASCII says nothing about bytes beyond it.
  if (lower === '' || /^(?:us-?)?ascii$|^ansi_x3\.4/.test(lower)) return null
  for (const name of [
    aliases.get(lower),
    lower,
    lower.replaceAll('_', '-'),
    lower.replace(/^cp-?(?=125\d$)/, 'windows-'),
  ]) {
    if (!name) continue
    try {
      return new TextDecoder(name).encoding
    } catch {
      // Not a label of the Encoding Standard; the next spelling may be.
    }
  }
  return null
}

function isMostlyUtf8(bytes: Uint8Array): boolean {
  const { good, bad } = countSequences(bytes, Number.POSITIVE_INFINITY)
  return good > bad
}

/** Characters of UTF-8 beyond ASCII, and bytes that belong to none; up to `most` good ones. */
function countSequences(bytes: Uint8Array, most: number): { good: number; bad: number } {
  let good = 0
  let bad = 0
  for (let at = 0; at < bytes.length && good < most; at++) {
    const byte = bytes[at]!
    if (byte < 0x80) continue
    const extra =
      byte >= 0xc2 && byte < 0xe0 ? 1 : byte >= 0xe0 && byte < 0xf0 ? 2 : byte >= 0xf0 && byte < 0xf5 ? 3 : 0
    let seen = 0
    while (seen < extra && (bytes[at + seen + 1] ?? 0) >> 6 === 0b10) seen++
    if (extra > 0 && seen === extra) good++
    else bad++
    at += seen
  }
  return { good, bad }
}
