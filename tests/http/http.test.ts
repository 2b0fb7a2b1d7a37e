import { once } from 'node:events'
import net from 'node:net'
import zlib from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { HttpOptions } from '../../src-main/http/client.ts'
import type { HttpAnswer, HttpRequest } from '../../src-main/http/types.ts'
import type { TestServer } from './http-server.ts'
import { httpWorld, unplugged } from './http-world.ts'

const { server, proxyServer, client } = httpWorld()

function ask(at: TestServer, path = '/', more: Partial<HttpRequest> = {}, options: HttpOptions = {}) {
  return client(options).get({ url: at.base + path, accept: 'text/xml', privateHost: at.host, ...more })
}

function text(answer: HttpAnswer): string {
  return answer.kind === 'answer' ? Buffer.from(answer.body).toString() : JSON.stringify(answer.failure)
}

describe('what is sent', () => {
  test('says who we are and what we take, and nothing about the reader', async () => {
    const at = await server((_, response) => response.setHeader('set-cookie', 'a=b').end('ok'))
    const http = client()
    await http.get({ url: `${at.base}/feed?x=1`, accept: 'application/rss+xml', privateHost: at.host })
    await http.get({ url: `${at.base}/feed?x=1`, accept: 'application/rss+xml', privateHost: at.host })
    expect(at.seen[1]).toEqual({
      method: 'GET',
      path: '/feed?x=1',
      headers: {
        host: at.host,
        connection: 'keep-alive',
        accept: 'application/rss+xml',
        'accept-encoding': 'gzip, br, zstd',
        'user-agent': expect.stringMatching(/^Broadsheet\/\d+\.\d+\.\d+ \(\+https:\/\/[^)]+\)$/),
      },
    })
  })

  test('returns validators byte for byte, odd bytes included', async () => {
    const at = await server((request, response) => {
      response.setHeader('etag', '"aé\u00ff"').setHeader('last-modified', 'no date é').end(Buffer.from('ok'))
      request.resume()
    })
    const first = await ask(at)
    const headers = first.kind === 'answer' ? first.headers : {}
    await ask(at, '/', {
      conditional: {
        url: `${at.base}/`,
        headers: { 'if-none-match': headers.etag ?? '', 'if-modified-since': headers['last-modified'] ?? '' },
      },
    })
    expect(at.seen[1]?.headers).toMatchObject({ 'if-none-match': '"aé\u00ff"', 'if-modified-since': 'no date é' })
  })

  test('turns the credentials of an address into a header and shows them nowhere', async () => {
    const at = await server((_, response) => response.end('ok'))
    const answer = await client().get({
      url: at.base.replace('http://', 'http://me:p%40ss@'),
      accept: '*/*',
      privateHost: at.host,
    })
    expect(at.seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`)
    expect(JSON.stringify(answer)).not.toContain('p@ss')
  })
})

describe('bodies', () => {
  const plain = '<rss>äöü</rss>'.repeat(1000)
  const codings: [string, Buffer][] = [
    ['gzip', zlib.gzipSync(plain)],
    ['br', zlib.brotliCompressSync(plain)],
    ['zstd', zlib.zstdCompressSync(plain)],
    ['deflate', zlib.deflateSync(plain)],
    ['deflate', zlib.deflateRawSync(plain)],
    ['', zlib.gzipSync(plain)],
    ['gzip', Buffer.from(plain)],
    ['utf-8', Buffer.from(plain)],
  ]
  test.each(codings)('%s is decoded, claimed rightly or not', async (coding, bytes) => {
    const at = await server((_, response) => {
      if (coding) response.setHeader('content-encoding', coding)
      response.end(bytes)
    })
    expect(text(await ask(at))).toBe(plain)
  })

  test('a truncated gzip body is a bad answer, not half a feed', async () => {
    const whole = zlib.gzipSync(plain)
    const at = await server((_, response) =>
      response.setHeader('content-encoding', 'gzip').end(whole.subarray(0, whole.length - 20)),
    )
    expect(await ask(at)).toMatchObject({ kind: 'failed', failure: { reason: 'bad-answer' } })
  })

  test('codings on top of each other are refused', async () => {
    const at = await server((_, response) =>
      response.setHeader('content-encoding', 'gzip, gzip').end(zlib.gzipSync(zlib.gzipSync(plain))),
    )
    expect(await ask(at)).toMatchObject({ kind: 'failed', failure: { reason: 'bad-answer' } })
  })

  test('a bomb is dropped at the limit, while it is still arriving', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(50_000_000))
    let isCut = false
    const at = await server((_, response) => {
      response.setHeader('content-encoding', 'gzip').write(bomb)
      // Never ended: only the client can finish this.
      response.on('close', () => {
        isCut = true
      })
    })
    expect(await ask(at)).toEqual({ kind: 'failed', failure: { reason: 'too-large', megabytes: 20 } })
    await expect.poll(() => isCut).toBe(true)
  })

  test('an endless body is dropped at the limit', async () => {
    const at = await server((_, response) => {
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 'x')));
        if (!response.destroyed) response.once('drain', pour)
      }
      pour()
    })
    expect(await ask(at, '/', { maxBytes: 1_000_000 })).toEqual({
      kind: 'failed',
      failure: { reason: 'too-large', megabytes: 1 },
    })
  })

  test('a body that is announced as longer than the limit is not waited for', async () => {
    const at = await server((_, response) => {
      response.writeHead(200, { 'content-length': 1_000_001 }).flushHeaders()
    })
    // Nothing of it ever comes.
    expect(await ask(at, '/', { maxBytes: 1_000_000 }, { limits: { whole: 20_000 } })).toEqual({
      kind: 'failed',
      failure: { reason: 'too-large', megabytes: 1 },
    })
  })

  test('headers of 60 KB are taken', async () => {
    const at = await server((_, response) => response.setHeader('x-big', 'b'.repeat(60_000)).end('ok'))
    expect(text(await ask(at))).toBe('ok')
  })

  test.each([
    { name: 'as long as it is', headers: {} },
    { name: 'announced as long', headers: { 'content-length': 1_000_000 } },
  ])('the page of an error is cut short, the status stays: $name', async ({ headers }) => {
    const at = await server((_, response) => response.writeHead(404, headers).end(Buffer.alloc(1_000_000, 'x')))
    expect(await ask(at)).toMatchObject({ kind: 'answer', status: 404 })
  })
})

describe('redirects', () => {
  test('are followed with every hop told, and validators go only to their own address', async () => {
    const at = await server((request, response) =>
      request.url === '/a'
        ? response.writeHead(301, { location: '/b#part' }).end()
        : request.url === '/b'
          ? response.writeHead(302, { location: 'c' }).end('moved')
          : response.end('here'),
    )
    const answer = await ask(at, '/a', {
      headers: { 'x-own': 'yes' },
      conditional: { url: `${at.base}/c`, headers: { 'if-none-match': '"c"' } },
    })
    expect(answer).toMatchObject({
      status: 200,
      url: `${at.base}/c`,
      hops: [
        { status: 301, from: `${at.base}/a`, to: `${at.base}/b` },
        { status: 302, from: `${at.base}/b`, to: `${at.base}/c` },
      ],
    })
    expect(at.seen.map(one => [one.headers['x-own'], one.headers['if-none-match']])).toEqual([
      ['yes', undefined],
      ['yes', undefined],
      ['yes', '"c"'],
    ])
  })

  test('lose every header of ours when they leave the origin', async () => {
    const target = await server((_, response) => response.end('here'))
    const via = await proxyServer()
    const at = await server((_, response) => response.writeHead(302, { location: 'http://other.test/x' }).end())
    await client().get({
      url: at.base.replace('http://', 'http://me:secret@'),
      accept: '*/*',
      headers: { 'x-own': 'yes' },
      privateHost: at.host,
      proxy: via.base,
    })
    expect(target.seen).toEqual([])
    expect(via.seen[0]).toMatchObject({ path: 'http://other.test/x' })
    expect(Object.keys(via.seen[0]?.headers ?? {})).not.toContain('authorization')
    expect(Object.keys(via.seen[0]?.headers ?? {})).not.toContain('x-own')
  })

  test.each([
    ['http://[::bad', 'bad-redirect'],
    ['data:text/xml,<rss/>', 'bad-redirect'],
    ['ftp://127.0.0.1/x', 'bad-redirect'],
    ['javascript:alert(1)', 'bad-redirect'],
    ['file:///etc/passwd', 'bad-redirect'],
    ['/', 'redirect-loop'],
    ['http://127.0.0.1:1/secret', 'private-address'],
    ['http://localhost:1/', 'private-address'],
    ['http://[::ffff:127.0.0.1]:1/', 'private-address'],
    ['http://169.254.169.254/latest/meta-data/', 'private-address'],
    ['http://2130706433/', 'private-address'],
  ])('to %s is refused: %s', async (location, reason) => {
    const at = await server((_, response) => response.writeHead(302, { location }).end())
    expect(await ask(at)).toMatchObject({ kind: 'failed', failure: { reason } })
  })

  test('an endless chain ends after five hops', async () => {
    const at = await server((request, response) => response.writeHead(302, { location: `${request.url}x` }).end())
    expect(await ask(at)).toEqual({ kind: 'failed', failure: { reason: 'redirect-loop' } })
    expect(at.seen.length).toBe(6)
  })
})

describe('private networks', () => {
  test('are closed unless the user allowed exactly this host and port', async () => {
    const at = await server((_, response) => response.end('ok'))
    expect(await ask(at, '/', { privateHost: null })).toEqual({
      kind: 'failed',
      failure: { reason: 'private-address', host: '127.0.0.1' },
    })
    expect(await ask(at, '/', { privateHost: '127.0.0.1:1' })).toMatchObject({ kind: 'failed' })
    expect(at.seen).toEqual([])
    expect(text(await ask(at))).toBe('ok')
  })

  test('stay closed to a public name that resolves into them, also after an allowed request opened a connection', async () => {
    const at = await server((_, response) => response.end('ok'))
    const port = at.host.split(':')[1]
    const http = client({
      resolve: (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    })
    const url = `http://rebound.test:${port}/`
    const allowed = await http.get({ url, accept: '*/*', privateHost: `rebound.test:${port}` })
    expect(text(allowed)).toBe('ok')
    expect(await http.get({ url, accept: '*/*' })).toEqual({
      kind: 'failed',
      failure: { reason: 'private-address', host: 'rebound.test' },
    })
    expect(at.seen.length).toBe(1)
  })

  test('stay closed where the name’s address is another when it is connected to than when it was judged', async () => {
    const at = await server((_, response) => response.end('ok'))
    let reads = 0
    const turning = {
      family: 4,
      get address() {
        return reads++ === 0 ? '93.184.216.34' : '127.0.0.1'
      },
    }
    const http = client({ resolve: (_name, _options, callback) => callback(null, [turning]) })
    expect(await http.get({ url: `http://turning.test:${at.host.split(':')[1]}/`, accept: '*/*' })).toEqual({
      kind: 'failed',
      failure: { reason: 'private-address', host: 'turning.test' },
    })
    expect(reads).toBeGreaterThan(1)
    expect(at.seen).toEqual([])
  })
})

