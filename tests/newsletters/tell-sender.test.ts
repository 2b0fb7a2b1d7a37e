/** A newsletter is left by the one request that RFC 8058 asks for, to a real server over TLS. */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createHttp } from '../../src-main/http/client.ts'
import type { Http } from '../../src-main/http/types.ts'
import { tellSender } from '../../src-main/newsletters/tell-sender.ts'

const folder = new URL('../fixtures/tls/', import.meta.url)
const cert = readFileSync(new URL('loopback-cert.pem', folder), 'utf8')
const key = readFileSync(new URL('loopback-key.pem', folder), 'utf8')

type Asked = { method: string; path: string; body: string; headers: Record<string, unknown> }
let asked: Asked[] = []
const server = createServer({ cert, key }, (request, response) => {
  let body = ''
  request.setEncoding('utf8')
  request.on('data', chunk => (body += chunk))
  request.on('end', () => {
    asked.push({ method: request.method ?? '', path: request.url ?? '', body, headers: request.headers })
    if (request.url === '/moved') response.writeHead(307, { location: '/elsewhere' }).end()
    else if (request.url === '/gone') response.writeHead(404).end('no such list')
    else if (request.url === '/long') response.writeHead(200).end('x'.repeat(200_000))
    else response.writeHead(202, { 'set-cookie': 'who=ada' }).end()
  })
})
let host = ''
let client: Http
/** The test's server is on this computer, where a window's request may never go. */
let http: Pick<Http, 'post'>

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  client = createHttp({ environment: {}, ca: cert })
  http = { post: request => client.post({ ...request, privateHost: host }) }
})
afterAll(async () => {
  await client.close()
  server.close()
})
beforeEach(() => {
  asked = []
})

test('one form is sent, without cookies, credentials or where it comes from', async () => {
  const url = `https://ada:word@${host}/leave?list=1`
  expect([await tellSender(http, url), await tellSender(http, url)]).toEqual([{ kind: 'told' }, { kind: 'told' }])
  expect(asked.map(({ method, path, body }) => ({ method, path, body }))).toEqual(
    Array.from({ length: 2 }, () => ({
      method: 'POST',
      path: '/leave?list=1',
      body: 'List-Unsubscribe=One-Click',
    })),
  )
  for (const { headers } of asked) {
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(Object.keys(headers).filter(name => /cookie|authorization|referer|origin/.test(name))).toEqual([])
  }
})

test('a redirect is not followed, and is no yes; nor is an error', async () => {
  expect(await tellSender(http, `https://${host}/moved`)).toEqual({ kind: 'refused', status: 307 })
  expect(await tellSender(http, `https://${host}/gone`)).toEqual({ kind: 'refused', status: 404 })
  expect(asked.map(({ path }) => path)).toEqual(['/moved', '/gone'])
})

test('a page that is too long to read is a yes', async () => {
  expect(await tellSender(http, `https://${host}/long`)).toEqual({ kind: 'told' })
})

test('nothing is sent in the clear', async () => {
  const answer = await tellSender(http, `http://${host}/leave`)
  expect(answer).toEqual({ kind: 'failed', failure: { reason: 'bad-address' } })
  expect(asked).toEqual([])
})

test('an address of one’s own network is not asked', async () => {
  const answer = await tellSender(client, `https://${host}/leave`)
  expect(answer).toMatchObject({ kind: 'failed', failure: { reason: 'private-address' } })
  expect(asked).toEqual([])
})
