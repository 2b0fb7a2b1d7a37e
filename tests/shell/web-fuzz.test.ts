/** Nothing that a window sends ends the host: two thousand messages of every wrong kind, to the real engine. */
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { inputs } from '../../src-main/api/contract/contract.ts'
import { type RunningEngine, startEngine } from '../../src-main/host/engine-host.ts'
import { startWebHost, type WebHost } from '../../src-main/web/server.ts'
import { createRandom } from '../torture/random.ts'

const dataDir = mkdtempSync(path.join(tmpdir(), 'broadsheet-fuzz-'))
const deaths: string[] = []
let engine: RunningEngine
let host: WebHost

beforeAll(async () => {
  writeFileSync(path.join(dataDir, 'index.html'), '<!doctype html><title>Broadsheet</title>')
  const started = await startEngine({ dataDir, isPolling: false, log: line => deaths.push(line) })
  if (started.kind !== 'running') throw new Error(started.detail)
  engine = started.engine
  const web = await startWebHost({ engine, port: 0, root: dataDir, mostPayload: 8_000_000 })
  if (web.kind !== 'listening') throw new Error(web.kind)
  host = web.host
}, 60_000)
afterAll(async () => {
  await host.close()
  await engine.close()
  rmSync(dataDir, { recursive: true })
})

async function openWindow(): Promise<WebSocket> {
  const protocols = ['broadsheet.v1', `token.${host.token}`]
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/ws`, protocols, { origin: host.origin })
  await once(socket, 'open')
  return socket
}

async function answersWell(): Promise<void> {
  const socket = await openWindow()
  socket.send(JSON.stringify({ id: 1, name: 'sources', input: {} }))
  const [data] = await once(socket, 'message')
  expect(JSON.parse(String(data))).toMatchObject({ id: 1, output: { feeds: [], folders: [] } })
  socket.close()
  await once(socket, 'close')
}

/** One that was cut off is opened anew; what it had been sent before is nobody's loss. */
async function sendAll(messages: (string | Uint8Array)[]): Promise<void> {
  let socket = await openWindow()
  for (const message of messages) {
    if (socket.readyState !== WebSocket.OPEN) socket = await openWindow()
    socket.on('error', () => undefined)
    await new Promise(resolve => socket.send(message, resolve))
  }
  socket.terminate()
  await once(socket, 'close')
}

const nested = (depth: number, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth)
const call = (input: string, name = '"settings"', id = '1') => `{"id":${id},"name":${name},"input":${input}}`

test.each([
  ['lists 4,000 deep', call(nested(4_000))],
  ['lists a million deep', call(nested(1_000_000))],
  ['objects 4,000 deep', call(`${nested(4_000, '{"a":', '}').replace(':}', ':1}')}`)],
  ['lists that never end', '['.repeat(2_000_000)],
  ['two and a half million empty lists', call(`[${'[],'.repeat(2_500_000)}[]]`)],
  ['seven million numbers', call(`[${'1,'.repeat(3_900_000)}1]`)],
])('%s cut off the window that sends them, and nobody else', async (_name, message) => {
  const bystander = await openWindow()
  const socket = await openWindow()
  socket.send(message)
  const [code] = await once(socket, 'close')
  expect(code).toBe(1007)
  expect(bystander.readyState).toBe(WebSocket.OPEN)
  bystander.close()
  await answersWell()
  expect(deaths).toEqual([])
})

test('brackets within a text are no nesting', async () => {
  const socket = await openWindow()
  const text = `${'['.repeat(5_000)}"\\${'{,'.repeat(600_000)}`
  socket.send(JSON.stringify({ id: 7, name: text, input: { [text.slice(0, 100)]: '\\"[[[' } }))
  const [data] = await once(socket, 'message')
  expect(JSON.parse(String(data))).toMatchObject({ id: 7, error: { code: 'unknown-name' } })
  socket.close()
})

