/** Who holds on to the web host without the token: connections that never end, answers that are never read. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { noResource } from '../../src-main/api/engine-thread.ts'
import { startWebHost, type WebHost } from '../../src-main/web/server.ts'

const root = mkdtempSync(path.join(tmpdir(), 'broadsheet-stall-'))
const engine = { connect: () => new MessageChannel().port1, resource: async () => noResource(404) }
/** The host's ends of the connections of a test. */
let theirs: Socket[] = []
const ours: Socket[] = []
let host: WebHost

const onSocket = (message: unknown) => void theirs.push((message as { socket: Socket }).socket)

beforeAll(async () => {
  mkdirSync(path.join(root, 'assets'))
  writeFileSync(path.join(root, 'index.html'), '<!doctype html><title>Broadsheet</title>')
  writeFileSync(path.join(root, 'assets', 'large.js'), 'x'.repeat(30_000_000))
  const web = await startWebHost({ engine, port: 0, root, mostIdle: 200 })
  if (web.kind !== 'listening') throw new Error(web.kind)
  host = web.host
})
afterAll(async () => {
  await host.close()
  rmSync(root, { recursive: true })
})
beforeEach(() => {
  theirs = []
  subscribe('net.server.socket', onSocket)
})
afterEach(() => {
  unsubscribe('net.server.socket', onSocket)
  for (const socket of ours.splice(0)) socket.destroy()
})

async function open(): Promise<Socket> {
  const socket = connect({ port: host.port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => undefined)
  ours.push(socket)
  await once(socket, 'connect')
  return socket
}

const get = (file: string, more = '') => `GET ${file} HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\n${more}\r\n`

test('a WebSocket that is refused is let go of, though the other side keeps its half open', async () => {
  const socket = await open()
  const handshake = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'
  socket.write(get('/ws', handshake))
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 403 /)
  await expect.poll(() => theirs[0]?.destroyed, { timeout: 10_000 }).toBe(true)
})

test('a thousand requests at once on one connection are not answered, and their connection is ended', async () => {
  const socket = await open()
  let text = ''
  socket.on('data', data => {
    text += data
  })
  socket.write(get('/').repeat(1_000))
  await expect.poll(() => theirs[0]?.destroyed, { timeout: 10_000 }).toBe(true)
  expect(text.split('HTTP/1.1 200').length - 1).toBeLessThan(20)
  expect((await fetch(host.origin)).status).toBe(200)
})

test('a few requests at once are answered in their order, and then as many again', async () => {
  const socket = await open()
  let text = ''
  socket.on('data', data => {
    text += data
  })
  for (const answers of [8, 16]) {
    socket.write(get('/').repeat(8))
    await expect.poll(() => text.split('<title>').length - 1, { timeout: 10_000 }).toBe(answers)
  }
})

test('who does not read an answer is let go of', async () => {
  const socket = await open()
  socket.pause()
  socket.write(get('/assets/large.js'))
  await expect.poll(() => theirs[0]?.destroyed, { timeout: 10_000 }).toBe(true)
})
