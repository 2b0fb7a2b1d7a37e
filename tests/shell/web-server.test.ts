import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type RunningEngine, startEngine } from '../../src-main/host/engine-host.ts'
import { startWebHost, type WebHost } from '../../src-main/web/server.ts'

const file = fileURLToPath(new URL('stand-in/engine-thread.ts', import.meta.url))
const root = mkdtempSync(path.join(tmpdir(), 'broadsheet-web-'))
let engine: RunningEngine
let host: WebHost

beforeAll(async () => {
  writeFileSync(path.join(root, 'index.html'), '<!doctype html><title>Broadsheet</title>')
  const files = { engine: file, intake: file, worker: file }
  const started = await startEngine({ dataDir: '/data', files, log: () => undefined })
  if (started.kind !== 'running') throw new Error(started.detail)
  engine = started.engine
  const web = await startWebHost({ engine, port: 0, root, mostPayload: 25 * 1024 * 1024 })
  if (web.kind !== 'listening') throw new Error(web.kind)
  host = web.host
})
afterAll(async () => {
  await host.close()
  await engine.close()
  rmSync(root, { recursive: true })
})

async function openWindow(
  protocols = ['broadsheet.v1', `token.${host.token}`],
  origin = host.origin,
): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/ws`, protocols, { origin })
  await once(socket, 'open')
  return socket
}

async function closeCode(socket: WebSocket): Promise<number> {
  const [code] = await once(socket, 'close')
  return code
}

function ask(socket: WebSocket, name: string, input: unknown = {}, id = 1): void {
  socket.send(JSON.stringify({ id, name, input }))
}

test('the address carries 32 bytes of secret in its fragment, where no server and no log sees it', () => {
  expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}$/)
})

test('a window asks and hears over its WebSocket, and is not told the token back', async () => {
  const socket = await openWindow()
  ask(socket, 'hello', { umlaut: 'ä' })
  const [data] = await once(socket, 'message')
  expect(JSON.parse(String(data))).toEqual({ id: 1, output: { name: 'hello', input: { umlaut: 'ä' } } })
  expect(socket.protocol).toBe('broadsheet.v1')
  socket.close()
})

test.each([
  ['no token', ['broadsheet.v1'], undefined, 401],
  ['a wrong token', ['broadsheet.v1', `token.${'0'.repeat(64)}`], undefined, 401],
  ['a foreign origin', undefined, 'http://evil.test', 403],
  ['the null origin', undefined, 'null', 403],
])('a WebSocket with %s is refused', async (_name, protocols, origin, status) => {
  const error = await openWindow(protocols, origin).catch(found => found)
  expect(String(error)).toContain(`Unexpected server response: ${status}`)
})

test('a window whose engine dies is told to come again, and then finds the new one', async () => {
  const socket = await openWindow()
  ask(socket, 'die')
  expect(await closeCode(socket)).toBe(1012)
  // As the page does: again, until the new engine is there.
  for (;;) {
    const again = await openWindow()
    ask(again, 'hello')
    const heard = await Promise.race([once(again, 'message'), once(again, 'close')])
    again.close()
    if (heard[1] === false) break
  }
})

test.each([
  ['text that is no JSON', 'hello', 1007],
  ['a bare number', '7', 1007],
  ['null', 'null', 1007],
  ['bytes', Buffer.from([1, 2, 3]), 1007],
  ['more than a message may have', 'x'.repeat(26 * 1024 * 1024), 1009],
])('a window that sends %s is cut off', async (_name, data, code) => {
  const socket = await openWindow()
  socket.send(data)
  expect(await closeCode(socket)).toBe(code)
})

test('an OPML file of 20 million characters goes through', async () => {
  const socket = await openWindow()
  ask(socket, 'importOpml', { text: 'x'.repeat(20_000_000) })
  const [data] = await once(socket, 'message')
  expect(String(data).length).toBeGreaterThan(20_000_000)
  socket.close()
})

test('a window with a thousand unanswered calls is cut off', async () => {
  const socket = await openWindow()
  for (let id = 1; id <= 1_100; id++) ask(socket, 'stay silent', {}, id)
  expect(await closeCode(socket)).toBe(1008)
})

test('a window that asks on and on, and waits for its answers, is not', async () => {
  const socket = await openWindow()
  for (let id = 1; id <= 1_500; id++) {
    ask(socket, 'hello', {}, id)
    await once(socket, 'message')
  }
  expect(socket.readyState).toBe(WebSocket.OPEN)
  socket.close()
})

test('a window that reads nothing is cut off before it fills the memory', async () => {
  const socket = await openWindow()
  const raw = (socket as unknown as { _socket: { pause(): void; resume(): void } })._socket
  ask(socket, 'flood')
  raw.pause()
  const other = await openWindow()
  ask(other, 'hello')
  await once(other, 'message')
  other.close()
  raw.resume()
  expect(await closeCode(socket)).toBe(1013)
})

test('health is told to who has the token', async () => {
  const state = (headers: Record<string, string>) => fetch(`${host.origin}/state`, { headers })
  const answered = await state({ authorization: `Bearer ${host.token}` })
  expect(await answered.json()).toEqual({ ok: true, version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
  expect(answered.headers.get('cache-control')).toBe('no-store')
  expect((await state({})).status).toBe(401)
  expect((await state({ authorization: 'Bearer 00' })).status).toBe(401)
})

test.each([
  ['a foreign name', { host: 'evil.test' }, '/', 421],
  ['a foreign origin', { origin: 'http://evil.test' }, '/', 403],
  ['a path outside its files', {}, '/..%2f..%2fpackage.json', 404],
  ['a body', { 'content-length': '3' }, '/', 413],
  ['a WebSocket address without the upgrade', {}, '/ws', 426],
])('a request with %s is refused', async (_name, headers, address, status) => {
  expect(await statusOf(headers, address)).toBe(status)
})

test('an address that no URL can be made of is refused, and ends nothing', async () => {
  const socket = connect(host.port, '127.0.0.1')
  const lines = ['GET /\\[ HTTP/1.1', `host: 127.0.0.1:${host.port}`, 'connection: upgrade', 'upgrade: websocket']
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /)
  expect(await statusOf({}, '/')).toBe(200)
})

test.each([
  ['hosts', ['host: 127.0.0.1:PORT', 'host: evil.test']],
  ['hosts that say the same', ['host: 127.0.0.1:PORT', 'Host: 127.0.0.1:PORT']],
  ['origins', ['host: 127.0.0.1:PORT', 'origin: http://127.0.0.1:PORT', 'Origin: http://evil.test']],
])('a request with two %s is refused, whichever Node keeps', async (_name, headers) => {
  for (const more of [[], ['connection: upgrade', 'upgrade: websocket']]) {
    const socket = connect(host.port, '127.0.0.1')
    const lines = ['GET / HTTP/1.1', ...headers.map(line => line.replaceAll('PORT', String(host.port))), ...more]
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /)
    socket.destroy()
  }
})

test('it listens on the loopback address only', async () => {
  const socket = connect({ port: host.port, host: '127.0.0.2' })
  const [error] = await once(socket, 'error')
  expect(error.code).toBe('ECONNREFUSED')
})

test('a port that is taken is an outcome, not an exception', async () => {
  expect(await startWebHost({ engine, port: host.port, root })).toEqual({ kind: 'port-taken', port: host.port })
})

test('closing ends open windows and half-open connections at once', async () => {
  const web = await startWebHost({ engine, port: 0, root })
  if (web.kind !== 'listening') throw new Error(web.kind)
  const { port, token, origin, close } = web.host
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, ['broadsheet.v1', `token.${token}`], { origin })
  await once(socket, 'open')
  const halfOpen = connect(port, '127.0.0.1')
  halfOpen.on('error', () => undefined)
  await once(halfOpen, 'connect')
  halfOpen.write('GET / HTTP/1.1\r\n')
  const code = closeCode(socket)
  await close()
  expect(await code).toBe(1001)
})

function statusOf(headers: Record<string, string>, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: host.port, host: '127.0.0.1', path: address, headers }, response => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    asked.on('error', reject)
    // The body announced is never sent: the refusal must not wait for it.
    if ('content-length' in headers) asked.flushHeaders()
    else asked.end()
  })
}
