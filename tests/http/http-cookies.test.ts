import { describe, expect, test } from 'vitest'
import { ChainCookies } from '../../src-main/http/cookies.ts'
import type { HttpAnswer } from '../../src-main/http/types.ts'
import type { Handler, TestServer } from './http-server.ts'
import { httpWorld } from './http-world.ts'

const { server, client } = httpWorld()

async function ask({ base, host }: TestServer, path = '/feed', carriesCookies = true): Promise<HttpAnswer> {
  return await client().get({ url: base + path, accept: '*/*', privateHost: host, carriesCookies })
}

/** Sets a cookie and sends back to the same address, until it is shown. */
const gate: Handler = (request, response) =>
  request.headers.cookie === 'ok=1'
    ? response.end('feed')
    : response.writeHead(302, { 'set-cookie': 'ok=1; Path=/', location: '/feed' }).end()

describe('a chain of redirects that sets a cookie and asks for it back', () => {
  test('is followed, and the next request begins without it', async () => {
    const at = await server(gate)
    const http = client()
    const request = { url: `${at.base}/feed`, accept: '*/*', privateHost: at.host, carriesCookies: true }
    expect(await http.get(request)).toMatchObject({ kind: 'answer', status: 200 })
    expect(await http.get(request)).toMatchObject({ kind: 'answer', status: 200 })
    expect(at.seen.map(({ headers }) => headers.cookie)).toEqual([undefined, 'ok=1', undefined, 'ok=1'])
  })

  test('over another page', async () => {
    const at = await server((request, response) => {
      if (request.url === '/consent')
        response.writeHead(303, { 'set-cookie': ['a=1; Path=/', 'b=2; Path=/feed'], location: '/feed' }).end()
      else if (request.headers.cookie) response.end('feed')
      else response.writeHead(302, { location: '/consent' }).end()
    })
    expect(await ask(at)).toMatchObject({ kind: 'answer', status: 200 })
    expect(at.seen.at(-1)?.headers.cookie).toBe('b=2; a=1')
  })

  test('is followed only where the caller wants it: pictures and icons carry none', async () => {
    const at = await server(gate)
    expect(await ask(at, '/feed', false)).toEqual({ kind: 'failed', failure: { reason: 'redirect-loop' } })
    expect(at.seen.length).toBe(1)
  })

  test('goes round in circles where the cookie changes nothing, or changes each time', async () => {
    const same = await server((_, response) =>
      response.writeHead(302, { 'set-cookie': 'a=1; Path=/', location: '/feed' }).end(),
    )
    expect(await ask(same)).toEqual({ kind: 'failed', failure: { reason: 'redirect-loop' } })
    expect(same.seen.length).toBe(2)
    let count = 0
    const other = await server((_, response) =>
      response.writeHead(302, { 'set-cookie': `a=${++count}; Path=/`, location: '/feed' }).end(),
    )
    expect(await ask(other)).toEqual({ kind: 'failed', failure: { reason: 'redirect-loop' } })
    expect(other.seen.length).toBe(6)
  })

  test('a flood of cookies is not carried along', async () => {
    const flood = Array.from({ length: 200 }, (_, index) => `c${index}=${'v'.repeat(1_000)}; Path=/`)
    const at = await server((request, response) =>
      request.url === '/feed'
        ? response
            .writeHead(302, { 'set-cookie': [...flood.slice(0, 50), `x=${'y'.repeat(5_000)}`], location: '/to' })
            .end()
        : response.end('feed'),
    )
    expect(await ask(at)).toMatchObject({ kind: 'answer', status: 200 })
    expect((at.seen.at(-1)?.headers.cookie ?? '').length).toBeLessThanOrEqual(8_192)
    expect(at.seen.at(-1)?.headers.cookie).not.toContain('x=')
  })
})

describe('a cookie', () => {
  /** What is shown to `to` after `from` set this. */
  function shown(line: string, from: string, to: string, date?: string): string {
    const cookies = new ChainCookies()
    cookies.take(new URL(from), [line], date)
    return cookies.header(new URL(to))
  }

  test.each<[string, string, string, string]>([
    ['a=1', 'https://x.test/feed', 'https://x.test/feed', 'a=1'],
    ['a=1', 'https://x.test/feed', 'https://x.test/other', 'a=1'],
    ['a=1', 'https://x.test/blog/feed', 'https://x.test/blog/other', 'a=1'],
    ['a=1', 'https://x.test/blog/feed', 'https://x.test/', ''],
    ['a=1; Path=/blog', 'https://x.test/', 'https://x.test/blogs', ''],
    ['a=1; Path=/blog', 'https://x.test/', 'https://x.test/blog/1', 'a=1'],
    ['a=1; Path=/', 'https://x.test/', 'https://other.test/', ''],
    ['a=1; Path=/', 'https://x.test/', 'https://www.x.test/', ''],
    ['a=1; Domain=x.test', 'https://www.x.test/', 'https://feeds.x.test/', 'a=1'],
    ['a=1; Domain=.x.test', 'https://x.test/', 'https://feeds.x.test/', 'a=1'],
    ['a=1; Domain=x.test', 'https://www.x.test/', 'https://notx.test/', ''],
    ['a=1; Domain=other.test', 'https://x.test/', 'https://other.test/', ''],
    ['a=1; Domain=test', 'https://x.test/', 'https://other.test/', ''],
    ['a=1; Domain=0.0.1', 'http://127.0.0.1/', 'http://10.0.0.1/', ''],
    ['a=1; Secure', 'https://x.test/', 'https://x.test/', 'a=1'],
    ['a=1; Secure', 'https://x.test/', 'http://x.test/', ''],
    ['a=1; Secure', 'http://x.test/', 'https://x.test/', ''],
    ['a=1; Max-Age=0', 'https://x.test/', 'https://x.test/', ''],
    ['a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'https://x.test/', 'https://x.test/', ''],
    ['a=1; Expires=Thu, 01 Jan 2099 00:00:00 GMT', 'https://x.test/', 'https://x.test/', 'a=1'],
    ['a=é', 'https://x.test/', 'https://x.test/', ''],
    ['a="q"; HttpOnly; SameSite=Strict', 'https://x.test/', 'https://x.test/', 'a="q"'],
  ])('%s of %s is shown to %s as "%s"', (line, from, to, header) => expect(shown(line, from, to)).toBe(header))

  test('is taken back by another of its name, and by a time that has passed', () => {
    const url = new URL('https://x.test/')
    const cookies = new ChainCookies()
    cookies.take(url, ['a=1', 'a=2'], undefined)
    expect(cookies.header(url)).toBe('a=2')
    cookies.take(url, ['a=; Expires=Wed, 25 Nov 2026 10:00:00 GMT'], 'Wed, 25 Nov 2026 11:00:00 GMT')
    expect(cookies.header(url)).toBe('')
  })
})
