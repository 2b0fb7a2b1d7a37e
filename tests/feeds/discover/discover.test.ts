import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { discover } from '../../../src-main/feeds/discover/discover.ts'
import type { DiscoverOutcome } from '../../../src-main/feeds/discover/session.ts'
import { threadFile } from '../../../src-main/host/file-server.ts'
import { createHttp } from '../../../src-main/http/client.ts'
import { isOwnNetwork } from '../../../src-main/http/private-address.ts'
import { createPool, type Pool } from '../../../src-main/workers/pool.ts'
import { wired } from '../../http/http-world.ts'
import { type FeedServer, startFeedServer } from '../../support/feed-server.ts'

// Threads take seconds to start on a busy machine.
vi.setConfig({ testTimeout: 20_000, hookTimeout: 30_000 })

const http = createHttp({ environment: {}, networks: () => wired })
let server: FeedServer
let pool: Pool

beforeAll(async () => {
  server = await startFeedServer()
  pool = createPool({ workerFile: threadFile('worker'), size: 2, deadlineMs: 10_000, memoryMb: 256 })
  await find(`${server.url}/site`)
})
afterAll(async () => {
  await Promise.all([server.close(), pool.close(), http.close()])
})
const answered: string[] = []
afterEach(() => {
  for (const path of answered.splice(0)) server.answer(path, null)
})

function find(address: string, timeLimit?: number): Promise<DiscoverOutcome> {
  server.requests.length = 0
  return discover(address, {
    http,
    readPage: input => pool.run('readPage', input),
    readFeed: input => pool.run('readFeed', input),
    mayBePrivate: async url => isOwnNetwork(url),
    signal: new AbortController().signal,
    timeLimit,
  })
}

/** Paths of the feeds found, or the failure. */
async function paths(address: string): Promise<unknown> {
  const outcome = await find(address)
  return outcome.kind === 'found' ? outcome.feeds.map(feed => feed.url.replace(server.url, '')) : outcome.failure
}

function serve(
  path: string,
  body: string,
  headers: Record<string, string> = { 'content-type': 'text/html' },
  status = 200,
): void {
  answered.push(path)
  server.answer(path, (_, response) => void response.writeHead(status, headers).end(body))
}

const link = (href: string, type = 'application/rss+xml', title = '') =>
  `<link rel="alternate" type="${type}" title="${title}" href="${href}">`
const page = (head: string, body = '') =>
  `<!doctype html><html><head><title>A site</title>${head}</head><body>${body}</body></html>`

describe('a feed itself', () => {
  test.each([
    '/rss.xml',
    '/atom.xml',
    '/rdf.xml',
    '/feed.json',
    '/wrong-type.xml',
    '/typed-as-html.xml',
    '/typed-as-bytes.xml',
    '/latin1.xml',
    '/cut-short.xml',
  ])('%s is found as it is', async path => {
    expect(await paths(`${server.url}${path}`)).toEqual([path])
  })

  test('is shown with its title, its latest articles, and kept so that it need not be asked again', async () => {
    const outcome = await find(`${server.url}/atom.xml`)
    if (outcome.kind === 'failed') throw new Error(outcome.failure.reason)
    const [feed] = outcome.feeds
    expect(feed).toMatchObject({ title: 'Orchard Notes', format: 'atom' })
    expect(feed?.latest.length).toBeGreaterThan(1)
    expect(outcome.bodies.get(feed?.url ?? '')).toMatchObject({
      answer: { status: 200 },
      contentType: expect.stringMatching(/atom/),
    })
    expect(server.requests.length).toBe(1)
  })

  test('that moved for good is followed where it is now, one that moved for a while where it was', async () => {
    expect(await paths(`${server.url}/moved-permanently`)).toEqual(['/rss.xml'])
    expect(await paths(`${server.url}/permanent-redirect`)).toEqual(['/rss.xml'])
    expect(await paths(`${server.url}/moved-temporarily`)).toEqual(['/moved-temporarily'])
  })

  test('is found by http where no scheme was typed and https is not spoken', async () => {
    expect(await paths(`127.0.0.1:${server.port}/rss.xml`)).toEqual(['/rss.xml'])
    expect(await paths(`feed:127.0.0.1:${server.port}/rss.xml`)).toEqual(['/rss.xml'])
  })

  test('keeps the name and password that were typed', async () => {
    const address = `http://reader:secret@127.0.0.1:${server.port}/protected`
    expect(await find(address)).toMatchObject({ kind: 'found', feeds: [{ url: address }] })
  })
})

