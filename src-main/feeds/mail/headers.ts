/** The headers of a message: unfolded, and decoded to text whatever bytes stand in them (RFC 5322, RFC 6532). */
import { isUtf8 } from 'node:buffer'
import { decodeWords } from 'postal-mime'
import { decode } from '../formats/decode.ts'

/** More is an attack: those of mailing lists with many signatures have 30,000. */
export const longestHead = 1_000_000
const mostFields = 5_000

export class Headers {
  readonly #fields: Map<string, string[]>

  constructor(fields: Map<string, string[]>) {
    this.#fields = fields
  }

  /** The value of the first field of this name (in lower case), '' where there is none: of two, servers that check look at one. */
  first(name: string): string {
    return this.#fields.get(name)?.[0] ?? ''
  }

  all(name: string): string[] {
    return this.#fields.get(name) ?? []
  }

  /** The same with its encoded words (RFC 2047) decoded. */
  words(name: string): string {
    return decodedWords(this.first(name))
  }
}

/** `bytes` may go on with the text of the message. */
export function readHeaders(bytes: Uint8Array): Headers {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, longestHead))
  const fields = new Map<string, string[]>()
  const lines = unfolded(head.toString('latin1'))
  const isAscii = !/[^\0-\x7f]/.test(lines.join(''))
  const charset = isAscii ? '' : charsetOf(lines)
  for (const line of lines.slice(0, mostFields)) {
    const found = /^([!-9;-~]{1,200})[ \t]{0,9}:/.exec(line)
    if (!found) continue
    const name = found[1]!.toLowerCase()
    const value = line.slice(found[0].length)
    const text = (isAscii ? value : decodedBytes(value, charset)).trim()
    const known = fields.get(name)
    if (known) known.push(text)
    else fields.set(name, [text])
  }
  return new Headers(fields)
}

/**
 * One line for each field. Only CRLF and LF end one: a CR alone stays within its field as a space, so that a field can't bring
 * another one with it.
 */
function unfolded(head: string): string[] {
  const lines: string[][] = []
  for (const line of head.split('\n')) {
    const whole = line.endsWith('\r') ? line.slice(0, -1) : line
    if (whole === '') {
      // An mbox file has one before the headers of some messages.
      if (lines.length > 0) break
      continue
    }
    const last = lines.at(-1)
    if (last && (whole.startsWith(' ') || whole.startsWith('\t'))) last.push(whole)
    else lines.push([whole])
  }
  return lines.map(parts => parts.join('').replaceAll('\r', ' '))
}

/** What the message says of its text, which is most likely to be that of its headers, too. */
function charsetOf(lines: string[]): string {
  const type = lines.find(line => /^content-type\s{0,9}:/i.test(line)) ?? ''
  return /;\s{0,9}charset\s?=\s?"?([\w.:-]{1,40})/i.exec(type)?.[1] ?? ''
}

/** `latin1`: one character for each byte. */
function decodedBytes(latin1: string, charset: string): string {
  const bytes = Buffer.from(latin1, 'latin1')
  if (isUtf8(bytes)) return bytes.toString('utf8')
  const decoded = decode(bytes, `text/plain; charset=${charset}`)
  return decoded.ok ? decoded.text : latin1
}

/** Encoded words decoded, also where a letter is broken between two of them. */
export function decodedWords(text: string): string {
  if (!text.includes('=?')) return text
  const words = decodeWords(text)
  if (!words.includes('\ufffd')) return words
  const joined = decodeWords(withJoinedBytes(text))
  return joined.includes('\ufffd') ? words : joined
}

const neighbours = /=\?([^?\s]{1,40})\?b\?([^?]*)\?=(?:\s+=\?\1\?b\?[^?]*\?=)+/gi

/** Words in base64 as one: some programs break bytes as they come, and end each word as if it were whole. */
function withJoinedBytes(text: string): string {
  return text.replace(neighbours, (all, charset: string) => {
    const pieces = [...all.matchAll(/\?b\?([^?]*)\?=/gi)].map(([, base64]) => Buffer.from(base64!, 'base64'))
    return `=?${charset}?B?${Buffer.concat(pieces).toString('base64')}?=`
  })
}
