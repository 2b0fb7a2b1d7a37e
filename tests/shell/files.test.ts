import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Resource } from '../../src-main/api/engine-thread.ts'
import type { HostResource } from '../../src-main/host/engine-host.ts'
import { fileInside, fileServer, threadFile } from '../../src-main/host/file-server.ts'

const parent = mkdtempSync(path.join(tmpdir(), 'broadsheet-files-'))
const root = path.join(parent, 'renderer')

beforeAll(() => {
  mkdirSync(path.join(root, 'assets'), { recursive: true })
  writeFileSync(path.join(root, 'index.html'), '<!doctype html>')
  writeFileSync(path.join(root, 'assets', 'app-B3x_.js'), 'export {}')
  writeFileSync(path.join(root, 'assets', 'notes.md'), 'not for the page')
  writeFileSync(path.join(root, '.secret.js'), 'hidden')
  writeFileSync(path.join(parent, 'package.json'), '{"lockfileVersion":3}')
  mkdirSync(path.join(parent, 'renderer-of-another'))
  writeFileSync(path.join(parent, 'renderer-of-another', 'a.js'), 'theirs')
})
afterAll(() => rmSync(parent, { recursive: true }))

const picture: Resource = { status: 200, type: 'image/png', maxAgeSeconds: 60, bytes: new Uint8Array([0, 1, 2, 3, 4]) }

async function get(
  address: string,
  { method = 'GET', range = null }: { method?: string; range?: string | null } = {},
  resource: Resource = picture,
): Promise<Response> {
  const answer = fileServer({ root, resource: async () => resource, connect: ['ws://127.0.0.1:1'] })
  const { status, headers, body } = await answer({ method, url: new URL(address, 'http://127.0.0.1:1'), range })
  return new Response(body as Uint8Array<ArrayBuffer> | string | null, { status, headers })
}

test('a built file is held once, however many ask for it at the same time and take nothing of it', async () => {
  const answer = fileServer({ root, resource: async () => picture, connect: [] })
  const ask = () => answer({ method: 'GET', url: new URL('http://127.0.0.1:1/assets/app-B3x_.js'), range: null })
  const answers = [...(await Promise.all([ask(), ask(), ask()])), await ask()]
  const [first, ...others] = answers.map(({ body }) => body)
  expect(String(first)).toBe('export {}')
  for (const body of others) expect(body).toBe(first)
})

test('a file that was not there yet is given out once it is, and the page is always the newest', async () => {
  const answer = fileServer({ root, resource: async () => picture, connect: [] })
  const ask = (name: string) => answer({ method: 'GET', url: new URL(name, 'http://127.0.0.1:1'), range: null })
  expect(await ask('/assets/late-1.js')).toMatchObject({ status: 404 })
  writeFileSync(path.join(root, 'assets', 'late-1.js'), 'late')
  expect(String((await ask('/assets/late-1.js')).body)).toBe('late')
  await ask('/late.html')
  for (const text of ['first', 'second']) {
    writeFileSync(path.join(root, 'late.html'), text)
    expect(String((await ask('/late.html')).body)).toBe(text)
  }
})

test.each([
  ['/', 'text/html; charset=utf-8', 'no-store'],
  ['/index.html', 'text/html; charset=utf-8', 'no-store'],
  ['/assets/app-B3x_.js', 'text/javascript; charset=utf-8', 'private, max-age=31536000, immutable'],
])('%s is given out as %s, %s', async (address, type, cacheControl) => {
  const response = await get(address)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe(type)
  expect(response.headers.get('cache-control')).toBe(cacheControl)
})

test.each([
  '/../package.json',
  '/%2e%2e/package.json',
  '/..%2fpackage.json',
  '/..%5cpackage.json',
  '/assets/..%2f..%2fpackage.json',
  '/%252e%252e/package.json',
  '/../renderer-of-another/a.js',
  '/..%2frenderer-of-another%2fa.js',
  '/.secret.js',
  '/assets/notes.md',
  '/assets/',
  '/assets',
  '/assets//app-B3x_.js',
  '/index.html%00.js',
  '/%00',
  '/%',
  '/C:%5cwindows%5cwin.ini',
  '/file:%2f%2f%2fetc%2fpasswd',
  '/nothing.js',
])('%s gives nothing away', async address => {
  const response = await get(address)
  expect(response.status).toBe(404)
  expect(await response.text()).toBe('404\n')
})

test.each(['/', '/nothing', '/icon/1', '/media?u=1'])('%s carries every safety header', async address => {
  const { headers } = await get(address)
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
})

