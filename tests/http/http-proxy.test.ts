/** Through a proxy: what is asked there, and what never is. */
import { describe, expect, test } from 'vitest'
import type { HttpOptions } from '../../src-main/http/client.ts'
import type { HttpAnswer } from '../../src-main/http/types.ts'
import { httpWorld } from './http-world.ts'

const { server, proxyServer, client } = httpWorld()

function text(answer: HttpAnswer): string {
  return answer.kind === 'answer' ? Buffer.from(answer.body).toString() : JSON.stringify(answer.failure)
}

describe('proxies', () => {
  test("the system's proxy is used, except for what NO_PROXY names", async () => {
    const via = await proxyServer()
    const environment = { HTTP_PROXY: via.base, NO_PROXY: 'example.org, .internal.test:8080' }
    const http = client({
      environment,
      resolve: (_name, _options, callback) => callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []),
    })
    const get = (url: string, proxy?: string) => http.get({ url, accept: '*/*', proxy })
    expect(text(await get('http://example.com/feed'))).toBe('by proxy')
    expect(await get('http://www.example.org/feed')).toMatchObject({ failure: { reason: 'dns' } })
    expect(await get('http://a.internal.test:8080/')).toMatchObject({ failure: { reason: 'dns' } })
    expect(text(await get('http://a.internal.test/'))).toBe('by proxy')
    expect(await get('http://example.com/feed', 'direct')).toMatchObject({ failure: { reason: 'dns' } })
  })

  test('is asked for what is near and allowed where it can’t be reached from here, but not for this machine or an address', async () => {
    const via = await proxyServer()
    const closed = await server((_, response) => response.end())
    const { port } = new URL(closed.base)
    await closed.close()
    const http = client({
      environment: { HTTP_PROXY: via.base },
      resolve: (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    })
    const get = (host: string) =>
      http.get({ url: `http://${host}:${port}/`, accept: '*/*', privateHost: `${host}:${port}` })
    expect(text(await get('wiki.corp'))).toBe('by proxy')
    expect(await get('127.0.0.1')).toMatchObject({ failure: { reason: 'refused' } })
    expect(await get('a.localhost')).toMatchObject({ failure: { reason: 'refused' } })
    expect(via.seen.length).toBe(1)
  })

  test.each([
    ...[
      'router',
      'router.',
      'router..',
      'nas.local',
      'NAS.LOCAL',
      'printer.lan',
      'metadata.google.internal',
      'fritz.box',
    ],
    ...['a.home', 'a.home.arpa', 'a.localdomain', 'wiki.intranet', 'wiki.corp', 'a.private', 'a.localhost', '10.0.0.1'],
    ...['0x7f.1', '[::1]', '[fd00::1]', '[64:ff9b:1::7f00:1]', 'r%6futer', '169.254.169.254'],
  ])('is not asked for what is in the reader’s own network: %s', async name => {
    const via = await proxyServer()
    const given = client()
    const named = client({ environment: { http_proxy: via.base } })
    const refused = { kind: 'failed', failure: { reason: 'private-address' } }
    const url = `http://${name}/a.png`
    expect(await named.get({ url, accept: '*/*' })).toMatchObject(refused)
    expect(await given.get({ url, accept: '*/*', proxy: via.base })).toMatchObject(refused)
    expect(await given.get({ url, accept: '*/*', proxy: via.base, privateHost: 'other.lan:80' })).toMatchObject(refused)
    expect(via.seen).toEqual([])
  })

  test('is not followed to the reader’s own network by a redirect', async () => {
    const via = await server((_, response) => response.writeHead(302, { location: 'http://router/reboot' }).end())
    const http = client({ environment: { http_proxy: via.base } })
    const answer = await http.get({ url: 'http://news.example/feed', accept: '*/*' })
    expect(answer).toMatchObject({ kind: 'failed', failure: { reason: 'private-address', host: 'router' } })
    expect(via.seen.length).toBe(1)
  })

  test('is asked for a name that is allowed where the name is not known here', async () => {
    const via = await proxyServer()
    const unknown: HttpOptions['resolve'] = (_name, _options, callback) =>
      callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), [])
    const wanted = { url: 'http://wiki.corp/feed', accept: '*/*', privateHost: 'wiki.corp:80' }
    const named = client({ environment: { http_proxy: via.base }, resolve: unknown })
    expect(text(await named.get(wanted))).toBe('by proxy')
    expect(text(await client({ resolve: unknown }).get({ ...wanted, proxy: via.base }))).toBe('by proxy')
  })

  test('is not asked for private addresses, unless they are allowed, and then directly', async () => {
    const via = await proxyServer()
    const at = await server((_, response) => response.end('direct'))
    const http = client({ environment: { http_proxy: via.base } })
    for (const url of ['http://127.0.0.1:1/', 'http://localhost/', 'http://[fe80::1]/']) {
      expect(await http.get({ url, accept: '*/*' })).toMatchObject({ failure: { reason: 'private-address' } })
    }
    expect(text(await http.get({ url: at.base, accept: '*/*', privateHost: at.host }))).toBe('direct')
    expect(via.seen).toEqual([])
  })
})
