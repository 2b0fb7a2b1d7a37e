/** Files of many messages (RFC 4155): where each begins, piece by piece, so that none has to be in memory whole. */

const lf = 0x0a
const cr = 0x0d
/** A line that begins a message is no longer; of one that is, the beginning is enough. */
const longestLine = 1_000

/** What is known between two pieces: plain data, so that each piece may be read by another worker. */
export type MboxState = {
  /** How many bytes have been read. */
  read: number
  /** The beginning of the last line, which goes on in the next piece, in Latin-1. */
  line: string
  lineStart: number
  /** Whether the line before it is empty, as it is before a message; so is the beginning of the file. */
  isAfterEmpty: boolean
}

export const mboxStart: MboxState = { read: 0, line: '', lineStart: 0, isAfterEmpty: true }

/** The places in the file at which messages begin, of those whose first lines end in this piece. */
export function findMessages(piece: Uint8Array, before: MboxState): { starts: number[]; state: MboxState } {
  const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
  const starts: number[] = []
  let { line, lineStart, isAfterEmpty } = before
  let at = 0
  for (let end = bytes.indexOf(lf); end >= 0; end = bytes.indexOf(lf, at)) {
    const isEmpty = line === '' || line === '\r' ? at === end || (end === at + 1 && bytes[at] === cr) : false
    // Only few lines are looked at: each begins with an F.
    if (isAfterEmpty && !isEmpty && (line === '' ? bytes[at] === 0x46 : line.startsWith('F'))) {
      const whole = line + bytes.toString('latin1', at, Math.min(end, at + longestLine))
      if (isFromLine(whole)) starts.push(lineStart)
    }
    isAfterEmpty = isEmpty
    line = ''
    at = end + 1
    lineStart = before.read + at
  }
  const rest = bytes.toString('latin1', at, Math.min(bytes.length, at + longestLine - line.length))
  return { starts, state: { read: before.read + bytes.length, line: line + rest, lineStart, isAfterEmpty } }
}

/** Whether a file is an mbox: the first line of its first message says so. */
export function isMbox(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, longestLine)).toString('latin1')
  return isFromLine(head.trimStart().split('\n', 1)[0] ?? '')
}

/** `From sender Sat Jan  3 01:05:34 1996`: a sender, which some programs leave out, and a date in nearly any form. */
function isFromLine(line: string): boolean {
  if (!line.startsWith('From ')) return false
  const rest = line.slice(5, longestLine)
  return /(?:^|\s)\d{1,2}:\d{2}(?::\d{2})?(?=\s)/.test(rest) && /(?:^|\s)(?:19|20)\d{2}(?:\s|$)/.test(rest)
}

export type ByteRange = { start: number; end: number }

/** The messages of a file that comes in pieces, each with the line that begins it. */
export async function* messageRanges(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<ByteRange> {
  let state = mboxStart
  let open: number | null = null
  for await (const piece of pieces) {
    const found = findMessages(piece, state)
    for (const start of found.starts) {
      if (open !== null) yield { start: open, end: start }
      open = start
    }
    state = found.state
  }
  if (open !== null) yield { start: open, end: state.read }
}

/**
 * A message of an mbox file as it was sent: without its first line, and without the `>` that the file has before lines that
 * begin with 'From ' (mboxo), or with any number of `>` and 'From ' (mboxrd). Any other message comes back as it is.
 */
export function withoutMboxMarks(bytes: Uint8Array): Uint8Array {
  if (!isMbox(bytes)) return bytes
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = whole.indexOf(lf) + 1
  const kept: Buffer[] = []
  let from = start
  for (let at = whole.indexOf('\n>', start); at >= 0; at = whole.indexOf('\n>', at + 1)) {
    let end = at + 1
    while (whole[end] === 0x3e) end++
    if (whole.toString('latin1', end, end + 5) !== 'From ') continue
    kept.push(whole.subarray(from, at + 1))
    from = at + 2
  }
  return from === start ? whole.subarray(start) : Buffer.concat([...kept, whole.subarray(from)])
}