test('pages may connect only to themselves and the given WebSocket', async () => {
  const policy = (await get('/')).headers.get('content-security-policy')
  expect(policy).toContain("connect-src 'self' ws://127.0.0.1:1;")
  expect(policy).toContain("require-trusted-types-for 'script'")
})

test('what came from the web can do nothing, even opened as a page', async () => {
  const { headers } = await get('/media?u=1')
  expect(headers.get('content-security-policy')).toContain('sandbox')
  expect(headers.get('content-disposition')).toBe('attachment')
})

test.each(['text/html', 'application/javascript', 'image/svg', 'application/xhtml+xml', 'text/css', ''])(
  'a medium that says it is %j is refused',
  async type => {
    expect((await get('/media?u=1', {}, { ...picture, type })).status).toBe(415)
  },
)

test('what the engine refuses is refused', async () => {
  const response = await get('/media?u=1', {}, { ...picture, status: 403 })
  expect([response.status, await response.text()]).toEqual([403, '403\n'])
})

test.each([
  ['bytes=1-2', 206, [1, 2], 'bytes 1-2/5'],
  ['bytes=3-', 206, [3, 4], 'bytes 3-4/5'],
  ['bytes=-2', 206, [3, 4], 'bytes 3-4/5'],
  ['bytes=0-999', 206, [0, 1, 2, 3, 4], 'bytes 0-4/5'],
  ['bytes=9-', 200, [0, 1, 2, 3, 4], null],
  ['bytes=3-1', 200, [0, 1, 2, 3, 4], null],
  ['bytes=0-1,3-4', 200, [0, 1, 2, 3, 4], null],
  ['lines=1-2', 200, [0, 1, 2, 3, 4], null],
])('range %s of a medium', async (range, status, bytes, contentRange) => {
  const response = await get('/media?u=1', { range })
  expect([response.status, response.headers.get('content-range')]).toEqual([status, contentRange])
  expect([...new Uint8Array(await response.arrayBuffer())]).toEqual(bytes)
})

test('HEAD answers like GET, without a body', async () => {
  const response = await get('/index.html', { method: 'HEAD' })
  expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '15', ''])
})

test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is not answered', async method => {
  const response = await get('/', { method })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})

test('only plain names lie inside', () => {
  expect(fileInside(root, '/assets/a.js')).toBe(path.join(root, 'assets', 'a.js'))
  expect(fileInside(root, '/..')).toBeNull()
})

test('run from their sources, threads start from the sources', () => {
  expect(threadFile('engine')).toMatch(/src-main[\\/]engine[\\/]thread\.ts$/)
})

/** A recording of three bytes, from the middle of one of ten, and what was asked of it. */
function threeBytes(status: 200 | 206 = 206) {
  const asked: string[] = []
  const bytes = [1, 2, 3]
  const recording: HostResource = {
    status,
    type: 'audio/mpeg',
    maxAgeSeconds: 0,
    part: { first: 4, last: 6, total: 10 },
    async read() {
      asked.push('read')
      const next = bytes.shift()
      return next === undefined ? null : new Uint8Array([next])
    },
    close: () => void asked.push('close'),
  }
  const play = fileServer({ root, connect: [], resource: async (_, range) => (range ? recording : picture) })
  const url = new URL('http://127.0.0.1:1/media?u=1')
  return { asked, answer: play({ method: 'GET', url, range: 'bytes=4-6' }) }
}

test('a recording is given out as the part that was asked for, and ends where its server ends', async () => {
  const { status, headers, body } = await threeBytes().answer
  expect({ status, headers }).toMatchObject({
    status: 206,
    headers: { 'content-range': 'bytes 4-6/10', 'content-length': '3', 'content-type': 'audio/mpeg' },
  })
  expect(Buffer.concat(await (body as Readable).toArray())).toEqual(Buffer.from([1, 2, 3]))
})

test('a recording whose server knows no ranges says that one cannot seek in it', async () => {
  const { status, headers } = await threeBytes(200).answer
  expect(status).toBe(200)
  expect(headers).toMatchObject({ 'accept-ranges': 'none' })
  expect(headers).not.toHaveProperty('content-range')
})

test('of a recording nothing is asked for before the window reads, and nothing after it has left', async () => {
  const { asked, answer } = threeBytes()
  const body = (await answer).body as Readable
  expect(asked).toEqual([])
  await once(body, 'readable')
  body.destroy()
  await once(body, 'close')
  expect(asked.filter(call => call === 'read').length).toBeLessThan(3)
  expect(asked.at(-1)).toBe('close')
})