test('two thousand messages of every wrong kind leave the host and its engine as they were', async () => {
  const random = createRandom(9)
  const names = [...Object.keys(inputs), '__proto__', 'constructor', 'toString', '', 'x'.repeat(5_000)]
  const value = (depth = 0): unknown => {
    const kinds: (() => unknown)[] = [
      () => null,
      () => random.next() < 0.5,
      () => random.pick([0, -1, 1e308, -0, 2 ** 53, 0.1]),
      () => random.pick(['', '\0', '\ud800', '\u202e', "'; DROP TABLE articles; --", 'x'.repeat(random.below(20_000))]),
      () => (depth > 20 ? [] : Array.from({ length: random.below(4) }, () => value(depth + 1))),
      () =>
        depth > 20
          ? {}
          : Object.fromEntries(
              Array.from({ length: random.below(4) }, () => [
                random.pick(['id', 'ids', 'feedId', 'view', 'kind', 'constructor', 'k'.repeat(3_000)]),
                value(depth + 1),
              ]),
            ),
    ]
    return random.pick(kinds)()
  }
  // What writes files or ends the engine's life on purpose is no mistake when it does.
  const harmless = names.filter(
    name => !/^(?:restore|export|backUp|makeBackup|importEverything|addFeed|discover)/.test(name),
  )
  const makers: (() => string | Uint8Array)[] = [
    () => JSON.stringify({ id: value(), name: random.pick(harmless), input: value() }),
    () => JSON.stringify({ id: random.below(99), name: random.pick(harmless), input: value() }),
    () => JSON.stringify(value()),
    () => call('{"__proto__":{"isSaved":true},"constructor":{"prototype":{}}}', `"${random.pick(harmless)}"`),
    () => `{"__proto__":{"id":1,"name":"sources","input":{}}}`,
    () => call(nested(random.below(6_000))),
    () => call('{}').slice(0, random.below(20)),
    () => Buffer.from(Array.from({ length: random.below(300) }, () => random.below(256))),
    () => call(`"\\ud800\\udfff\\udc00"`),
    () => call(`{"${'k'.repeat(random.below(100_000))}":1}`, undefined, `${random.below(2) ? '1e999' : '-0'}`),
  ]
  await sendAll(Array.from({ length: 200 }, () => random.pick(makers)()))
  const before = process.memoryUsage().rss
  await sendAll(Array.from({ length: 1_800 }, () => random.pick(makers)()))
  await answersWell()
  expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000)
  expect(deaths).toEqual([])
  expect(({} as { isSaved?: unknown }).isSaved).toBeUndefined()
}, 120_000)

async function rawWindow(): Promise<Socket> {
  const socket = connect(host.port, '127.0.0.1')
  socket.on('error', () => undefined)
  const lines = [
    'GET /ws HTTP/1.1',
    `host: 127.0.0.1:${host.port}`,
    `origin: ${host.origin}`,
    'connection: upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==',
    `sec-websocket-protocol: broadsheet.v1, token.${host.token}`,
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1\.1 101 /)
  return socket
}

test.each([
  ['text that is no UTF-8', [0x81, 0x84, 0, 0, 0, 0, 0xff, 0xfe, 0xc0, 0x80]],
  ['a frame that says it is eight exabytes', [0x81, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0]],
  ['a frame without a mask', [0x81, 0x02, 0x7b, 0x7d]],
  ['a frame of a kind that is none', [0x83, 0x80, 0, 0, 0, 0]],
  ['a continuation of nothing', [0x80, 0x80, 0, 0, 0, 0]],
  ['a ping that is too long', [0x89, 0xfe, 1, 0, 0, 0, 0, 0]],
  ['a close frame of one byte', [0x88, 0x81, 0, 0, 0, 0, 3]],
])('%s ends that window only', async (_name, bytes) => {
  const socket = await rawWindow()
  const closed = once(socket, 'close')
  socket.resume()
  socket.write(Buffer.from(bytes))
  await closed
  await answersWell()
  expect(deaths).toEqual([])
})

test('a message in ten thousand fragments is read as one, and one that never ends is cut off', async () => {
  const socket = await rawWindow()
  const frame = (opcode: number, text: string) =>
    Buffer.concat([Buffer.from([opcode, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)])
  const text = call('{}', '"sources"').padEnd(10_000, ' ')
  const answer = once(socket, 'data')
  socket.write(Buffer.concat([...text].map((one, at) => frame(at === 0 ? 1 : at === text.length - 1 ? 0x80 : 0, one))))
  expect(String((await answer)[0])).toContain('"output"')
  socket.on('data', () => undefined)
  const closed = once(socket, 'close')
  const filler = frame(0, ' '.repeat(125))
  socket.write(frame(1, ' '))
  const many = Buffer.concat(Array.from({ length: 10_000 }, () => filler))
  for (let sent = 0; sent < 10; sent++) socket.write(many)
  await closed
  await answersWell()
}, 60_000)
