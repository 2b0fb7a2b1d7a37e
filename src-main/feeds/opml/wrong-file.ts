/** What a file is that was given as a list of feeds and is none. */
import type { FileKind } from '../../api/reasons-file.ts'
import { fileType } from '../file-type.ts'
import { wideCharset } from '../formats/decode.ts'

const kinds: [FileKind, RegExp][] = [
  ['picture', /^image/],
  ['media', /^(?:audio|video)/],
  ['pdf', /pdf$/],
  ['database', /sqlite3$/],
  ['zip', /\/zip$/],
  ['document', /(?:ole-storage|rtf)$/],
  ['program', /(?:elf|executable)$/],
  ['archive', /./],
]
/** Signatures of two characters that a text may begin with, too. */
const weakSignature = /^(?:BM|MZ|\xff)/

/** White space, zero bytes and byte order marks. */
const blankBytes = new Set(Buffer.from('\0\t\n\v\f\r \xef\xbb\xbf\xfe\xff', 'latin1'))

/** Null for what may be text. */
export function binaryKind(bytes: Uint8Array): FileKind | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4_096)).toString('latin1')
  if (bytes.every(byte => blankBytes.has(byte))) return 'empty'
  if (wideCharset(bytes)) return null
  const type = fileType(bytes)
  if (type && (!weakSignature.test(head) || hasControls(head))) return kinds.find(([, types]) => types.test(type))![0]
  return head.includes('\0') ? 'binary' : null
}

/** Control characters other than tabs and line ends. */
function hasControls(head: string): boolean {
  return [...head.slice(0, 200)].some(character => character < '\t' || (character > '\r' && character < ' '))
}

/** Of text that is no list. */
export function textKind(text: string): FileKind {
  const start = text.slice(0, 20_000).trimStart().toLowerCase()
  if (start === '') return 'empty'
  if (start.startsWith('{') || start.startsWith('[')) return start.includes('jsonfeed.org/version') ? 'feed' : 'json'
  if (!start.startsWith('<')) return /\ufffd{4}/.test(start.slice(0, 4_000)) ? 'binary' : 'text'
  const root = rootOf(start)
  if (/^(?:rss|feed|rdf|channel)$/.test(root)) return 'feed'
  if (root === 'svg') return 'picture'
  if (root === 'plist') return 'plist'
  if (start.includes('<!doctype netscape-bookmark')) return 'bookmarks'
  return start.includes('<!doctype html') || /^(?:html|head|body|div|p|title|meta)$/.test(root) ? 'web-page' : 'xml'
}

/** The first element's name, without its prefix. */
function rootOf(text: string): string {
  const [, name = ''] = /<([a-z][\w.:-]{0,60})/.exec(text.replace(/<!--.*?(?:-->|$)/gs, '')) ?? []
  return name.slice(name.indexOf(':') + 1)
}
