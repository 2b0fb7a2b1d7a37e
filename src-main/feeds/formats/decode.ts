/** Decodes feeds, pages and lists, with the charset that the publisher really used, whatever was declared. */
import { isUtf8 } from 'node:buffer'
import type { Failed } from '../documents.ts'

export type Decoded = { ok: true; text: string; charset: string } | Failed

/** Labels that have been seen and that the WHATWG Encoding Standard does not have. */
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

/** Defaults of servers that nobody configured: they do not override the document's own declaration or its bytes. */
const serverDefaults = new Set(['windows-1252', 'utf-8'])

/**
 * In this order: byte order mark; UTF-16 and UTF-32 by their zero bytes (XML 1.0, appendix F); UTF-8 if the bytes are valid as
 * such; the charset of the HTTP header (RFC 7303) unless it is a server's default; the document's own declaration;
 * windows-1252. A charset that the bytes contradict is skipped. EBCDIC fails with 'encoding'.
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

/** The charset that header and document declare for bytes that are not UTF-8; null where they declare none. */
function declaredOf(bytes: Uint8Array, fromHttp: string | null): string | null {
  const fromDocument = knownCharset(declaredCharset(bytes))
  const named = fromHttp && serverDefaults.has(fromHttp) ? [fromDocument] : [fromHttp, fromDocument]
  // UTF-16 would have been detected by its zero bytes.
  return named.find(name => name && name !== 'utf-8' && !name.startsWith('utf-16')) ?? null
}

/** How many valid UTF-8 sequences prove UTF-8 against a declared charset of this kind. */
const enough = { singleByte: 2, multiByte: 4 }
const multiByte = /^(?:shift_jis|euc-jp|euc-kr|gbk|gb18030|big5)$/

/**
 * Whether bytes are UTF-8 whatever was declared. In a single-byte charset, 'É»' at the end of a quotation or a literal 'Ã©' is
 * one valid UTF-8 sequence by chance; two of them, with no invalid byte, do not occur. Double-byte charsets of East Asia look
 * like UTF-8 more often. A few invalid sequences among many valid ones are damage, not another charset.
 */
function isReallyUtf8(bytes: Uint8Array, declared: string | null, isSaidByHttp: boolean): boolean {
  // Escape sequences are ASCII to UTF-8.
  if (declared === 'iso-2022-jp') return false
  const isValid = isUtf8(bytes)
  if (isValid && (declared === null || isSaidByHttp)) return true
  const isMultiByte = declared !== null && multiByte.test(declared)
  const wanted = isMultiByte ? enough.multiByte : enough.singleByte
  const { good, bad } = countSequences(bytes, isValid ? wanted : Number.POSITIVE_INFINITY)
  if (declared === null) return good > bad
  return good >= wanted && (isValid || (!isMultiByte && good >= bad * 10))
}

/** Files that a script concatenated have more than one byte order mark. */
function decoded(text: string, charset: string): Decoded {
  let start = 0
  while (text.charCodeAt(start) === 0xfeff) start++
  return { ok: true, text: start > 0 ? text.slice(start) : text, charset }
}

/** UTF-16 and UTF-32 by their byte order marks and zero bytes; null for any other. */
export function wideCharset(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be' | 'ebcdic' | null {
  const [a, b, c, d] = bytes
  // Zero bytes before the text alone are damage; in UTF-32 the second character has them, too.
  const isBig32 = bytes[4] === 0 && bytes[5] === 0
  const isLittle32 = bytes[6] === 0 && bytes[7] === 0
  // A script put UTF-16's byte order mark before ASCII.
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

/** What a document without a byte order mark begins with: `<`, `{` or white space. */
function isMarkup(byte: number | undefined): boolean {
  return byte === 0x3c || byte === 0x7b || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let text = ''
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
    const code = view.getUint32(at, littleEndian)
    text += code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : String.fromCodePoint(code)
  }
  return text
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

/** The WHATWG name of a label, or null for an unknown one. */
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
      // No label of the Encoding Standard; the next spelling may be one.
    }
  }
  return null
}

/** Counts UTF-8 sequences beyond ASCII, and bytes that belong to none; stops after `most` valid ones. */
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
