import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { type Recording, sparseRecording } from '../support/recordings.ts'
import { intakeWorld } from './intake-world.ts'

const world = intakeWorld()

const megabyte = 1_000_000

/** Bytes of buffers that something still holds: those read and dropped are collected first. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().arrayBuffers
}

function open(first: number, last: number | null = null, privateHost: string | null = world.server.host) {
  return world.intake.openRecording({ url: `${world.server.base}/episode.wav`, privateHost, range: { first, last } })
}

function offer(recording: Recording): void {
  world.answer = recording.respond
}

/** Its bytes, up to so many. */
async function read(streamId: number, most = Number.POSITIVE_INFINITY): Promise<number | 'broken-off'> {
  for (let held = 0; ; ) {
    const piece = await world.intake.readRecording({ streamId })
    if (piece.kind !== 'bytes') return piece.kind === 'end' ? held : piece.kind
    held += piece.bytes.length
    if (held >= most) return held
  }
}

async function opened(first: number, last: number | null = null) {
  const answer = await open(first, last)
  if (!('streamId' in answer)) throw new Error(`refused: ${answer.status}`)
  return answer
}

describe('a recording of 300 MB', () => {
  test('is sought to its end without the bytes before it', async () => {
    using recording = sparseRecording(300 * megabyte)
    offer(recording)
    const start = await opened(0)
    await read(start.streamId, 1)
    const { streamId, ...end } = await opened(299 * megabyte)
    expect(end).toEqual({
      status: 206,
      type: 'audio/wav',
      maxAgeSeconds: 0,
      part: { first: 299 * megabyte, last: 300 * megabyte - 1, total: 300 * megabyte },
    })
    expect(await read(streamId)).toBe(megabyte)
    expect(recording.ranges).toEqual(['bytes=0-', `bytes=${299 * megabyte}-`])
    expect(recording.sent()).toBeLessThan(30 * megabyte)
  })

  test('waits on its server while nobody reads', async () => {
    using recording = sparseRecording(300 * megabyte)
    offer(recording)
    const left = await opened(0)
    await read(left.streamId, 1)
    const before = heldBytes()
    // Meanwhile the first could have come as far as this one.
    const had = Number(await read((await opened(0)).streamId, 150 * megabyte))
    // Of a connection the system holds some megabytes on both sides.
    expect(recording.sent() - had).toBeLessThan(30 * megabyte)
    expect(heldBytes() - before).toBeLessThan(30 * megabyte)
  })

  test('may be asked for in its middle first: what it is is told from its beginning', async () => {
    using recording = sparseRecording(300 * megabyte)
    offer(recording)
    const { type, part } = await opened(100 * megabyte, 100 * megabyte + 9)
    expect({ type, part }).toMatchObject({
      type: 'audio/wav',
      part: { first: 100 * megabyte, last: 100 * megabyte + 9 },
    })
    expect(recording.ranges).toEqual(['bytes=0-4095', `bytes=${100 * megabyte}-${100 * megabyte + 9}`])
  })
})

test('a connection that is cut goes on where it broke off', async () => {
  using recording = sparseRecording(2 * megabyte, { cut: { after: 600_000, times: 2 }, etags: ['"one"'] })
  offer(recording)
  const { streamId } = await opened(0)
  expect(await read(streamId)).toBe(2 * megabyte)
  expect(recording.ranges).toEqual(['bytes=0-', 'bytes=600000-1999999', 'bytes=1200000-1999999'])
})

test('an answer that ends before its range does, as if that were all, goes on too', async () => {
  using recording = sparseRecording(2 * megabyte, { cut: { after: 600_000, times: 2, isTidy: true } })
  offer(recording)
  const { streamId } = await opened(0)
  expect(await read(streamId)).toBe(2 * megabyte)
})

test('a recording that is another after the cut ends there, instead of going on with the other', async () => {
  using recording = sparseRecording(2 * megabyte, { cut: { after: 600_000, times: 1 }, etags: ['"one"', '"two"'] })
  offer(recording)
  const { streamId } = await opened(0)
  expect(await read(streamId)).toBe('broken-off')
})

test('a server without ranges sends all of it, and a cut ends it', async () => {
  using recording = sparseRecording(2 * megabyte, { hasRanges: false, cut: { after: 600_000, times: 9 } })
  offer(recording)
  const { streamId, status, part } = await opened(1_000_000)
  expect({ status, part }).toEqual({ status: 200, part: { first: 0, last: 1_999_999, total: 2_000_000 } })
  expect(await read(streamId)).toBe('broken-off')
})

test('neither a cookie nor a referrer goes along, and nothing is asked for compressed', async () => {
  using recording = sparseRecording(megabyte)
  offer(recording)
  await opened(0)
  const { headers } = world.asked('/episode.wav')[0] ?? {}
  expect(headers).toMatchObject({ range: 'bytes=0-', 'accept-encoding': 'identity' })
  expect(headers).not.toHaveProperty('cookie')
  expect(headers).not.toHaveProperty('referer')
})

test('a redirect takes the range along', async () => {
  using recording = sparseRecording(megabyte)
  world.answer = (request, response) => {
    if (request.url === '/episode.wav') response.writeHead(302, { location: '/elsewhere.wav' }).end('moved')
    else recording.respond(request, response)
  }
  await opened(500_000, 500_009)
  expect(recording.ranges).toEqual(['bytes=0-4095', 'bytes=500000-500009'])
})

test('one that nobody has read for long is given up for others', async () => {
  using recording = sparseRecording(megabyte)
  offer(recording)
  const first = await opened(0)
  for (let other = 0; other < 12; other++) await opened(0)
  expect(await read(first.streamId)).toBe('broken-off')
})

const page = '<!doctype html><title>Log in</title>'.padEnd(500, ' ')

test.each<[string, number, Record<string, string>, string | Buffer, number]>([
  ['a page that is sent as sound', 200, { 'content-type': 'audio/mpeg' }, page, 415],
  ['a picture', 200, {}, Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(500)]), 415],
  ['nothing at all', 200, {}, '', 415],
  ['one that is gone', 404, {}, 'not here', 404],
  ['a server that is broken', 500, {}, 'oh', 502],
  ['a range that was not asked for', 206, { 'content-range': 'bytes 7-9/10' }, 'abc', 502],
  ['compressed bytes', 200, { 'content-encoding': 'gzip' }, Buffer.alloc(500), 502],
])('%s is not played', async (_what, sent, headers, body, status) => {
  world.answer = (_, response) => response.writeHead(sent, headers).end(body)
  expect(await open(0)).toMatchObject({ status, type: 'text/plain' })
})

test('one on the own network is refused unless its feed is there', async () => {
  expect(await open(0, null, null)).toMatchObject({ status: 403 })
  expect(world.server.seen).toEqual([])
})
