/** Everything a web server may do to a feed reader, by path. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'

export type Responder = (request: IncomingMessage, response: ServerResponse) => void

const feedType = { 'content-type': 'application/rss+xml; charset=utf-8' }
const pageType = { 'content-type': 'text/html; charset=utf-8' }

/** What each path does. `feed` is a good RSS text to spoil, `delay` calls back after so many milliseconds, unless the server closes first. */
export function misbehaviours(feed: string, delay: (ms: number, then: () => void) => void): Record<string, Responder> {
  const whole = Buffer.from(feed)
  const half = whole.subarray(0, whole.length / 2)
  return {
    '/moved-permanently': redirect(301, '/rss.xml'),
    '/moved-temporarily': redirect(302, '/rss.xml'),
    '/see-other': redirect(303, '/rss.xml'),
    '/temporary-redirect': redirect(307, '/rss.xml'),
    '/permanent-redirect': redirect(308, '/rss.xml'),
    '/loop': redirect(302, '/loop-back'),
    '/loop-back': redirect(302, '/loop'),
    '/bad-redirect': redirect(302, 'ftp://files.example/rss.xml'),
    '/redirect-nowhere': (_, response) => response.writeHead(302).end(),

    '/not-found': refuse(404, 'No such page'),
    '/forbidden': refuse(403, 'Forbidden'),
    '/gone': refuse(410, 'Gone'),
    '/error': refuse(500, 'Something broke'),
    '/busy': refuse(429, 'Too many requests', { 'retry-after': '3600' }),
    '/unavailable': refuse(503, 'Back soon', { 'retry-after': '120' }),
    '/bot-wall': refuse(403, '<title>Just a moment...</title>', { 'cf-mitigated': 'challenge', server: 'cloudflare' }),
    '/protected': (request, response) => {
      // The name is 'reader', the password 'secret'.
      if (request.headers.authorization === 'Basic cmVhZGVyOnNlY3JldA==') response.writeHead(200, feedType).end(whole)
      else response.writeHead(401, { 'www-authenticate': 'Basic realm="feeds"' }).end('Who are you?')
    },

    '/slow': (request, response) => {
      const ms = Number(new URL(request.url ?? '/', 'http://server').searchParams.get('ms') ?? 2_000)
      delay(ms, () => response.writeHead(200, feedType).end(whole))
    },
    '/hang': () => {},
    '/hang-half-way': (_, response) => {
      response.writeHead(200, feedType).write(half)
    },
    '/drip': (_, response) => {
      response.writeHead(200, feedType)
      drip(response, whole, delay)
    },
    '/truncated': (_, response) => {
      response.writeHead(200, { ...feedType, 'content-length': whole.length })
      response.write(half, () => response.destroy())
    },
    '/reset': (_, response) => response.destroy(),
    '/endless': (_, response) => {
      response.writeHead(200, feedType)
      pour(response)
    },
    // 200 MB in a few hundred kilobytes: gzip members may follow one another (RFC 1952, section 2.2).
    '/bomb': send(Buffer.concat([gzipSync(half), ...Array(200).fill(gzipSync(Buffer.alloc(1_000_000, 32)))]), {
      ...feedType,
      'content-encoding': 'gzip',
    }),

    '/cut-short.xml': send(half, feedType),
    '/stray-ampersand.xml': send(feed.replace('</title>', ' & sons</title>'), feedType),
    '/wrong-type.xml': send(whole, { 'content-type': 'text/plain' }),
    '/typed-as-html.xml': send(whole, pageType),
    '/typed-as-bytes.xml': send(whole, { 'content-type': 'application/octet-stream' }),
    '/page-typed-as-feed.xml': send('<!doctype html><title>A page</title><p>No feed here.</p>', feedType),
    '/nothing.xml': send('', feedType),
    '/picture.xml': send(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), { 'content-type': 'image/png' }),
    '/latin1.xml': send(
      Buffer.from(
        feed.replace('UTF-8', 'windows-1252').replace('<channel>', '<channel><!-- Größe, señor -->'),
        'latin1',
      ),
      { 'content-type': 'application/rss+xml' },
    ),
    '/gzip.xml': send(gzipSync(whole), { ...feedType, 'content-encoding': 'gzip' }),
    '/never-the-same.xml': (() => {
      let times = 0
      return (_, response) => {
        times += 1
        response.writeHead(200, { ...feedType, etag: `"${times}"` }).end(`${feed}<!-- ${times} -->`)
      }
    })(),
  }
}

function redirect(status: number, location: string): Responder {
  return (_, response) => response.writeHead(status, { location }).end()
}

function refuse(status: number, words: string, headers: Record<string, string> = {}): Responder {
  return (_, response) => response.writeHead(status, { ...pageType, ...headers }).end(words)
}

function send(body: string | Uint8Array, headers: Record<string, string>): Responder {
  return (_, response) => response.writeHead(200, headers).end(body)
}

function drip(response: ServerResponse, rest: Buffer, delay: (ms: number, then: () => void) => void): void {
  if (response.destroyed) return
  if (rest.length === 0) {
    response.end()
    return
  }
  response.write(rest.subarray(0, 1))
  delay(200, () => drip(response, rest.subarray(1), delay))
}

function pour(response: ServerResponse): void {
  const block = Buffer.alloc(64 * 1024, 60)
  while (!response.destroyed && response.write(block));
  if (!response.destroyed) response.once('drain', () => pour(response))
}
