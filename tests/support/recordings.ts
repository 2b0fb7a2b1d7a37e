/** A recording on a test's server: hundreds of megabytes that take no room on the disk, sent by ranges or in other ways. */
import { createReadStream, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { waveHeader } from './sounds.ts'

export type Recording = {
  bytes: number
  /** What was asked for so far: the Range header, or '' without one. */
  ranges: string[]
  /** Bytes that the server has handed to the system so far. */
  sent(): number
  respond(request: IncomingMessage, response: ServerResponse): void
  [Symbol.dispose](): void
}

type Manners = {
  /** Default true. */
  hasRanges?: boolean
  /** Ends the connection once an answer has so many bytes; for the first so many answers. `isTidy`: as if that were all. */
  cut?: { after: number; times: number; isTidy?: true }
  /** Of each answer, one after the other; the last one stays. */
  etags?: string[]
}

/** A WAV file of so many bytes in all, which is a hole in the disk but for its beginning. */
export function sparseRecording(bytes: number, { hasRanges = true, cut, etags = [] }: Manners = {}): Recording {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-sound-'))
  const file = join(folder, 'episode.wav')
  writeFileSync(file, waveHeader(bytes - 44))
  truncateSync(file, bytes)
  const responses = new Set<ServerResponse>()
  const ranges: string[] = []
  let cuts = 0

  return {
    bytes,
    ranges,
    sent: () => [...responses].reduce((sum, { socket, req }) => sum + (socket ?? req.socket).bytesWritten, 0),
    respond(request, response) {
      const asked = request.headers.range ?? ''
      const etag = etags[Math.min(ranges.length, etags.length - 1)]
      ranges.push(asked)
      // A connection that is used again has counted what went before.
      response.setHeader('connection', 'close')
      responses.add(response)
      response.on('error', () => {})
      const [, from, to] = (hasRanges && /^bytes=(\d+)-(\d*)$/.exec(asked)) || []
      const start = Number(from ?? 0)
      const end = to ? Math.min(Number(to), bytes - 1) : bytes - 1
      response.writeHead(from === undefined ? 200 : 206, {
        'content-type': 'audio/wav',
        ...(!cut?.isTidy && { 'content-length': end - start + 1 }),
        ...(etag && { etag }),
        ...(from !== undefined && { 'content-range': `bytes ${start}-${end}/${bytes}` }),
      })
      const isCut = cut !== undefined && cuts++ < cut.times && end - start >= cut.after
      const stream = createReadStream(file, { start, end: isCut ? start + cut.after - 1 : end })
      const isTorn = isCut && !cut.isTidy
      stream.pipe(response, { end: !isTorn })
      if (isTorn) stream.on('end', () => response.write('', () => request.socket.destroySoon()))
      response.on('close', () => stream.destroy())
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