describe('a page', () => {
  test('that links to its feed by feed:// has it', async () => {
    serve('/subscribe', page('', `<a href="feed://127.0.0.1:${server.port}/rss.xml">Subscribe</a>`))
    expect(await paths(`${server.url}/subscribe`)).toEqual(['/rss.xml'])
  })

  test('that declares feeds has them all, comments last', async () => {
    expect(await paths(`${server.url}/site`)).toEqual(['/rss.xml', '/atom.xml', '/comments.xml'])
    serve('/blog', page(link('/comments.xml') + link('/rss.xml')))
    expect(await paths(`${server.url}/blog`)).toEqual(['/rss.xml', '/comments.xml'])
  })

  test.each([
    ['attributes in any order and case', '<LINK HREF="/rss.xml" TITLE=x REL="Alternate" TYPE="APPLICATION/RSS+XML">'],
    ['a base', `<base href="/deep/down/">${link('../../rss.xml')}`],
    ['rel=feed', '<link rel="feed" href="/rss.xml">'],
    ['a bare XML type on an address that speaks of a feed', link('/rss.xml', 'text/xml')],
    ['JSON Feed', link('/feed.json', 'application/feed+json')],
    [
      'links that are no feeds beside it',
      `${link('/wp-json/', 'application/json')}${link('/o', 'application/json+oembed')}${link('/rss.xml')}`,
    ],
    ['the same feed twice', `${link('/rss.xml')}${link('/rss.xml#main')}${link('/rss.xml/')}`],
    ['the same feed at two addresses', `${link('/rss.xml')}${link('/moved-temporarily')}`],
  ])('is understood with %s', async (name, head) => {
    serve('/page', page(head))
    expect(await paths(`${server.url}/page`)).toEqual([name === 'JSON Feed' ? '/feed.json' : '/rss.xml'])
  })

  test('may only link to its feed', async () => {
    expect(await paths(`${server.url}/site-with-anchor`)).toEqual(['/atom.xml'])
    serve('/press', page('', '<a href="/about">About</a> <a href="/rdf.xml"><img alt="RSS"></a>'))
    expect(await paths(`${server.url}/press`)).toEqual(['/rdf.xml'])
  })

  test('may say it in an HTTP header', async () => {
    serve('/headed', page(''), {
      'content-type': 'text/html',
      link: '</style.css>; rel=preload, </atom.xml>; rel="alternate"; type="application/atom+xml"',
    })
    expect(await paths(`${server.url}/headed`)).toEqual(['/atom.xml'])
  })

  test('may send on to another page, once or twice', async () => {
    serve('/old', page('<meta http-equiv="Refresh" content="0; URL=\'/older\'">'))
    serve('/older', page('<meta http-equiv="refresh" content="1;url=/site-with-one-feed">'))
    expect(await paths(`${server.url}/old`)).toEqual(['/feed.json'])
  })

  test('may say nothing: the usual places are tried', async () => {
    const feed = server.feeds.get('/rss.xml')!
    server.publish('/quiet/feed', feed)
    serve('/quiet/', page(''))
    expect(await paths(`${server.url}/quiet/`)).toEqual(['/quiet/feed'])
  })

  test('somewhere in a site is not taken for the site, whose feed is only named', async () => {
    serve('/', page(link('/atom.xml', 'application/atom+xml')))
    expect(await paths(`${server.url}/site-without-feed`)).toEqual({
      reason: 'not-a-feed',
      found: [`${server.url}/atom.xml`],
    })
  })

  test('that calls itself by its generator is asked where that keeps its feed', async () => {
    serve('/hugo/', page('<meta name="generator" content="Hugo 0.140">'))
    server.publish('/hugo/index.xml', server.feeds.get('/atom.xml')!)
    expect(await paths(`${server.url}/hugo/`)).toEqual(['/hugo/index.xml'])
    expect(server.requests.length).toBeLessThanOrEqual(4)
  })

  test('that is a Mastodon profile has its feed beside it', async () => {
    serve('/@editor', page(''))
    server.publish('/@editor.rss', server.feeds.get('/rss.xml')!)
    expect(await paths(`${server.url}/@editor`)).toEqual(['/@editor.rss'])
  })

  test('that is a PeerTube channel has its feed by its name', async () => {
    serve('/c/cinema/videos', page(''))
    server.answer('/feeds/videos.xml', (request, response) => {
      const name = new URL(request.url ?? '', server.url).searchParams.get('videoChannelName')
      response.writeHead(name === 'cinema' ? 302 : 404, { location: '/atom.xml' }).end()
    })
    answered.push('/feeds/videos.xml')
    expect(await paths(`${server.url}/c/cinema/videos`)).toEqual(['/feeds/videos.xml?videoChannelName=cinema'])
  })

  test('with very many feeds lists them all and asks eight times at most', async () => {
    const many = Array.from({ length: 20 }, (_, index) => `/numbered/${index}.xml`)
    for (const [index, path] of many.entries()) {
      server.publish(path, { ...server.feeds.get('/rss.xml')!, title: `Desk ${index}` })
    }
    serve('/desks', page(many.map((path, index) => link(path, 'application/rss+xml', `Desk ${index}`)).join('')))
    const outcome = await find(`${server.url}/desks`)
    expect(outcome.kind === 'found' && outcome.feeds.map(feed => feed.title)).toEqual(
      many.map((_, index) => `Desk ${index}`),
    )
    expect(server.requests.length).toBe(8)
  })

  test('that names feeds nowhere is asked about eight times at most', async () => {
    serve(
      '/tangle',
      page('', Array.from({ length: 50 }, (_, index) => `<a href="/x${index}/feed.xml">RSS</a>`).join('')),
    )
    expect(await paths(`${server.url}/tangle`)).toEqual({ reason: 'not-a-feed', found: [] })
    expect(server.requests.length).toBeLessThanOrEqual(8)
  })

  test('behind a wall against robots may still have an open feed', async () => {
    serve(
      '/walled/',
      '<title>Just a moment...</title>',
      { 'content-type': 'text/html', 'cf-mitigated': 'challenge' },
      403,
    )
    server.publish('/walled/feed', server.feeds.get('/rss.xml')!)
    expect(await paths(`${server.url}/walled/`)).toEqual(['/walled/feed'])
  })
})

