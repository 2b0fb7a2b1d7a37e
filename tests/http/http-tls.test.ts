import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttp } from '../../src-main/http/client.ts'

const folder = new URL('../fixtures/tls/', import.meta.url)
const cert = readFileSync(new URL('loopback-cert.pem', folder), 'utf8')
const key = readFileSync(new URL('loopback-key.pem', folder), 'utf8')

const versions: string[] = []
const server = createSecureServer({ cert, key, allowHTTP1: true }, (request, response) => {
  versions.push(request.httpVersion)
  if (request.url === '/down') response.writeHead(301, { location: 'http://127.0.0.1/' }).end()
  else response.writeHead(200, { etag: '"é"', 'set-cookie': 'a=b' }).end('<rss/>')
})
let host = ''
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

test('a certificate nobody vouches for is a reason of its own', async () => {
  const http = createHttp({ environment: {} })
  const answer = await http.get({ url: `https://${host}/`, accept: '*/*', privateHost: host })
  await http.close()
  expect(answer).toEqual({
    kind: 'failed',
    failure: { reason: 'tls', host: '127.0.0.1', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  })
})

test('HTTP/2 is spoken where it is offered, and a secure address never leads to an open one', async () => {
  const http = createHttp({ environment: {}, ca: cert })
  const get = (path: string) => http.get({ url: `https://${host}${path}`, accept: '*/*', privateHost: host })
  const answers = await Promise.all([get('/'), get('/')])
  const down = await get('/down')
  await http.close()
  expect(versions).toEqual(['2.0', '2.0', '2.0'])
  expect(answers[0]).toMatchObject({ kind: 'answer', status: 200, headers: { etag: '"é"' }, url: `https://${host}/` })
  expect(down).toEqual({ kind: 'failed', failure: { reason: 'bad-redirect', to: 'http://127.0.0.1/' } })
})
