import net from 'node:net'
import zlib from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { explain } from '../../src-main/api/reasons.ts'
import type { HttpAnswer } from '../../src-main/http/types.ts'
import type { Handler } from './http-server.ts'
import { httpWorld } from './http-world.ts'

const world = httpWorld()

const text = `<rss>${'some words äöü '.repeat(2_000)}</rss>`
const plain = Buffer.from(text)

async function get(url: string, host: string, limits = {}): Promise<HttpAnswer> {
  return await world.client({ limits }).get({ url, accept: '*/*', privateHost: host })
}

async function ask(handler: Handler, limits = {}): Promise<HttpAnswer> {
  const at = await world.server(handler)
  return await get(`${at.base}/`, at.host, limits)
}

/** What a server that writes these bytes and closes, or resets, the connection is understood to answer. */
async function askRaw(pieces: (string | Buffer)[], end: 'close' | 'reset'): Promise<HttpAnswer> {
  const server = net.createServer(socket => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      for (const piece of pieces) socket.write(piece)
      if (end === 'close') socket.end()
      // What was written has to leave first, or nothing of it comes.
      else setTimeout(() => socket.resetAndDestroy(), 50)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  world.after(() => new Promise(resolve => server.close(resolve)))
  const host = `127.0.0.1:${(server.address() as net.AddressInfo).port}`
  return await get(`http://${host}/`, host)
}

function sent(coding: string, bytes: Buffer): Handler {
  return (_, response) => response.setHeader('content-encoding', coding).end(bytes)
}

/** What there is of an answer that is damaged. */
function partialOf(answer: HttpAnswer): string | null {
  return answer.kind === 'failed' && answer.partial ? Buffer.from(answer.partial.body).toString() : null
}

/** The body, whether or not its end is in doubt. */
function bodyOf(answer: HttpAnswer): string | null {
  return answer.kind === 'answer' ? Buffer.from(answer.body).toString() : partialOf(answer)
}

/** A comparison that fails in one line. */
function isText(found: string | null): string | true {
  return found === text || (found ?? 'nothing').slice(0, 200)
}

describe('a whole body in a damaged envelope', () => {
  const gzip = zlib.gzipSync(text)
  const badChecksum = Buffer.from(gzip)
  badChecksum[gzip.length - 7]! ^= 0xff
  const named = Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 0x1c, 0, 0, 0, 0, 0, 3, 2, 0, 1, 2]),
    Buffer.from('feed.xml\0comment\0'),
    gzip.subarray(10, -3),
  ])

  test.each<[string, string, Buffer]>([
    ['gzip with text after it', 'gzip', Buffer.concat([gzip, Buffer.from('\n<!-- cached -->')])],
    ['gzip without its trailer', 'gzip', gzip.subarray(0, -8)],
    ['gzip without half its trailer', 'gzip', gzip.subarray(0, -6)],
    ['gzip with a wrong checksum', 'gzip', badChecksum],
    ['gzip with a name and a comment, and no end', 'gzip', named],
    [
      'gzip in two members, the second without its trailer',
      'gzip',
      Buffer.concat([zlib.gzipSync(text.slice(0, 99)), zlib.gzipSync(text.slice(99)).subarray(0, -6)]),
    ],
    ['gzip named by two servers on the way', 'gzip, gzip', gzip],
    ['gzip beside a name that is no coding', 'identity, gzip', gzip],
    ['deflate without its checksum', 'deflate', zlib.deflateSync(text).subarray(0, -4)],
    ['nothing at all, under an unknown name', 'zz-unknown', plain],
  ])('%s comes, and is said to be damaged where it is', async (_name, coding, bytes) => {
    const answer = await ask(sent(coding, bytes))
    expect(isText(bodyOf(answer))).toBe(true)
  })

  test.each<[string, string, Buffer]>([
    ['brotli', 'br', plain],
    ['deflate', 'deflate', plain],
    ['zstd', 'zstd', plain],
    ['brotli, and are gzip', 'br', gzip],
    ['gzip, and are zstd', 'gzip', zlib.zstdCompressSync(text)],
    ['nothing, and are zstd', 'identity', zlib.zstdCompressSync(text)],
  ])('bytes that claim to be %s are taken as what they are', async (_name, coding, bytes) => {
    const answer = await ask(sent(coding, bytes))
    expect(answer.kind).toBe('answer')
    expect(isText(bodyOf(answer))).toBe(true)
  })

  test('chunks without their end, closed and reset', async () => {
    const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'
    const chunk = `${plain.length.toString(16)}\r\n${text}\r\n`
    expect(isText(partialOf(await askRaw([head, chunk], 'close')))).toBe(true)
    expect(isText(partialOf(await askRaw([head, chunk], 'reset')))).toBe(true)
  })

  test('more bytes announced than there are', async () => {
    const head = `HTTP/1.1 200 OK\r\ncontent-length: ${plain.length + 100}\r\n\r\n`
    expect(isText(partialOf(await askRaw([head, plain], 'close')))).toBe(true)
    expect(isText(partialOf(await askRaw([head, plain], 'reset')))).toBe(true)
  })

  test('a connection that is reset where it should be closed', async () => {
    expect(isText(bodyOf(await askRaw(['HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n', plain], 'reset')))).toBe(true)
  })

  test('a connection that stays open', async () => {
    const answer = await ask((_, response) => void response.writeHead(200, { 'content-length': 99_999 }).write(plain), {
      dripWindow: 100,
    })
    expect(answer).toMatchObject({ kind: 'failed', failure: { reason: 'too-slow' } })
    expect(isText(partialOf(answer))).toBe(true)
  })
})

describe('half a body', () => {
  test('comes with the reason, decoded as far as it goes', async () => {
    const noise = Array.from({ length: 20_000 }, (_, index) => ((index * 2_654_435_761) % 97_003).toString(36)).join(
      ' ',
    )
    const half = zlib.gzipSync(noise).subarray(0, 40_000)
    const answer = await ask(sent('gzip', half))
    expect(answer).toMatchObject({ kind: 'failed', failure: { reason: 'bad-answer' }, partial: { status: 200 } })
    const partial = partialOf(answer) ?? ''
    expect(partial.length).toBeGreaterThan(10_000)
    expect(noise.startsWith(partial)).toBe(true)
  })

  test('that unpacks to more than the limit is not taken', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(30_000_000)).subarray(0, -6)
    expect(await ask(sent('gzip', bomb))).toEqual({ kind: 'failed', failure: { reason: 'too-large', megabytes: 20 } })
  })

  test('of nothing readable is only a failure', async () => {
    const answer = await ask(sent('br', Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 1, 2, 3])))
    expect(answer).toEqual({ kind: 'failed', failure: { reason: 'bad-answer', detail: expect.any(String) } })
  })

  test('is told in words, not in codes', async () => {
    const failures = [
      await askRaw(['HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n', 'x'], 'close'),
      await askRaw(['HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n', 'x'], 'reset'),
      await askRaw([], 'close'),
      await askRaw(['SSH-2.0-OpenSSH_9.6\r\n\r\n'], 'close'),
      await askRaw(['HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'], 'close'),
      await ask(sent('gzip, gzip', zlib.gzipSync(zlib.gzipSync(text)))),
      await ask(sent('br', zlib.brotliCompressSync(text).subarray(0, 5))),
    ]
    for (const answer of failures) {
      const words = answer.kind === 'failed' ? explain(answer.failure).what : ''
      expect(words).toMatch(/^The server’s answer makes no sense: [a-z’ ]+\.$/)
    }
  })
})
