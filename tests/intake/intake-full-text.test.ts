import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { sealCredentials } from '../../src-main/http/credentials.ts'
import { createSecrets } from '../../src-main/lib/secrets.ts'
import { minute, todayStart } from '../../src-main/lib/time.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { writeMeta } from '../../src-main/store/db/meta.ts'
import { insertFeed } from '../../src-main/store/feeds/feeds.ts'
import { fullTextOf } from '../../src-main/store/full-texts/full-texts.ts'
import { serve } from '../http/http-server.ts'
import { makeArticle, someNoon } from '../support/articles.ts'
import { hour, intakeWorld } from './intake-world.ts'

const world = intakeWorld()
const { asked } = world

/** Enough words for an article. */
const paragraph = `<p>${'The lamp of the lighthouse was lit again last night, after eleven years of darkness. '.repeat(8)}</p>`
const page = `<html><head><title>Lamp lit</title></head><body><article><h1>Lamp lit</h1>${paragraph.repeat(4)}</article></body></html>`
const sendPage = (response: ServerResponse, body: string | Buffer = page, type = 'text/html; charset=utf-8') =>
  void response.writeHead(200, { 'content-type': type }).end(body)

/** A feed on the test's server, with an article for each of these paths. */
function articlesAt(...paths: string[]): number[] {
  const { store, server } = world
  const feedId = insertFeed(
    store.db,
    {
      url: `${server.base}/feed`,
      title: 'Gazette',
      customTitle: null,
      siteUrl: null,
      folderId: null,
      privateHost: server.host,
      nextCheckAt: null,
    },
    someNoon,
  ).feedId
  const articles = paths.map(path =>
    makeArticle({ title: path, url: path.startsWith('/') ? server.base + path : path }),
  )
  return storeArticles(store.db, feedId, articles, someNoon).newIds.toReversed()
}

const textOf = (id: number) => fullTextOf(world.store.db, id)
const fetchFull = (articleId: number, isWanted = true) => world.intake.fetchFullText({ articleId, isWanted })

describe('the full text of an article', () => {
  beforeEach(() => {
    world.answer = (_, response) => sendPage(response)
  })

  test('is what its page says, asked for without cookies or a referrer', async () => {
    const [id = 0] = articlesAt('/lamp')
    expect(await fetchFull(id)).toMatchObject({ kind: 'stored' })
    expect(textOf(id)).toMatchObject({ kind: 'text', url: `${world.server.base}/lamp`, isShown: true })
    expect(textOf(id)).toMatchObject({ html: expect.stringContaining('after eleven years of darkness') })
    const { headers } = asked('/lamp')[0]!
    expect(headers).toMatchObject({ accept: expect.stringContaining('text/html') })
    expect(headers).not.toHaveProperty('cookie')
    expect(headers).not.toHaveProperty('referer')
  })

  test('that nobody has asked for is not the one that is shown', async () => {
    const [id = 0] = articlesAt('/lamp')
    await fetchFull(id, false)
    expect(textOf(id)).toMatchObject({ kind: 'text', isShown: null })
  })

  test('is fetched once for all that ask, and shown where one of them waits for it', async () => {
    const [id = 0] = articlesAt('/lamp')
    await Promise.all([fetchFull(id, false), fetchFull(id, true), fetchFull(id, false)])
    expect(asked('/lamp').length).toBe(1)
    expect(textOf(id)).toMatchObject({ isShown: true })
  })

  test('keeps no cookie that a page sets on the way', async () => {
    const [id = 0] = articlesAt('/lamp')
    world.answer = (request, response) =>
      request.url === '/lamp'
        ? void response.writeHead(302, { location: '/there', 'set-cookie': 'who=ada' }).end()
        : sendPage(response)
    expect(await fetchFull(id)).toMatchObject({ kind: 'stored' })
    expect(asked('/there')[0]?.headers).not.toHaveProperty('cookie')
    expect(textOf(id)).toMatchObject({ url: `${world.server.base}/there` })
  })

  test('is read in the encoding that the page names', async () => {
    const [id = 0] = articlesAt('/lamp')
    const body = page.replaceAll('darkness', 'Dunkelheit über dem Fluß')
    world.answer = (_, response) => sendPage(response, Buffer.from(body, 'latin1'), 'text/html; charset=iso-8859-1')
    await fetchFull(id)
    expect(textOf(id)).toMatchObject({ html: expect.stringContaining('Dunkelheit über dem Fluß') })
  })

  test('is sanitised', async () => {
    const [id = 0] = articlesAt('/lamp')
    world.answer = (_, response) =>
      sendPage(response, page.replace(paragraph, `${paragraph}<p onclick="x()">So<script>x()</script></p>`))
    await fetchFull(id)
    expect(JSON.stringify(textOf(id))).not.toMatch(/script|onclick/)
  })
})

