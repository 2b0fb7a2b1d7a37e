/**
 * The bench's own farm, a program of its own: RSS feeds of 10 to 80 articles with about 5 KB of HTML, gzipped, with right
 * 304s. It speaks the control commands that lib-refresh-farm.ts uses.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { makeWriters, randomFrom, scriptOf } from './lib-store-words.ts'

const option = (name: string) => Number(process.argv[process.argv.indexOf(name) + 1])
const port = option('--port')
const count = option('--n')
const newest = Date.UTC(2026, 9, 31)
const hour = 60 * 60_000
/** Hosts of the loopback network, so that no host has more feeds than a real one; not every system answers to all of them. */
const hosts = process.platform === 'linux' ? 200 : 0

const writerOf = makeWriters()
const added = new Uint32Array(count)
const bodies = new Map<number, { tag: string; bytes: Buffer }>()
let latency = 0
let stats = freshStats()

function freshStats() {
  return { requests: 0, ok200: 0, n304: 0, touched: new Set<number>() }
}

function bodyOf(feed: number): { tag: string; bytes: Buffer } {
  const tag = `"${feed}-${added[feed]}"`
  const known = bodies.get(feed)
  if (known?.tag === tag) return known
  const made = { tag, bytes: gzipSync(documentOf(feed), { level: 1 }) }
  bodies.set(feed, made)
  return made
}

function documentOf(feed: number): string {
  const size = 10 + Math.floor(70 * randomFrom(feed)() ** 2)
  const first = added[feed] ?? 0
  const items = Array.from({ length: size }, (_, index) => itemOf(feed, first + size - 1 - index))
  const channel = `<title>Feed ${feed}</title><link>${siteOf(feed)}</link><description>News</description>`
  return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>${channel}${items.join('')}</channel></rss>`
}

function itemOf(feed: number, number: number): string {
  const random = randomFrom(feed * 1_000 + number)
  const writer = writerOf(scriptOf(feed), random)
  const link = `${siteOf(feed)}/${number}`
  const paragraphs = Array.from({ length: 8 }, (_, index) => {
    const words = writer.prose(500)
    return index % 3 === 1 ? `<p>${words} <a href="${link}#${index}">more</a> <b>now</b>.</p>` : `<p>${words}</p>`
  })
  const date = new Date(newest - (400 - number) * hour).toUTCString()
  return `<item><title>${writer.prose(50)}</title><link>${link}</link><guid>${link}</guid><pubDate>${date}</pubDate><content:encoded><![CDATA[${paragraphs.join('\n')}]]></content:encoded></item>`
}

function siteOf(feed: number): string {
  return `http://${hostOf(feed)}:${port}/site/${feed}`
}

function hostOf(feed: number): string {
  return `127.0.0.${1 + (feed % (hosts + 1))}`
}

function urlOf(feed: number): string {
  return `http://${hostOf(feed)}:${port}/feed/${feed}.xml`
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://farm.example')
  const [, kind, name = ''] = url.pathname.split('/')
  if (kind === 'control') return void response.end(control(name, url.searchParams))
  const feed = Number.parseInt(name, 10)
  if (kind !== 'feed' || !(feed < count)) return void response.writeHead(404).end()
  stats.requests++
  stats.touched.add(feed)
  if (latency === 0) serveFeed(feed, request, response)
  else setTimeout(() => serveFeed(feed, request, response), lognormal())
}

/** Most answers about the median, some much later. */
function lognormal(): number {
  const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
  return latency * Math.exp(0.8 * normal)
}

function serveFeed(feed: number, request: IncomingMessage, response: ServerResponse): void {
  const { tag, bytes } = bodyOf(feed)
  if (request.headers['if-none-match'] === tag) {
    stats.n304++
    response.writeHead(304, { etag: tag }).end()
    return
  }
  stats.ok200++
  response.writeHead(200, { 'content-type': 'application/rss+xml', 'content-encoding': 'gzip', etag: tag }).end(bytes)
}

function control(name: string, given: URLSearchParams): string {
  const feeds = Array.from({ length: count }, (_, feed) => feed)
  if (name === 'urls') return feeds.map(urlOf).join('\n')
  if (name === 'opml') {
    const rows = feeds.map(feed => `<outline type="rss" text="Feed ${feed}" xmlUrl="${urlOf(feed)}"/>`)
    return `<?xml version="1.0"?><opml version="2.0"><head/><body>${rows.join('\n')}</body></opml>`
  }
  if (name === 'latency') latency = Number(given.get('median'))
  else if (name === 'rewind') added.fill(0)
  else if (name === 'add') for (const feed of feeds) if (feed % 10 === 3) added[feed] = (added[feed] ?? 0) + 3
  if (name === 'rewind' || name === 'add') for (const feed of feeds) bodyOf(feed)
  if (name === 'reset-stats') stats = freshStats()
  const { touched, ...counts } = stats
  return JSON.stringify({ ...counts, feedsTouched: touched.size })
}

for (let feed = 0; feed < count; feed++) bodyOf(feed)
let waiting = hosts + 1
for (let host = 1; host <= hosts + 1; host++) {
  createServer(answer).listen(port, `127.0.0.${host}`, () => --waiting === 0 && console.log('ready'))
}
