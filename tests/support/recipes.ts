/**
 * Bodies that are too large or too odd to be kept as files, written down as recipes: a list of segments, each of which stands
 * for bytes. They are made piece by piece, so that a body of 200 MB is never held as a whole.
 */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'

export type Segment =
  /** UTF-8; `{{name}}` is replaced by a value. */
  | string
  | { b64: string }
  /** `r`, `n` times. */
  | { r: string; n: number }
  /** `tpl` for each number from `from` to below `to`, which replaces `{i}`. */
  | { num: { from: number; to: number; tpl: string } }
  /** The segments in another encoding. */
  | { enc: 'latin1' | 'utf16le' | 'utf16be'; segs: Segment[] }
  /** The segments compressed; at most the first `truncate` bytes of that. */
  | { gz: Segment[]; truncate?: number }
  /** `n` characters that do not compress well, the same for the same `seed`. */
  | { rand: { seed: number; n: number } }
  /** The text again and again, for as long as somebody reads. */
  | { forever: string }

export type Values = Record<string, string | number>

const blockSize = 65_536

export async function* bytesOf(segments: Segment[], values: Values = {}): AsyncGenerator<Buffer> {
  for (const segment of segments) {
    if (typeof segment === 'string') yield Buffer.from(filledIn(segment, values))
    else if ('b64' in segment) yield Buffer.from(segment.b64, 'base64')
    else if ('r' in segment) yield* repeated(segment.r, segment.n)
    else if ('num' in segment) yield* numbered(segment.num)
    else if ('enc' in segment) yield* encoded(segment.enc, bytesOf(segment.segs, values))
    else if ('gz' in segment) yield* compressed(bytesOf(segment.gz, values), segment.truncate)
    else if ('rand' in segment) yield incompressible(segment.rand)
    else if ('forever' in segment) yield* repeated(segment.forever, Number.POSITIVE_INFINITY)
    else throw new Error(`a recipe has an unknown segment: ${Object.keys(segment).join(', ')}`)
  }
}

/** All bytes of a body that ends, but no more than `most` of them. */
export async function wholeBody(segments: Segment[], values: Values = {}, most = Infinity): Promise<Buffer> {
  const blocks: Buffer[] = []
  let size = 0
  for await (const block of bytesOf(segments, values)) {
    blocks.push(block)
    size += block.length
    if (size >= most) break
  }
  return Buffer.concat(blocks).subarray(0, most)
}

export function filledIn(text: string, values: Values): string {
  return text.replace(/\{\{(\w+)\}\}/g, (placeholder, name: string) => String(values[name] ?? placeholder))
}

function* repeated(text: string, count: number): Generator<Buffer> {
  const unit = Buffer.byteLength(text)
  const perBlock = Math.max(1, Math.floor(blockSize / unit))
  const block = Buffer.from(text.repeat(Math.min(perBlock, count)))
  for (let left = count; left > 0; left -= perBlock) yield left < perBlock ? block.subarray(0, left * unit) : block
}

function* numbered({ from, to, tpl }: { from: number; to: number; tpl: string }): Generator<Buffer> {
  const perBlock = 500
  for (let start = from; start < to; start += perBlock) {
    const length = Math.min(perBlock, to - start)
    yield Buffer.from(Array.from({ length }, (_, at) => tpl.replaceAll('{i}', String(start + at))).join(''))
  }
}

async function* encoded(encoding: 'latin1' | 'utf16le' | 'utf16be', blocks: AsyncIterable<Buffer>) {
  for await (const block of blocks) {
    const bytes = Buffer.from(block.toString('utf8'), encoding === 'latin1' ? 'latin1' : 'utf16le')
    yield encoding === 'utf16be' ? bytes.swap16() : bytes
  }
}

async function* compressed(blocks: AsyncIterable<Buffer>, most = Infinity): AsyncGenerator<Buffer> {
  let left = most
  for await (const block of Readable.from(blocks).pipe(createGzip()) as AsyncIterable<Buffer>) {
    yield block.subarray(0, left)
    left -= block.length
    if (left <= 0) return
  }
}

function incompressible({ seed, n }: { seed: number; n: number }): Buffer {
  const hash = createHash('shake256', { outputLength: n }).update(String(seed))
  return Buffer.from(hash.digest('hex').slice(0, n))
}
