import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { drawSvg } from '../../../src-main/drawing/draw.ts'
import { readPage } from '../../../src-main/feeds/discover/page.ts'
import { type FeedIcon, findIcon, type IconRequest } from '../../../src-main/feeds/icons/find.ts'
import { imageKind } from '../../../src-main/feeds/icons/image-kind.ts'
import { bestFirst } from '../../../src-main/feeds/icons/rank.ts'
import { createHttp } from '../../../src-main/http/client.ts'
import { type FeedServer, startFeedServer } from '../../support/feed-server.ts'
import { ico, plainPng } from '../../support/pictures.ts'

vi.setConfig({ testTimeout: 20_000 })

const http = createHttp({ environment: {} })
const answered: string[] = []
let server: FeedServer

beforeAll(async () => {
  server = await startFeedServer()
})
afterEach(() => {
  for (const path of answered.splice(0)) server.answer(path, null)
})
afterAll(async () => {
  await Promise.all([server.close(), http.close()])
})

function serve(path: string, body: string | Uint8Array, status = 200): void {
  answered.push(path)
  server.answer(path, (_, response) => void response.writeHead(status, { 'content-type': 'text/html' }).end(body))
}

function find(request: Partial<IconRequest> = {}): Promise<FeedIcon | null> {
  server.requests.length = 0
  const known = { feedUrl: `${server.url}/rss.xml`, siteUrl: `${server.url}/home`, feedIcon: null }
  return findIcon(
    { ...known, privateHost: `127.0.0.1:${server.port}`, ...request },
    {
      http,
      readPage: async input => readPage(input),
      drawSvg: bytes => drawSvg(bytes, 'icon'),
    },
  )
}

const square = plainPng(64, 64, [200, 30, 30])
const banner = plainPng(300, 40, [30, 30, 200])
const page = (head: string) => `<!doctype html><html><head>${head}</head><body></body></html>`

describe('an icon is looked for', () => {
  test('in the feed', async () => {
    serve('/own.png', square)
    expect(await find({ feedIcon: `${server.url}/own.png` })).toMatchObject({
      type: 'image/png',
      sourceUrl: `${server.url}/own.png`,
    })
    expect(server.requests.length).toBe(1)
  })

  test('on the page, when what the feed has is a banner', async () => {
    serve('/banner.png', banner)
    serve('/home', page('<link rel="icon" sizes="64x64" href="/page.png">'))
    serve('/page.png', square)
    expect((await find({ feedIcon: `${server.url}/banner.png` }))?.sourceUrl).toBe(`${server.url}/page.png`)
  })

  test('in the manifest', async () => {
    serve('/home', page('<link rel="manifest" href="/app/manifest.json">'))
    serve(
      '/app/manifest.json',
      JSON.stringify({
        icons: [
          { src: 'mask.png', sizes: '96x96', purpose: 'maskable' },
          { src: 'icon.png', sizes: '96x96' },
        ],
      }),
    )
    serve('/app/icon.png', square)
    expect((await find())?.sourceUrl).toBe(`${server.url}/app/icon.png`)
  })

  test('at /favicon.ico, where nobody names one', async () => {
    serve('/home', page(''))
    expect(await find()).toMatchObject({ type: 'image/x-icon', sourceUrl: `${server.url}/favicon.ico` })
  })

  test('in the page itself', async () => {
    serve('/home', page(`<link rel="icon" href="data:image/png;base64,${square.toString('base64')}">`))
    expect(await find()).toMatchObject({ type: 'image/png', bytes: new Uint8Array(square) })
  })

  test('and a banner is taken rather than none', async () => {
    serve('/banner.png', banner)
    serve('/home', page(''))
    serve('/favicon.ico', '', 404)
    expect((await find({ feedIcon: `${server.url}/banner.png` }))?.sourceUrl).toBe(`${server.url}/banner.png`)
  })

  test('six times at most, and not found is no error', async () => {
    serve('/home', page(Array.from({ length: 30 }, (_, index) => `<link rel=icon href="/none${index}.png">`).join('')))
    serve('/favicon.ico', '', 404)
    expect(await find({ feedIcon: `${server.url}/none.png` })).toBeNull()
    expect(server.requests.length).toBeLessThanOrEqual(6)
  })
})

describe('what is no icon is not taken', () => {
  test.each([
    ['a page', '<!doctype html><html><body>not found</body></html>'],
    ['a script', 'alert(1)'],
    ['a picture of one dot', plainPng(1, 1, [0, 0, 0])],
    ['more than 200 kB', Buffer.concat([square, Buffer.alloc(200_001)])],
    ['nothing', ''],
    ['an SVG that is none', '<html><svg></svg></html>'],
  ])('%s', async (_name, body) => {
    serve('/home', page(''))
    serve('/favicon.ico', body)
    expect(await find()).toBeNull()
  })

  test('nor one on another private host than the feed is on', async () => {
    const other = await startFeedServer()
    serve('/home', page(`<link rel="icon" href="${other.url}/icons/a.png">`))
    serve('/favicon.ico', '', 404)
    expect(await find({ feedIcon: `${other.url}/icons/b.png` })).toBeNull()
    expect(other.requests).toEqual([])
    await other.close()
  })

  test('nor anything on a private host for a feed that is not on one', async () => {
    expect(await find({ privateHost: null, feedIcon: `${server.url}/icons/a.png` })).toBeNull()
    expect(server.requests).toEqual([])
  })
})

test.each([
  ['png', square, { type: 'image/png', width: 64, height: 64 }],
  ['ico', ico(plainPng(16, 16, [0, 0, 0]), 16), { type: 'image/x-icon', width: 16, height: 16 }],
  [
    'gif',
    Buffer.concat([Buffer.from('GIF89a'), Buffer.from([32, 0, 16, 0, 0, 0, 0])]),
    { type: 'image/gif', width: 32, height: 16 },
  ],
  [
    'jpeg',
    Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0001108002000400301220002110103110100', 'hex'),
    { type: 'image/jpeg', width: 64, height: 32 },
  ],
  ['text', Buffer.from('hello, this is no picture at all, only words'), null],
  ['cut', square.subarray(0, 10), null],
])('a %s is known by its first bytes', (_name, bytes, kind) => {
  expect(imageKind(bytes)).toEqual(kind)
})

test('the smallest icon that is large enough is the best', () => {
  const icons = [0, 16, 512, 180, 32, 96].map(size => ({ url: `https://a.test/${size}.png`, type: '', size }))
  expect(bestFirst(icons).map(icon => icon.size)).toEqual([96, 180, 512, 32, 0, 16])
})
