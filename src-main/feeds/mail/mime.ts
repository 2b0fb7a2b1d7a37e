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
import { isContentRead, omittedBy } from './message.ts'

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
  /** Its text goes on beyond what is read. */
  isCut: boolean
  /** Of texts, pictures, messages and signed envelopes; of other parts nothing is read. */
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
  state: 'header' | 'body' | 'finished'
  contentDecoder: { update(line: Uint8Array): void; finalize(): Promise<ArrayBuffer> } | null
  contentTransferEncoding: { encoding: string }
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
  boundaries: { value: Uint8Array }[]
  processLine(line: Uint8Array, isFinal: boolean): Promise<void>
}

const library = PostalMime.prototype as unknown as Inner

/** Bytes of an encoded text as they come, with what the library needs for each line. More is no newsletter. */
const longestText = 8_000_000
const costOfLine = 20

/** Takes a part's lines, and only counts what they hold. */
class Counter {
  size = 0
  readonly #isBase64: boolean
  readonly #omission: string | undefined

  constructor(encoding: string, omission: string | undefined) {
    this.#isBase64 = /base64/.test(encoding)
    this.#omission = omission
  }

  update(line: Uint8Array): void {
    const omitted = this.#omission === undefined ? null : omittedBy(line, this.#omission)
    const { bytes, lineEnds } = omitted ?? { bytes: line.length + 2, lineEnds: 1 }
    // Of a line's end of two bytes one counts, as in files of most systems; none in base64.
    this.size += this.#isBase64 ? ((bytes - 2 * lineEnds) * 3) / 4 : bytes - lineEnds
  }

  async finalize(): Promise<ArrayBuffer> {
    return new ArrayBuffer(0)
  }
}

/** The bytes of a part that is not encoded, where they stand in the message: nothing is copied, and no line held by itself. */
class Slice {
  bytes = new Uint8Array(0)

  update(line: Uint8Array): void {
    const { buffer, byteOffset } = this.bytes.length > 0 ? this.bytes : line
    this.bytes = new Uint8Array(buffer as ArrayBuffer, byteOffset, line.byteOffset + line.length - byteOffset)
  }

  async finalize(): Promise<ArrayBuffer> {
    return new ArrayBuffer(0)
  }
}

/** Counts parts as they come, holds only what is read of them, and leaves out what the library would make of them at the end. */
class PartReader extends PostalMime {
  readonly #budget: Budget
  readonly #omission: string | undefined
  /** Of parts of which nothing but their size is known. */
  readonly counters = new Map<Node, Counter>()
  readonly slices = new Map<Node, Slice>()
  readonly cut = new Set<Node>()
  #last: Node | null = null
  #body: Node | null = null
  #cost = 0

  constructor(budget: Budget, omission: string | undefined) {
    super({ maxNestingDepth: Math.max(0, deepestPart - budget.depth), maxHeadersSize: longestHead })
    this.#budget = budget
    this.#omission = omission
  }

  /** The library's: called for each line. */
  processLine(line: Uint8Array, isFinal: boolean): Promise<void> {
    const { currentNode: node, boundaries } = this as unknown as Inner
    if (node !== this.#last) this.#begin(node)
    if (node.state === 'body') {
      if (node !== this.#body) this.#beginBody(node)
      this.#cost += line.length + costOfLine
      if (this.#cost > longestText && !isFinal && isText(node) && !mayEnd(line, boundaries)) {
        this.cut.add(node)
        return Promise.resolve()
      }
    }
    return library.processLine.call(this, line, isFinal)
  }

  #begin(node: Node): void {
    this.#last = node
    this.#budget.parts++
    if (this.#budget.parts > mostParts) {
      throw new Refusal({ reason: 'unsafe', detail: `it has more than ${mostParts.toLocaleString('en')} parts` })
    }
  }

  #beginBody(node: Node): void {
    this.#body = node
    this.#cost = 0
    const { encoding } = node.contentTransferEncoding
    // As the library tells them.
    const isEncoded = /base64|quoted-printable/.test(encoding)
    if (!isRead(node)) {
      const counter = new Counter(encoding, this.#omission)
      node.contentDecoder = counter
      this.counters.set(node, counter)
    } else if (!isEncoded) {
      const slice = new Slice()
      node.contentDecoder = slice
      this.slices.set(node, slice)
    }
  }

  async collectNode(): Promise<void> {}

  buildMessage(): object {
    return {}
  }
}

function isText({ contentType }: Node): boolean {
  return contentType.parsed.value.startsWith('text/')
}

function isRead({ contentType, contentDisposition, contentId, headers }: Node): boolean {
  const hasAddress = contentId !== undefined || headers.some(({ key }) => key === 'content-location')
  return isContentRead({ type: contentType.parsed.value, disposition: contentDisposition.parsed.value, hasAddress })
}

/** Whether a line may be one that ends a part. */
function mayEnd(line: Uint8Array, boundaries: { value: Uint8Array }[]): boolean {
  if (line[0] !== 0x2d || line[1] !== 0x2d) return false
  return boundaries.some(({ value }) => value.every((byte, at) => line[at + 2] === byte))
}

/** The parts of a message; `omission` begins the lines in place of files (`omissionLine`). Throws a `Refusal` beyond the limits. */
export async function readParts(bytes: Uint8Array, budget: Budget, omission?: string): Promise<Part> {
  const reader = new PartReader(budget, omission)
  const isWhole = bytes.byteLength === bytes.buffer.byteLength
  try {
    // The library copies what is a part of a buffer.
    await reader.parse(isWhole ? (bytes.buffer as ArrayBuffer) : bytes)
  } catch (error) {
    throw refusalOf(error) ?? error
  }
  return partOf((reader as unknown as Inner).root, reader)
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

function partOf(node: Node, reader: PartReader): Part {
  const counter = reader.counters.get(node)
  const bytes = reader.slices.get(node)?.bytes ?? (node.content && new Uint8Array(node.content))
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
    size: Math.floor(counter?.size ?? bytes?.length ?? 0),
    isCut: reader.cut.has(node),
    bytes: counter ? null : bytes,
    parts: node.childNodes.map(child => partOf(child, reader)),
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
  // It looks like EBCDIC, which no mail program writes.
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
