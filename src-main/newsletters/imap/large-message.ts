/**
 * A large message, asked for piece by piece. Nearly all of one are files attached to it, of which no more than the size is told:
 * they are passed over, by what the server says of its structure (RFC 9051, 7.5.2) and the first bytes of each.
 */
import { randomUUID } from 'node:crypto'

/** A part of a message, as the server describes it. */
export type Structure = {
  /** '2' or '1.2', by which it is asked for; '' of the whole. */
  part?: string | undefined
  type: string
  disposition?: string | undefined
  parameters?: Record<string, string> | undefined
  id?: string | undefined
  location?: string | undefined
  /** In bytes, as it comes. */
  size?: number | undefined
  childNodes?: Structure[] | undefined
}

/** What whoever reads the message does without: see feeds/mail/message.ts. */
export type Omissions = {
  isContentRead(part: { type: string; disposition: string; hasAddress: boolean }): boolean
  /** Stands in place of a file of so many bytes, with about so many ends of lines among them. */
  omissionLine(omission: string, omitted: { bytes: number; lineEnds: number }): string
}

/** What is asked of one message. Null where it is not there any more. */
export type Questions = {
  /** Null, too, where the server does not tell. */
  structure(): Promise<Structure | null>
  /** The first `bytes` bytes of each of these parts, by part. */
  starts(parts: string[], bytes: number): Promise<ReadonlyMap<string, Uint8Array> | null>
  /** At most `pieceBytes` of the whole message; fewer only at its end. */
  piece(start: number): Promise<Uint8Array | null>
}

/** `omission`: begins the lines that stand in place of files (`omissionLine`); null where nothing is left out. */
export type LargeMessage =
  | { kind: 'read'; source: Uint8Array; omission: string | null }
  | { kind: 'gone' }
  /** It goes on beyond `mostBytes`, whatever the server said before. */
  | { kind: 'too-large' }

/** The IMAP library holds what it receives twice before it gives it. */
export const pieceBytes = 1_048_576
const mostFiles = 50
const deepestPart = 50
/** By so many of its first bytes a file is found in the message. */
const startBytes = 256

type AttachedFile = { part: string; bytes: number; boundary: string }
type FoundFile = AttachedFile & { start: Buffer }

type Size = {
  /** By what the server says, which is not always true. */
  bytes: number
  mostBytes: number
}

/**
 * Reads a message without the files that fill a piece. Where the structure is not that of the message, or can't be had, all of it
 * is read. Rejects as the questions do.
 */
export async function readLargeMessage(questions: Questions, size: Size, omissions: Omissions): Promise<LargeMessage> {
  const structure = await questions.structure()
  const large = structure ? filesOf(structure, omissions).filter(file => file.bytes < size.mostBytes) : []
  const files = await withStarts(questions, large.slice(0, mostFiles))
  if (files.length > 0) {
    const read = await readPieces(questions, size, files, omissions)
    if (read) return read
  }
  return (await readPieces(questions, size, [], omissions))!
}

/** Those that fill a piece, in their order. What stands in an attached message is not looked into. */
function filesOf({ type, parameters, childNodes = [] }: Structure, omissions: Omissions, depth = 0): AttachedFile[] {
  const boundary = parameters?.boundary ?? ''
  if (!type.startsWith('multipart/') || boundary === '' || depth > deepestPart) return []
  return childNodes.flatMap(child => {
    const { part = '', size = 0, disposition = '', id, location } = child
    if (child.childNodes) return filesOf(child, omissions, depth + 1)
    const hasAddress = id !== undefined || location !== undefined
    const isRead = omissions.isContentRead({ type: child.type, disposition, hasAddress })
    return isRead || part === '' || size < pieceBytes ? [] : [{ part, bytes: size, boundary }]
  })
}

async function withStarts({ starts }: Questions, files: AttachedFile[]): Promise<FoundFile[]> {
  if (files.length === 0) return []
  const told = await starts(
    files.map(({ part }) => part),
    startBytes,
  )
  return files.flatMap(file => {
    const start = told?.get(file.part)
    return start?.length === startBytes ? [{ ...file, start: Buffer.from(start) }] : []
  })
}

/** Null where the structure is not that of the message: what follows a file is not what ends it. */
async function readPieces(
  { piece: ask }: Questions,
  { bytes, mostBytes }: Size,
  files: FoundFile[],
  { omissionLine }: Omissions,
): Promise<LargeMessage | null> {
  const omission = randomUUID()
  const waiting = [...files]
  const source = new Bytes(Math.min(bytes - files.reduce((sum, file) => sum + file.bytes, 0), mostBytes))
  let at = 0
  let ending = ''
  for (;;) {
    const piece = await ask(at)
    if (!piece) return { kind: 'gone' }
    if (source.length + piece.length > mostBytes) return { kind: 'too-large' }
    if (!Buffer.from(piece.subarray(0, ending.length)).equals(Buffer.from(ending, 'latin1'))) return null
    ending = ''
    at += piece.length
    source.add(piece)
    const [file] = waiting
    const begins = file ? source.find(file.start, source.length - piece.length) : -1
    if (file && begins >= 0) {
      waiting.shift()
      at += file.bytes - (source.length - begins)
      source.cut(begins)
      source.add(Buffer.from(omissionLine(omission, { bytes: file.bytes, lineEnds: lineEndsOf(file) })))
      ending = `\r\n--${file.boundary}`
    } else if (piece.length < pieceBytes) {
      return { kind: 'read', source: source.all(), omission: waiting.length < files.length ? omission : null }
    }
  }
}

/** By its first lines: programs write base64 in lines of 60, 64, 72 or 76 letters, or in one. */
function lineEndsOf({ bytes, start }: FoundFile): number {
  const lines = start.toString('latin1').split('\r\n').slice(0, -1)
  if (lines.length === 0) return 0
  const sample = lines.reduce((sum, line) => sum + line.length + 2, 0)
  return Math.round((bytes * lines.length) / sample)
}

/** Bytes in a buffer of their own, which is to be given away. */
class Bytes {
  #bytes: Uint8Array<ArrayBuffer>
  #length = 0

  constructor(expected: number) {
    this.#bytes = new Uint8Array(Math.max(expected, 0))
  }

  get length(): number {
    return this.#length
  }

  add(more: Uint8Array): void {
    const length = this.#length + more.length
    if (length > this.#bytes.length) this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(length))
    this.#bytes.set(more, this.#length)
    this.#length = length
  }

  cut(length: number): void {
    this.#length = length
  }

  /** Where these bytes are, of which the last came at `from` or later; negative where they are not. */
  find(bytes: Buffer, from: number): number {
    return Buffer.from(this.#bytes.buffer, 0, this.#length).indexOf(bytes, Math.max(0, from - bytes.length))
  }

  all(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.buffer.transfer(this.#length))
  }
}
