/** The supervisor of the engine, over both of the engine's homes: a thread, and Electron's utility process. */
import { EventEmitter, once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Port } from '../../src-main/api/ports.ts'
import { processHome } from '../../src-main/electron/engine/engine-process.ts'
import { type EngineHome, threadHome } from '../../src-main/host/engine-home.ts'
import { beginEngine, type EngineStarted, type RunningEngine } from '../../src-main/host/engine-host.ts'

vi.mock('electron', () => import('./stand-in/home.ts'))

const file = fileURLToPath(new URL('stand-in/engine-thread.ts', import.meta.url))
const files = { engine: file, intake: file, worker: file }
const lines = new EventEmitter<{ line: [string] }>()
let deaths = 0
lines.on('line', () => deaths++)

type End = { close(): void }
type Engine = RunningEngine<End>

const homes = [
  ['a thread', threadHome],
  ['a process', processHome],
] as [string, EngineHome<End>][]

describe.each(homes)('the engine in %s', (_home, home) => {
  const running: Engine[] = []

  afterEach(async () => {
    await Promise.all(running.splice(0).map(engine => engine.close()))
    deaths = 0
  })

  async function start(dataDir = '/data', now?: () => number): Promise<EngineStarted<End>> {
    const started = await beginEngine(home, { dataDir, files, now, log: line => lines.emit('line', line) }).started
    if (started.kind === 'running') running.push(started.engine)
    return started
  }

  async function startRunning(now?: () => number): Promise<Engine> {
    const started = await start('/data', now)
    if (started.kind !== 'running') throw new Error(started.detail)
    return started.engine
  }

  const connect = (engine: Engine): Port => home.portOf(engine.connect())
  const closeOf = (port: Port) => new Promise<void>(resolve => port.onClose(() => resolve()))

  function ask(port: Port, name: string, input: unknown = {}): Promise<unknown> {
    return new Promise(resolve => {
      port.onMessage(resolve)
      port.send({ id: 1, name, input })
    })
  }

  /** Lets the engine die and waits until that has been noticed. A window's port may close a moment sooner. */
  async function kill(engine: Engine, how = 'die'): Promise<void> {
    const port = connect(engine)
    const isTold = once(lines, 'line')
    const isClosed = closeOf(port)
    port.send({ id: 1, name: how, input: {} })
    await Promise.all([isTold, isClosed])
  }

  test('every window has a connection of its own', async () => {
    const engine = await startRunning()
    const answers = await Promise.all([ask(connect(engine), 'one'), ask(connect(engine), 'two')])
    expect(answers).toEqual([
      { id: 1, output: { name: 'one', input: {} } },
      { id: 1, output: { name: 'two', input: {} } },
    ])
  })

  test.each(['die', 'throw', 'fault'])(
    'an engine that ends by %s closes every connection and is there again',
    async how => {
      const engine = await startRunning()
      let restarts = 0
      engine.onRestart(() => restarts++)
      const closed = closeOf(connect(engine))
      await kill(engine, home === threadHome && how === 'fault' ? 'die' : how)
      await closed
      expect(await ask(connect(engine), 'again')).toEqual({ id: 1, output: { name: 'again', input: {} } })
      expect({ deaths, restarts }).toEqual({ deaths: 1, restarts: 1 })
    },
  )

  test.each(['die', 'throw'])('who connects the moment an engine ends by %s is answered by the next one', async how => {
    const engine = await startRunning()
    const windows = Array.from({ length: 5 }, () => connect(engine))
    await Promise.all(windows.map(window => ask(window, 'there')))
    // As a window of the web host may: in the very moment.
    const next = windows.map(window => new Promise<Port>(resolve => window.onClose(() => resolve(connect(engine)))))
    await kill(engine, how)
    const answers = await Promise.all(next.map(async port => ask(await port, 'again')))
    expect(answers).toEqual(windows.map(() => ({ id: 1, output: { name: 'again', input: {} } })))
    expect(deaths).toBe(1)
  })

  test('its memory is limited, and its threads have their own limits', async () => {
    const { output } = (await ask(connect(await startRunning()), 'limits')) as { output: Record<string, number> }
    expect(output).toEqual({ engine: expect.closeTo(1_024 + 24, -1.5), thread: expect.closeTo(53, -1.5) })
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
    const detail = home === threadHome ? 'a bug in the engine' : 'exit code 1'
    expect(exits).toEqual([{ kind: 'crashing', detail: expect.stringContaining(detail) }])
    expect(engine.hasEnded()).toBe(true)
    await closeOf(connect(engine))
    expect((await engine.resource('/icon/1')).status).toBe(503)
  })

  test('deaths that lie minutes apart are each followed by a new engine', async () => {
    let now = 0
    const engine = await startRunning(() => now)
    for (let death = 0; death < 5; death++) {
      await kill(engine)
      now += 61_000
    }
    expect(await ask(connect(engine), 'still here')).toMatchObject({ output: { name: 'still here' } })
  })

  test('an engine that breaks while starting is unusable after three tries', async () => {
    expect(await start('/crashing')).toEqual({
      kind: 'unusable',
      code: 'internal',
      detail: expect.stringContaining(home === threadHome ? 'broken at the start' : 'exit code 1'),
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
    const closed = closeOf(connect(engine))
    await engine.close()
    await closed
    expect(engine.hasEnded()).toBe(true)
    expect(deaths).toBe(0)
  })

  test('a window that is gone before the engine accepts it is no trouble', async () => {
    const engine = await startRunning()
    connect(engine).close()
    expect(await ask(connect(engine), 'another')).toMatchObject({ output: { name: 'another' } })
  })
})

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let at = 0; at < depth; at++) value = at % 2 ? [value] : { a: value }
  return value
}

const turning: { self?: unknown; other?: unknown } = {}
turning.self = turning
turning.other = [turning]

/** A page's messages come straight to a process; those of the web host's windows are judged as text before. */
test.each([
  ['nested 400 deep', nested(400)],
  ['nested within a map', new Map([[1, nested(100)]])],
  ['that holds itself', turning],
  ['of two million parts', Array(2_000_000).fill(0)],
])('a message %s is not read by an engine in a process, and the next one is', async (_name, input) => {
  const { engine, started } = beginEngine(processHome, { dataDir: '/data', files })
  const port = processHome.portOf(engine.connect())
  const answer = new Promise(resolve => port.onMessage(resolve))
  port.send({ id: 1, name: 'first', input })
  port.send({ id: 2, name: 'second', input: { text: 'x'.repeat(1_000_000), bytes: new Uint8Array(1_000_000) } })
  expect(await answer).toMatchObject({ id: 2 })
  expect((await started).kind).toBe('running')
  await engine.close()
})
