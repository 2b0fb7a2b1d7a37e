/** What a file is that was given for an OPML file and is none: by how it begins. */
import type { FileKind } from '../../api/model.ts'

/** As they stand at the start of a file, or a few bytes into it (latin1). */
const signatures: [kind: FileKind, start: string, at?: number][] = [
  ['picture', '\x89PNG'],
  ['picture', '\xff\xd8\xff'],
  ['picture', 'GIF8'],
  ['picture', 'BM'],
  ['picture', 'II*\0'],
  ['picture', 'MM\0*'],
  ['picture', '\0\0\x01\0'],
  ['picture', 'WEBP', 8],
  ['picture', 'ftypavif', 4],
  ['picture', 'ftypheic', 4],
  ['picture', 'ftypmif1', 4],
  ['media', 'ftyp', 4],
  ['media', 'WAVE', 8],
  ['media', 'AVI ', 8],
  ['media', 'ID3'],
  ['media', '\xff\xfb'],
  ['media', 'OggS'],
  ['media', 'fLaC'],
  ['media', '\x1aE\xdf\xa3'],
  ['pdf', '%PDF-'],
  ['database', 'SQLite format 3\0'],
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
  ['archive', '\x1f\x8b'],
  ['archive', 'BZh'],
  ['archive', '7z\xbc\xaf\x27\x1c'],
  ['archive', 'Rar!'],
  ['archive', '\xfd7zXZ'],
  ['archive', '(\xb5/\xfd'],
  ['archive', 'ustar', 257],
  ['document', '\xd0\xcf\x11\xe0'],
  ['document', '{\\rtf'],
  ['program', '\x7fELF'],
  ['program', 'MZ'],
]

/** Null for what may be text. */
export function binaryKind(bytes: Uint8Array): FileKind | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 4_096)).toString('latin1')
  if (isBlank(bytes)) return 'empty'
  const known = signatures.find(([, start, at = 0]) => head.startsWith(start, at))
  // A text may begin with two such letters.
  if (known && (known[1].length > 2 || hasControls(head))) return known[0]
  return isWide(head) || !head.includes('\0') ? null : 'binary'
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every(
    byte =>
      byte === 0 ||
      (byte >= 0x09 && byte <= 0x0d) ||
      byte === 0x20 ||
      byte === 0xef ||
      byte === 0xbb ||
      byte === 0xbf ||
      byte >= 0xfe,
  )
}

/** As no text has, but for tabs and line ends. */
function hasControls(head: string): boolean {
  return [...head.slice(0, 200)].some(character => character < '\t' || (character > '\r' && character < ' '))
}

/** UTF-16 or UTF-32: every other byte of what is written in Latin letters is zero. */
function isWide(head: string): boolean {
  const starts = ['\xff\xfe', '\xfe\xff', '\0\0\xfe\xff', '<\0', ' \0', '\n\0', '\0<', '\0 ', '\0\n', '\0\0\0<']
  return starts.some(start => head.startsWith(start))
}

/** Of a text in which nothing of a list was found. */
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