describe('what goes wrong is said', () => {
  test.each([
    ['not an address', 'bad-address'],
    ['ftp://example.com/', 'bad-address'],
  ])('%s: %s', async (url, reason) => {
    expect(await client().get({ url, accept: '*/*' })).toEqual({ kind: 'failed', failure: { reason } })
  })

  test('an unknown name', async () => {
    const error = Object.assign(new Error('no'), { code: 'ENOTFOUND' })
    const http = client({ resolve: (_name, _options, callback) => callback(error, []) })
    expect(await http.get({ url: 'http://nowhere.test/', accept: '*/*' })).toEqual({
      kind: 'failed',
      failure: { reason: 'dns', host: 'nowhere.test' },
    })
  })

  test.each(['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH'])(
    'that the computer is on no network, whatever comes of that: %s',
    async code => {
      const error = Object.assign(new Error('no'), { code })
      const http = client({ resolve: (_name, _options, callback) => callback(error, []), networks: () => unplugged })
      expect(await http.get({ url: 'http://example.com/', accept: '*/*' })).toEqual({
        kind: 'failed',
        failure: { reason: 'offline' },
      })
    },
  )

  test('a closed port', async () => {
    const at = await server((_, response) => response.end())
    await at.close()
    expect(await ask(at, '/', {}, { networks: () => unplugged })).toEqual({
      kind: 'failed',
      failure: { reason: 'refused', host: '127.0.0.1' },
    })
  })

  test('a server that never answers, one that stops in the middle and one that drips', async () => {
    const at = await server((request, response) => {
      if (request.url === '/silent') return
      response.write('x'.repeat(100))
      if (request.url === '/stops') return
      const timer = setInterval(() => response.write('x'), 10)
      response.on('close', () => clearInterval(timer))
    })
    const silent = await ask(at, '/silent', {}, { limits: { headers: 100 } })
    expect(silent).toMatchObject({ failure: { reason: 'timeout', seconds: 0.1 } })
    const limits = { dripWindow: 100, dripBytes: 1_000 }
    expect(await ask(at, '/stops', {}, { limits })).toMatchObject({ failure: { reason: 'too-slow' } })
    expect(await ask(at, '/drips', {}, { limits })).toMatchObject({ failure: { reason: 'too-slow' } })
    const whole = { limits: { whole: 100 } }
    expect(await ask(at, '/drips', {}, whole)).toMatchObject({ failure: { reason: 'too-slow', seconds: 0.1 } })
  })

  test.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
    ['headers over 64 KB', `HTTP/1.1 200 OK\r\nx-big: ${'b'.repeat(70_000)}\r\n\r\n`],
    ['a connection closed in the middle of headers', 'HTTP/1.1 200 OK\r\ncontent-'],
    ['a body shorter than announced', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort'],
  ])('%s is a bad answer', async (_name, bytes) => {
    const raw = net.createServer(socket => socket.end(bytes)).listen(0, '127.0.0.1')
    await once(raw, 'listening')
    const host = `127.0.0.1:${(raw.address() as net.AddressInfo).port}`
    const answer = await client().get({ url: `http://${host}/`, accept: '*/*', privateHost: host })
    raw.close()
    expect(answer).toMatchObject({ kind: 'failed', failure: { reason: 'bad-answer' } })
  })

  test('giving up ends the request at once', async () => {
    const at = await server(() => undefined)
    const giveUp = new AbortController()
    const answer = ask(at, '/', { signal: giveUp.signal })
    await expect.poll(() => at.seen.length).toBe(1)
    giveUp.abort()
    expect(await answer).toMatchObject({ kind: 'failed' })
    expect(await ask(at, '/', { signal: giveUp.signal })).toMatchObject({ kind: 'failed' })
    expect(at.seen.length).toBe(1)
  })
})