describe('of a page that is no article', () => {
  const cases: [string, (request: IncomingMessage, response: ServerResponse) => void, object][] = [
    ['that is missing', (_, response) => void response.writeHead(404).end('no'), { reason: 'http', status: 404 }],
    ['that was taken down', (_, response) => void response.writeHead(410).end('no'), { reason: 'gone' }],
    ['that is empty', (_, response) => sendPage(response, ''), { reason: 'bad-answer' }],
    [
      'that is a PDF',
      (_, response) => sendPage(response, '%PDF-1.7', 'application/pdf'),
      { reason: 'no-article', found: 'not-an-article' },
    ],
    [
      'that leads round in circles',
      (_, response) => void response.writeHead(302, { location: '/lamp' }).end(),
      { reason: 'redirect-loop' },
    ],
    [
      'of a wall against robots',
      (_, response) =>
        void response
          .writeHead(403, { 'content-type': 'text/html', 'cf-mitigated': 'challenge' })
          .end('<title>Just a moment...</title>'),
      { reason: 'bot-wall' },
    ],
    ['that has no end', endless, { reason: 'too-large' }],
    ['that breaks off', breakOff, { reason: 'bad-answer' }],
    [
      'on the reader’s own network',
      (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      { reason: 'private-address' },
    ],
  ]
  test.each(cases)('%s, nothing is stored but why', async (_name, answer, failure) => {
    const [id = 0] = articlesAt('/lamp')
    world.answer = answer
    expect(await fetchFull(id)).toMatchObject({ kind: 'failed', failure })
    expect(textOf(id)).toMatchObject({ kind: 'failed', failure })
  })

  test('it can be asked for again, and is stored then', async () => {
    const [id = 0] = articlesAt('/lamp')
    await fetchFull(id)
    world.answer = (_, response) => sendPage(response)
    await fetchFull(id)
    expect(textOf(id)).toMatchObject({ kind: 'text' })
  })
})

describe('a server', () => {
  test('that asks to be left alone is, for all of its articles', async () => {
    const [first = 0, second = 0] = articlesAt('/one', '/two')
    world.answer = (_, response) => void response.writeHead(429, { 'retry-after': '3600' }).end()
    expect(await fetchFull(first)).toMatchObject({ failure: { reason: 'retry-later', until: someNoon + hour } })
    expect(await fetchFull(second)).toMatchObject({ failure: { reason: 'retry-later', until: someNoon + hour } })
    expect(asked('/two')).toEqual([])

    await world.pass(hour)
    world.answer = (_, response) => sendPage(response)
    expect(await fetchFull(second)).toMatchObject({ kind: 'stored' })
  })

  test('is asked for two pages at once, and the one asked for last comes first of those that wait', async () => {
    const ids = articlesAt('/1', '/2', '/3', '/4')
    const held: ServerResponse[] = []
    world.answer = (_, response) => void held.push(response)
    const all = ids.map(id => fetchFull(id))
    while (held.length < 2) await new Promise(resolve => setImmediate(resolve))
    expect(world.server.seen.map(one => one.path)).toEqual(['/1', '/2'])
    world.answer = (_, response) => sendPage(response)
    for (const response of held) sendPage(response)
    await Promise.all(all)
    expect(world.server.seen.map(one => one.path)).toEqual(['/1', '/2', '/4', '/3'])
  })
})

describe('a feed’s password', () => {
  const withPassword = (path: string): number => {
    const [id = 0] = articlesAt(path)
    const sealed = sealCredentials(createSecrets(join(world.store.dir, 'secret.key')), {
      userName: 'ada',
      password: 'ink',
    })
    world.store.db
      .prepare('UPDATE feeds SET credentials = ?, user_agent = ?')
      .run(sealed, 'Ada’s reader'.replace('’', "'"))
    return id
  }

  test('goes along to pages of its own server, and so does the name to ask by', async () => {
    world.answer = (_, response) => sendPage(response)
    await fetchFull(withPassword('/lamp'))
    expect(asked('/lamp')[0]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('ada:ink').toString('base64')}`,
      'user-agent': "Ada's reader",
    })
  })

  test('goes to no other', async () => {
    const elsewhere = await serve((_, response) => sendPage(response))
    const id = withPassword(`${elsewhere.base}/lamp`)
    world.store.db.prepare('UPDATE feeds SET private_host = ?').run(elsewhere.host)
    expect(await fetchFull(id)).toMatchObject({ kind: 'stored' })
    await elsewhere.close()
    expect(elsewhere.seen[0]?.headers).not.toHaveProperty('authorization')
  })
})

/** More than any article is long. */
function endless(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' })
  const more = () => {
    while (!response.destroyed && response.write(paragraph.repeat(100)));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}

/** Half of the page, and the connection ends. */
function breakOff(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html', 'content-length': page.length })
  response.write(page.slice(0, page.length / 2), () => response.destroy())
}

describe('an article in several pages', () => {
  const part = (number: number, last: number) => {
    const words = `Part ${number} of the story of the lighthouse, which goes on and on. `
    const next = number < last ? `<p><a rel="next" href="/lamp/${number + 1}">Next page</a></p>` : ''
    return `<html><title>Lamp</title><article><h1>Lamp</h1>${`<p>${words.repeat(8)}</p>`.repeat(4)}${next}</article></html>`
  }
  const numberOf = (request: IncomingMessage) => Number(/\/lamp\/(\d+)/.exec(request.url ?? '')?.[1] ?? 1)
  const partsIn = (id: number) => {
    const text = textOf(id)
    return [...new Set(text?.kind === 'text' ? text.html.match(/Part \d+/g) : [])]
  }

  test('is joined, of five pages at most', async () => {
    const [id = 0] = articlesAt('/lamp')
    world.answer = (request, response) => sendPage(response, part(numberOf(request), 9))
    await fetchFull(id)
    expect(partsIn(id)).toEqual(['Part 1', 'Part 2', 'Part 3', 'Part 4', 'Part 5'])
    expect(world.server.seen.length).toBe(5)
    const missing = { page: 6, url: `${world.server.base}/lamp/6`, failure: null }
    expect(textOf(id)).toMatchObject({ kind: 'text', missing })
  })

  test('is whole where its last page says what the one before it said', async () => {
    const [id = 0] = articlesAt('/lamp')
    world.answer = (request, response) => sendPage(response, part(Math.min(2, numberOf(request)), 3))
    await fetchFull(id)
    expect(partsIn(id)).toEqual(['Part 1', 'Part 2'])
    expect(textOf(id)).not.toHaveProperty('missing')
  })

  test('is what there is of it where a page is missing', async () => {
    const [id = 0] = articlesAt('/lamp')
    world.answer = (request, response) =>
      numberOf(request) === 3 ? void response.writeHead(404).end() : sendPage(response, part(numberOf(request), 9))
    expect(await fetchFull(id)).toMatchObject({ kind: 'stored' })
    expect(partsIn(id)).toEqual(['Part 1', 'Part 2'])
    const missing = { page: 3, url: `${world.server.base}/lamp/3`, failure: { reason: 'http', status: 404 } }
    expect(textOf(id)).toMatchObject({ missing })

    // Asked for again, a text that ends earlier takes nothing away; a whole one has nothing missing.
    world.answer = (request, response) =>
      numberOf(request) === 2 ? void response.writeHead(500).end() : sendPage(response, part(numberOf(request), 4))
    await fetchFull(id)
    expect(partsIn(id)).toEqual(['Part 1', 'Part 2'])
    world.answer = (request, response) => sendPage(response, part(numberOf(request), 4))
    await fetchFull(id)
    expect(partsIn(id)).toEqual(['Part 1', 'Part 2', 'Part 3', 'Part 4'])
    expect(textOf(id)).not.toHaveProperty('missing')
  })
})

describe('ahead of the reader,', () => {
  const always = (feedTitle = 'Gazette') =>
    world.store.db.prepare('UPDATE feeds SET reading = ? WHERE title = ?').run('{"fullText":"always"}', feedTitle)
  const fetched = () => world.server.seen.map(one => one.path)
  beforeEach(() => {
    world.answer = (_, response) => sendPage(response)
  })

  test('the pages of feeds that are read so always are fetched, the newest unread articles first', async () => {
    const [first, second = 0, third] = articlesAt('/one', '/two', '/three')
    world.store.db.prepare('UPDATE articles SET published_at = published_at + id, is_read = (id = ?)').run(second)
    always()
    world.store.db.prepare('UPDATE feeds SET next_check_at = ?').run(someNoon + 100 * hour)
    world.intake.start()
    await world.pass(minute)
    expect(fetched()).toEqual(['/one', '/three'])
    expect([first, second, third].map(id => textOf(id!)?.kind)).toEqual(['text', undefined, 'text'])
    expect(textOf(first!)).toMatchObject({ isShown: null })
    expect(world.events.filter(one => one.event === 'full-text-prefetched').map(one => one.payload)).toEqual([
      { articleId: first },
      { articleId: third },
    ])
  })

  test('none is, where nobody has set it', async () => {
    articlesAt('/one')
    world.store.db.prepare('UPDATE feeds SET next_check_at = ?').run(someNoon + 100 * hour)
    world.intake.start()
    await world.pass(minute)
    expect(fetched()).toEqual([])
  })

  test('no more are than a day’s budget', async () => {
    articlesAt('/one')
    always()
    writeMeta(world.store.db, 'prefetched', { day: todayStart(someNoon), pages: 200, bytes: 0 })
    world.store.db.prepare('UPDATE feeds SET next_check_at = ?').run(someNoon + 100 * hour)
    world.intake.start()
    await world.pass(minute)
    expect(fetched()).toEqual([])
  })

  test('a page that fails is not asked for again and again', async () => {
    articlesAt('/one')
    always()
    world.answer = (_, response) => void response.writeHead(404).end()
    world.store.db.prepare('UPDATE feeds SET next_check_at = ?').run(someNoon + 100 * hour)
    world.intake.start()
    await world.pass(minute)
    expect(fetched()).toEqual(['/one'])
  })
})
