import { EventEmitter, once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { MessagePort } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { type EngineStart, type RunningEngine, startEngine } from '../../src-main/host/engine-host.ts'

const file = fileURLToPath(new URL('stand-in/engine-thread.ts', import.meta.url))
const files = { engine: file, intake: file, worker: file }
const running: RunningEngine[] = []
const lines = new EventEmitter<{ line: [string] }>()
let deaths = 0
lines.on('line', () => deaths++)

afterEach(async () => {
  await Promise.all(running.splice(0).map(engine => engine.close()))
  deaths = 0
})

async function start(dataDir = '/data', now?: () => number): Promise<EngineStart> {
  const started = await startEngine({ dataDir, files, now, log: line => lines.emit('line', line) })
  if (started.kind === 'running') running.push(started.engine)
  return started
}

async function startRunning(now?: () => number): Promise<RunningEngine> {
  const started = await start('/data', now)
  if (started.kind !== 'running') throw new Error(started.detail)
  return started.engine
}

async function ask(port: MessagePort, name: string): Promise<unknown> {
  port.postMessage({ id: 1, name, input: {} })
  return (await once(port, 'message'))[0]
}

/** Lets the engine die and waits until that has been noticed. A window's port may close a moment sooner. */
async function kill(engine: RunningEngine, how = 'die'): Promise<void> {
  const port = engine.connect()
  const isTold = once(lines, 'line')
  const isClosed = once(port, 'close')
  port.postMessage({ id: 1, name: how, input: {} })
  await Promise.all([isTold, isClosed])
}

test('every window has a connection of its own', async () => {
  const engine = await startRunning()
  const answers = await Promise.all([ask(engine.connect(), 'one'), ask(engine.connect(), 'two')])
  expect(answers).toEqual([
    { id: 1, output: { name: 'one', input: {} } },
    { id: 1, output: { name: 'two', input: {} } },
  ])
})

test.each(['die', 'throw'])('an engine that ends by %s closes every connection and is there again', async how => {
  const engine = await startRunning()
  const bystander = engine.connect()
  const closed = once(bystander, 'close')
  await kill(engine, how)
  await closed
  expect(await ask(engine.connect(), 'again')).toEqual({ id: 1, output: { name: 'again', input: {} } })
  expect(deaths).toBe(1)
})

test.each(['die', 'throw'])('who connects the moment an engine ends by %s is answered by the next one', async how => {
  const engine = await startRunning()
  const windows = Array.from({ length: 5 }, () => engine.connect())
  await Promise.all(windows.map(window => ask(window, 'there')))
  // As Electron's host does: in the very moment.
  const next = windows.map(
    window => new Promise<MessagePort>(resolve => window.once('close', () => resolve(engine.connect()))),
  )
  await kill(engine, how)
  const answers = await Promise.all(next.map(async port => ask(await port, 'again')))
  expect(answers).toEqual(windows.map(() => ({ id: 1, output: { name: 'again', input: {} } })))
  expect(deaths).toBe(1)
})

test('three deaths within a minute end it, and it says so once', async () => {
  const engine = await startRunning()
  const exits: unknown[] = []
  const exit = new Promise<void>(resolve => engine.onExit(reason => resolve(void exits.push(reason))))
  await kill(engine)
  await kill(engine)
  expect(engine.hasEnded()).toBe(false)
  await kill(engine, 'throw')
  await exit
  expect(exits).toEqual([{ kind: 'crashing', detail: expect.stringContaining('a bug in the engine') }])
  expect(engine.hasEnded()).toBe(true)
  await once(engine.connect(), 'close')
  expect((await engine.resource('/icon/1')).status).toBe(503)
})

test('deaths that lie minutes apart are each followed by a new engine', async () => {
  let now = 0
  const engine = await startRunning(() => now)
  for (let death = 0; death < 5; death++) {
    await kill(engine)
    now += 61_000
  }
  expect(await ask(engine.connect(), 'still here')).toMatchObject({ output: { name: 'still here' } })
})

test('an engine that breaks while starting is unusable after three tries', async () => {
  expect(await start('/crashing')).toEqual({
    kind: 'unusable',
    code: 'internal',
    detail: expect.stringContaining('broken at the start'),
  })
  expect(deaths).toBe(3)
})

test('an engine that cannot use its folder says why and is not tried again', async () => {
  expect(await start('/in-use')).toEqual({ kind: 'unusable', code: 'in-use', detail: 'by another' })
  expect(deaths).toBe(0)
})

test('resources come with their bytes; those under way when the engine dies are refused, not lost', async () => {
  const engine = await startRunning()
  expect(await engine.resource('/icon/1?signature=right')).toMatchObject({
    status: 200,
    type: 'image/png',
    bytes: new Uint8Array([10, 11, 12, 13, 14, 15]),
  })
  const pending = engine.resource('/icon/never')
  await kill(engine)
  expect((await pending).status).toBe(503)
})

test('closing twice waits for the same end', async () => {
  const engine = await startRunning()
  await Promise.all([engine.close(), engine.close().then(() => expect(engine.hasEnded()).toBe(true))])
})

test('closing ends it for good, without a new engine', async () => {
  const engine = await startRunning()
  const port = engine.connect()
  const closed = once(port, 'close')
  await engine.close()
  await closed
  expect(engine.hasEnded()).toBe(true)
  expect(deaths).toBe(0)
})
