/**
 * The parts of a message, as postal-mime takes it apart, with their bytes as they are: what it makes of them by itself is text of
 * the charset that was declared, which is often wrong, and all bodies in one. So its tree is read, which its types do not show;
 * the version is pinned, and every test of a message would fail where the tree is another one.
 */
import PostalMime, { decodeWords } from 'postal-mime'
import type { Failure } from '../../api/model.ts'
import { cleanText } from '../../lib/text.ts'
import { decode } from '../formats/decode.ts'
import { longestHead } from './headers.ts'

export const mostParts = 1_000
export const deepestPart = 50
const longestFileName = 200

export type Part = {
  /** In lower case: `text/html`. */
  type: string
  /** Parameters of Content-Type, their names in lower case. */
  params: Record<string, string>
  /** Content-Disposition, '' where it is missing. */
  disposition: string
  fileName: string
  /** Without angle brackets; '' where it is missing. */
  contentId: string
  /** Content-Location (RFC 2557). */
  location: string
  /** In bytes, without its transfer encoding. */
  size: number
  /** Of texts, pictures and messages; of other parts nothing is read. */
  bytes: Uint8Array | null
  parts: Part[]
}

/** Why a message is not read. */
export class Refusal extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.reason)
    this.failure = failure
  }
}

/** What has been read of a message and of those within it. */
export type Budget = { parts: number; depth: number }

type Structured = { value: string; params: Record<string, string> }
type Node = {
  contentType: { parsed: Structured }
  contentDisposition: { parsed: Structured }
  contentId?: string
  headers: { key: string; value: string }[]
  content: ArrayBuffer | null
  childNodes: Node[]
}
type Inner = {
  root: Node
  currentNode: Node
  processLine(line: Uint8Array, isFinal: boolean): Promise<void>
}

const library = PostalMime.prototype as unknown as Inner

/** Counts parts as they come, and leaves out what the library would make of them at the end. */
class PartReader extends PostalMime {
  readonly #budget: Budget
  #last: Node | null = null

  constructor(budget: Budget) {
    super({ maxNestingDepth: Math.max(0, deepestPart - budget.depth), maxHeadersSize: longestHead })
    this.#budget = budget
  }

  processLine(line: Uint8Array, isFinal: boolean): Promise<void> {
    const { currentNode } = this as unknown as Inner
    if (currentNode !== this.#last) {
      this.#last = currentNode
      this.#budget.parts++
      if (this.#budget.parts > mostParts) {
        throw new Refusal({ reason: 'unsafe', detail: `it has more than ${mostParts.toLocaleString('en')} parts` })
      }
    }
    return library.processLine.call(this, line, isFinal)
  }

  async collectNode(): Promise<void> {}

  buildMessage(): object {
    return {}
  }
}

/** The parts of a message. Throws a `Refusal` beyond the limits. */
export async function readParts(bytes: Uint8Array, budget: Budget): Promise<Part> {
  const reader = new PartReader(budget)
  try {
    await reader.parse(bytes)
  } catch (error) {
    throw refusalOf(error) ?? error
  }
  return partOf((reader as unknown as Inner).root)
}

function refusalOf(error: unknown): Refusal | null {
  const words = error instanceof Error ? error.message : ''
  if (/nesting depth/i.test(words)) {
    return new Refusal({ reason: 'unsafe', detail: `its parts are nested deeper than ${deepestPart}` })
  }
  if (/header size/i.test(words)) {
    return new Refusal({ reason: 'unsafe', detail: 'its headers are larger than a megabyte' })
  }
  return null
}

const readTypes = /^(?:text|image|message)\//

function partOf(node: Node): Part {
  const { value, params } = node.contentType.parsed
  const disposition = node.contentDisposition.parsed
  const type = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(value) ? value : 'text/plain'
  const location = node.headers.find(({ key }) => key === 'content-location')?.value ?? ''
  return {
    type,
    params,
    disposition: disposition.value,
    fileName: fileNameOf(disposition.params.filename ?? params.name ?? ''),
    contentId: (node.contentId ?? '').replace(/^\s*<|>\s*$/g, '').trim(),
    location: location.replace(/\s+/g, ''),
    size: node.content?.byteLength ?? 0,
    bytes: node.content && readTypes.test(type) ? new Uint8Array(node.content) : null,
    parts: node.childNodes.map(partOf),
  }
}

/** To be shown, never to be opened: without the folders that some programs leave in it. */
function fileNameOf(written: string): string {
  const name = cleanText(decodeWords(written.slice(0, 2_000)), longestFileName)
  return name.split(/[/\\]/).at(-1)?.trim() ?? ''
}

/** The text of a part in the charset that it was really written in, whatever was declared. */
export function decodedText({ bytes, params }: Part): string {
  if (!bytes) return ''
  const charset = (params.charset ?? '').trim().toLowerCase()
  if (/^(?:x-)?(?:unicode-1-1-)?utf-?7$/.test(charset)) return utf7(bytes)
  const type = `text/plain; charset=${charset || (isJapanese(bytes) ? 'iso-2022-jp' : '')}`
  const decoded = decode(bytes, type)
  // EBCDIC, which no mail program writes: seven letters that look like it.
  return decoded.ok ? decoded.text : Buffer.from(bytes).toString('latin1')
}

/** Older programs of Japan declare nothing: ISO-2022-JP looks like ASCII but for the sequence that begins its letters. */
function isJapanese(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return text.includes('\x1b$B') || text.includes('\x1b$@')
}

/** UTF-7 (RFC 2152), which browsers no longer decode, since markup can hide in it: here it is decoded before it is sanitised. */
function utf7(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/\+([A-Za-z0-9+/]*)(-?)/g, (_, encoded: string, end: string) => {
      if (encoded === '') return end === '-' ? '+' : `+${end}`
      const wide = Buffer.from(encoded, 'base64')
      return wide
        .subarray(0, wide.length - (wide.length % 2))
        .swap16()
        .toString('utf16le')
        .toWellFormed()
    })
}
