/**
 * A web server on this computer that has feeds in every format, sites and pictures, and misbehaves on request.
 * For people: `node tests/support/feed-server.ts --port 8080`, then open the address it prints.
 */
import { createHash } from 'node:crypto'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { contentTypes, newest, type ServedFeed, type ServedItem, writeFeed } from './feed-formats.ts'
import { misbehaviours, type Responder } from './misbehaviour.ts'
import { colourOf, ico, plainPng } from './pictures.ts'
import { sampleFeeds } from './sample-feeds.ts'
import { sitePage } from './sites.ts'

export type SeenRequest = { method: string; path: string; headers: IncomingHttpHeaders; at: number }

export type FeedServer = {
  /** Without a slash at the end: `${server.url}/rss.xml`. */
  url: string
  port: number
  /** Everything asked so far, oldest first; `path` includes the query. */
  requests: SeenRequest[]
  /** Everything that has a feed, by path. */
  feeds: ReadonlyMap<string, ServedFeed>
  /** Puts a feed at a path, in place of what was there. */
  publish(path: string, feed: ServedFeed): void
  /** Puts an article at the top of a feed. Throws where there is no feed. */
  addArticle(path: string, item: ServedItem): void
  /** Changes what a feed says of an article. */
  changeArticle(path: string, id: string, changes: Partial<ServedItem>): void
  /** Answers a path by a function of the test's own, until `answer(path, null)`. Goes before everything else. */
  answer(path: string, responder: Responder | null): void
  /** Ends every connection, the hanging ones too. */
  close(): Promise<void>
}

export type FeedServerOptions = {
  /** 0 (any free one) when absent. */
  port?: number
  /** One that listens already, and goes on doing so after `close`: another can then have the same address. */
  server?: Server
  /** The time by which the invented articles are dated; milliseconds since 1970. */
  now?: number
  /** What it has besides, or instead of, the sample feeds. */
  feeds?: ReadonlyMap<string, ServedFeed>
  /** Pictures of the caller's own, by path. */
  pictures?: (path: string) => { type: string; body: Uint8Array | string } | null
}

/** Starts the server on 127.0.0.1. */
export async function startFeedServer(options: FeedServerOptions = {}): Promise<FeedServer> {
  const feeds = new Map<string, ServedFeed>([...sampleFeeds(options.now ?? Date.now()), ...(options.feeds ?? [])])
  const requests: SeenRequest[] = []
  const answers = new Map<string, Responder>()
  const timers = new Set<NodeJS.Timeout>()
  const onRequest: RequestListener = (request, response) => {
    const path = new URL(request.url ?? '/', url).pathname
    requests.push({ method: request.method ?? '', path: request.url ?? '/', headers: request.headers, at: Date.now() })
    // A reader that hangs up is an ordinary thing.
    response.on('error', () => {})
    const feed = feeds.get(path)
    const respond = answers.get(path) ?? (feed ? sendFeed(feed, `${url}${path}`) : (bad[path] ?? sendPage(path)))
    respond(request, response)
  }

  const server = options.server ?? (await listen(createServer(), options.port))
  server.on('request', onRequest)
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const sample = feeds.get('/rss.xml')
  const bad = misbehaviours(sample ? writeFeed(sample, `${url}/rss.xml`) : '', (ms, then) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      then()
    }, ms)
    timers.add(timer)
  })

  function sendPage(path: string): Responder {
    return (_, response) => {
      const picture = options.pictures?.(path) ?? drawPicture(path)
      if (picture) response.writeHead(200, { 'content-type': picture.type }).end(picture.body)
      else {
        const html = path === '/' ? indexPage([...feeds.keys(), ...Object.keys(bad)]) : sitePage(path, feeds)
        response
          .writeHead(html === null ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
          .end(html ?? '<!doctype html><title>Not found</title><p>There is no such page.</p>')
      }
    }
  }

  function feedAt(path: string): ServedFeed {
    const feed = feeds.get(path)
    if (!feed) throw new Error(`the feed server has no feed at ${path}`)
    return feed
  }

  return {
    url,
    port,
    requests,
    feeds,
    publish: (path, feed) => void feeds.set(path, feed),
    addArticle: (path, item) => {
      const feed = feedAt(path)
      feeds.set(path, { ...feed, items: [item, ...feed.items] })
    },
    changeArticle: (path, id, changes) => {
      const feed = feedAt(path)
      feeds.set(path, { ...feed, items: feed.items.map(item => (item.id === id ? { ...item, ...changes } : item)) })
    },
    answer: (path, responder) => void (responder ? answers.set(path, responder) : answers.delete(path)),
    close: () =>
      new Promise(resolve => {
        for (const timer of timers) clearTimeout(timer)
        server.off('request', onRequest)
        if (options.server) resolve()
        else server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Lets it listen on this computer only; at any free port unless one is given. */
export async function listen(server: Server, port = 0): Promise<Server> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return server
}

/** Sends a feed, or 304 where the reader has it already (RFC 9110, section 13: If-None-Match goes before the date). */
function sendFeed(feed: ServedFeed, selfUrl: string): Responder {
  return (request, response) => {
    const body = writeFeed(feed, selfUrl)
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`
    const modified = new Date(newest(feed)).toUTCString()
    const headers = { etag, 'last-modified': modified }
    if (isKnown(request, etag, modified)) response.writeHead(304, headers).end()
    else response.writeHead(200, { ...headers, 'content-type': contentTypes[feed.format] }).end(body)
  }
}

function isKnown({ headers }: IncomingMessage, etag: string, modified: string): boolean {
  if (headers['if-none-match'] !== undefined) return headers['if-none-match'] === etag
  return headers['if-modified-since'] === modified
}

function drawPicture(path: string): { type: string; body: Uint8Array } | null {
  if (path === '/favicon.ico') return { type: 'image/x-icon', body: ico(plainPng(16, 16, colourOf(path)), 16) }
  if (/^\/icons\/[\w-]+\.png$/.test(path)) return { type: 'image/png', body: plainPng(32, 32, colourOf(path)) }
  if (/^\/images\/[\w-]+\.png$/.test(path)) return { type: 'image/png', body: plainPng(640, 360, colourOf(path)) }
  return null
}

function indexPage(paths: string[]): string {
  const others = ['/site', '/site-with-one-feed', '/site-with-anchor', '/site-with-dead-feed', '/site-without-feed']
  const rows = [...paths, ...others].map(path => `<li><a href="${path}">${path}</a></li>`).join('')
  return `<!doctype html><title>Feed server</title><h1>What this server has</h1><ul>${rows}</ul>`
}

/** Run by itself: serves until it is stopped. */
async function main(args: string[]): Promise<void> {
  const at = args.indexOf('--port')
  const server = await startFeedServer({ port: at < 0 ? 0 : Number(args[at + 1]) })
  console.log(`Serving feeds on ${server.url}/ until you press Ctrl+C`)
}

if (import.meta.main) await main(process.argv.slice(2))
