/** The connection to the engine: one client that outlives single connections. For windows, and for the Electron host itself. */
import type { Port } from '../ports.ts'
import { isRepeated } from './calls.ts'
import type { Name } from './contract.ts'
import type { EventName, Events } from './events.ts'
import { callsBy, connect, type EngineClient, EngineError } from './rpc.ts'

/** lost: it ended, and is being made again. no-token: this page may not connect to an engine at all. */
export type LinkState = 'connecting' | 'open' | 'lost' | 'no-token'

/** Makes connections: the Electron host hands them over, a browser page opens them. */
export type PortSource = { next(): Promise<Port> }

export type EngineLink = {
  /** Calls made while there is no connection wait for the next one. */
  engine: EngineClient
  /** Calls the listener now and at every change. On 'open' after 'lost', everything must be asked again. */
  onState(listener: (state: LinkState) => void): void
}

type Listener = (payload: never) => void

/** Backoff between tries, in ms. */
const waits = [0, 50, 100, 200, 400, 800, 1_000]

/** Keeps a client connected for as long as the window lives. `wait` sleeps for so many milliseconds. */
export function linkEngine(source: PortSource | null, wait: (ms: number) => Promise<void>): EngineLink {
  const listeners = new Map<string, Set<Listener>>()
  const stateListeners = new Set<(state: LinkState) => void>()
  let state: LinkState = source ? 'connecting' : 'no-token'
  let client = Promise.withResolvers<EngineClient>()

  function become(next: LinkState): void {
    if (state === next) return
    state = next
    for (const listener of stateListeners) listener(state)
  }

  function attach(next: EngineClient): Promise<void> {
    for (const event of listeners.keys()) forward(next, event as EventName)
    client.resolve(next)
    const ended = new Promise<void>(resolve => next.onClose(() => resolve()))
    become('open')
    return ended
  }

  function forward(to: EngineClient, event: EventName): void {
    to.on(event, (payload: Events[EventName]) => {
      for (const listener of listeners.get(event) ?? []) listener(payload as never)
    })
  }

  async function stayConnected(ports: PortSource): Promise<never> {
    for (let failures = 0; ; ) {
      try {
        const port = await ports.next()
        failures = 0
        await attach(connect(port))
        client = Promise.withResolvers()
      } catch {
        failures++
      }
      become('lost')
      await wait(waits[Math.min(failures, waits.length - 1)]!)
    }
  }

  async function call(text: string, input: unknown): Promise<unknown> {
    const name = text as Name
    const current = await client.promise
    try {
      return await (current[name] as (input: unknown) => Promise<unknown>)(input)
    } catch (error) {
      if (error instanceof EngineError && error.code === 'closed' && isRepeated(name)) return call(name, input)
      throw error
    }
  }

  const engine = callsBy<EngineClient>(call, {
    on(event: EventName, listener: Listener): () => void {
      const isFirst = !listeners.has(event)
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener))
      if (isFirst && state === 'open') void client.promise.then(current => forward(current, event))
      return () => set.delete(listener)
    },
    onClose: () => undefined,
    close: () => undefined,
  })

  if (source) void stayConnected(source)
  return {
    engine,
    onState(listener) {
      stateListeners.add(listener)
      listener(state)
    },
  }
}