describe('what goes wrong is told as it is', () => {
  test.each([
    ['a word', 'guardian', { reason: 'bad-address' }],
    ['another scheme', 'javascript:alert(1)', { reason: 'bad-address' }],
    ['a site that does not exist', 'https://nowhere.invalid/', { reason: 'dns', host: 'nowhere.invalid' }],
    ['a port where nobody listens', 'http://127.0.0.1:9/', { reason: 'refused', host: '127.0.0.1' }],
    ['the same without a scheme', '127.0.0.1:9', { reason: 'refused', host: '127.0.0.1' }],
  ])('%s', async (_name, address, failure) => {
    expect(await find(address)).toEqual({ kind: 'failed', failure })
  })

  test.each([
    ['/not-found', { reason: 'http', status: 404 }],
    ['/forbidden', { reason: 'http', status: 403 }],
    ['/protected', { reason: 'http', status: 401 }],
    ['/error', { reason: 'http', status: 500 }],
    ['/busy', { reason: 'http', status: 429 }],
    ['/gone', { reason: 'gone' }],
    ['/bot-wall', { reason: 'bot-wall', status: 403, host: '127.0.0.1' }],
    ['/loop', { reason: 'redirect-loop' }],
    ['/bad-redirect', { reason: 'bad-redirect', to: 'ftp://files.example/rss.xml' }],
    ['/site-without-feed', { reason: 'not-a-feed', found: [] }],
    ['/site-with-dead-feed', { reason: 'http', status: 404 }],
    ['/page-typed-as-feed.xml', { reason: 'not-a-feed', found: [] }],
    ['/picture.xml', { reason: 'not-a-feed', found: [] }],
    ['/nothing.xml', { reason: 'not-a-feed', found: [] }],
  ])('%s', async (path, failure) => {
    expect(await paths(`${server.url}${path}`)).toEqual(failure)
  })

  test('an answer that never comes', async () => {
    expect(await find(`${server.url}/hang`, 300)).toEqual({
      kind: 'failed',
      failure: { reason: 'timeout', seconds: 0 },
    })
  })

  test('a certificate nobody vouches for, with or without the scheme typed', async () => {
    const file = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url))
    const secure = createServer(
      { cert: file('loopback-cert.pem'), key: file('loopback-key.pem') },
      (_, response) => void response.end('no'),
    )
    await new Promise<void>(resolve => secure.listen(0, '127.0.0.1', resolve))
    const { port } = secure.address() as AddressInfo
    const failure = { reason: 'tls', host: '127.0.0.1', detail: expect.stringMatching(/SELF_SIGNED|UNABLE_TO/) }
    expect(await find(`https://127.0.0.1:${port}/`)).toEqual({ kind: 'failed', failure })
    expect(await find(`127.0.0.1:${port}`)).toEqual({ kind: 'failed', failure })
    await new Promise(resolve => secure.close(resolve))
  })
})

describe('addresses on this machine', () => {
  test('are followed for the host and port that were typed, and no other', async () => {
    const other = await startFeedServer()
    serve('/nosy', page(link(`${other.url}/rss.xml`) + link('/atom.xml')))
    expect(await paths(`${server.url}/nosy`)).toEqual(['/atom.xml'])
    serve('/sly', '', { location: `${other.url}/rss.xml` }, 302)
    expect(await paths(`${server.url}/sly`)).toEqual({ reason: 'private-address', host: '127.0.0.1' })
    serve('/refreshing', page(`<meta http-equiv="refresh" content="0;url=${other.url}/site">`))
    expect(await paths(`${server.url}/refreshing`)).toEqual({ reason: 'not-a-feed', found: [] })
    expect(other.requests).toEqual([])
    await other.close()
  })

  test('of another host are not even listed', async () => {
    const links = Array.from({ length: 12 }, (_, index) => link(`http://192.168.0.${index}/rss.xml`)).join('')
    serve('/router', page(links))
    const started = performance.now()
    expect(await paths(`${server.url}/router`)).toMatchObject({ reason: 'not-a-feed' })
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
