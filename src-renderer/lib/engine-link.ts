/** The connection to the engine: one client that outlives single connections. */
import { isRepeated } from '../../src-main/api/contract/calls.ts'
import type { Name } from '../../src-main/api/contract/contract.ts'
import type { EventName, Events, HostEvents } from '../../src-main/api/contract/events.ts'
import {
  type Client,
  callsBy,
  connect,
  connectTo,
  type EngineClient,
  EngineError,
} from '../../src-main/api/contract/rpc.ts'
import { type Port, portOfDomPort } from '../../src-main/api/ports.ts'

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

/** Ports that the Electron host hands to the page, one for each run of the engine. */
function portsFromHost(page: Window): PortSource {
  let newest: Port | null = null
  let waiting: ((port: Port) => void) | null = null
  let endLast: () => void = () => undefined
  onHandedPort(page, 'broadsheet-engine-port', port => {
    // The last engine has ended, whether or not its port has closed by now.
    endLast()
    const ended = Promise.withResolvers<void>()
    port.addEventListener('close', () => ended.resolve(), { once: true })
    endLast = ended.resolve
    newest = { ...portOfDomPort(port), onClose: listener => void ended.promise.then(() => listener()) }
    waiting?.(newest)
  })
  return {
    async next() {
      newest ??= await new Promise<Port>(resolve => (waiting = resolve))
      const port = newest
      newest = null
      waiting = null
      return port
    },
  }
}

/** Listens to the Electron host's events, which wait in their port until the first listener is there. No other host has any. */
export function onHostEvents(page: Window, listener: (host: Pick<Client<object, HostEvents>, 'on'>) => void): void {
  onHandedPort(page, 'broadsheet-host-port', port => listener(connectTo<object, HostEvents>(portOfDomPort(port))))
}

/** Ports that the preload script gives to this page under a name. */
function onHandedPort(page: Window, name: string, listener: (port: MessagePort) => void): void {
  page.addEventListener('message', event => {
    const [port] = event.ports
    if (event.source === page && event.data === name && port) listener(port)
  })
}

/** Ports over WebSockets to the page's own server. The token goes as a subprotocol: addresses end up in logs. */
function portsFromSocket(address: string, token: string): PortSource {
  return {
    next: () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(address, ['broadsheet.v1', `token.${token}`])
        socket.addEventListener('open', () => resolve(portOfSocket(socket)), { once: true })
        socket.addEventListener('close', () => reject(new Error('refused')), { once: true })
      }),
  }
}

function portOfSocket(socket: WebSocket): Port {
  return {
    send: message => socket.send(JSON.stringify(message)),
    onMessage: listener =>
      socket.addEventListener('message', event => listener(JSON.parse(String(event.data)) as unknown)),
    onClose: listener => socket.addEventListener('close', () => listener(), { once: true }),
    close: () => socket.close(),
  }
}

const tokenKey = 'broadsheet-token'

/** Takes the token out of the address, so that it is neither seen nor bookmarked, and keeps it for a reload of this tab. */
function takeToken(page: Window): string | null {
  const found = /^#token=([0-9a-f]{16,})$/i.exec(page.location.hash)?.[1]
  if (found) {
    page.sessionStorage.setItem(tokenKey, found)
    page.history.replaceState(null, '', page.location.pathname)
  }
  return page.sessionStorage.getItem(tokenKey)
}

/** The right source for this page; null where it has no business with an engine. */
export function portSourceOf(page: Window): PortSource | null {
  if (page.location.protocol === 'app:') return portsFromHost(page)
  const token = takeToken(page)
  const scheme = page.location.protocol === 'https:' ? 'wss:' : 'ws:'
  return token ? portsFromSocket(`${scheme}//${page.location.host}/ws`, token) : null
}
