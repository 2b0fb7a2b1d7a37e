/**
 * Calls and events over a port: one protocol for a window and the engine, a host and the engine's thread, the engine and the
 * threads beside it. Knows no zod, so that a window can import it.
 */

import type { EngineErrorCode } from '../errors.ts'
import type { Port } from '../ports.ts'
import type { Input, Name, Output } from './contract.ts'
import type { Events } from './events.ts'

export type Call = { id: number; name: string; input: unknown }
/** `code` is for programs, and empty for a bug; `detail` is for people. */
export type CallFailure = { code: string; detail: string }
export type Reply = { id: number; output: unknown } | { id: number; error: CallFailure }
export type Announcement = { event: string; payload: unknown }

/** What the other end answered instead of an output; 'closed' where the connection ended first. */
export class CallError<Code extends string = string> extends Error {
  readonly code: Code
  constructor(code: Code, detail: string) {
    super(detail)
    this.name = new.target.name
    this.code = code
  }
}

/** The same of the engine, whose codes the window has words for. */
export class EngineError extends CallError<EngineErrorCode> {}

/** The other end of a port: its calls as methods, `News` as the events it announces. */
export type Client<Calls, News> = Calls & {
  /** Listens to an event; the answer stops listening. */
  on<E extends keyof News>(event: E, listener: (payload: News[E]) => void): () => void
  /** Called once when the connection ends, after calls under way are refused with 'closed'. `why` as in ports.ts. */
  onClose(listener: (why?: string) => void): void
  close(): void
}

type EngineCalls = { [N in Name]: (input: Input<N>) => Promise<Output<N>> }

/** The engine as a window, a host or the command line sees it. */
export type EngineClient = Client<EngineCalls, Events>

/** Makes a client of the engine over a port. Answers and events share the port, so a later message is newer. */
export function connect(port: Port): EngineClient {
  return connectTo<EngineCalls, Events>(port, ({ code, detail }) => new EngineError(code as EngineErrorCode, detail))
}

/** Makes a client over a port. */
export function connectTo<Calls extends object, News extends object = Record<never, never>>(
  port: Port,
  errorOf: (failure: CallFailure) => CallError = ({ code, detail }) => new CallError(code, detail),
): Client<Calls, News> {
  const pending = new Map<number, PromiseWithResolvers<unknown>>()
  const listeners = new Map<PropertyKey, Set<(payload: never) => void>>()
  const closeListeners = new Set<(why?: string) => void>()
  let lastId = 0
  let closed: CallFailure | null = null

  port.onMessage(message => {
    const news = message as Announcement | Reply
    if ('event' in news) {
      for (const listener of listeners.get(news.event) ?? []) listener(news.payload as never)
      return
    }
    const call = pending.get(news.id)
    pending.delete(news.id)
    if ('error' in news) call?.reject(errorOf(news.error))
    else call?.resolve(news.output)
  })
  port.onClose(why => {
    closed = { code: 'closed', detail: why ?? 'the connection to the engine ended' }
    for (const call of pending.values()) call.reject(errorOf(closed))
    pending.clear()
    for (const listener of closeListeners) listener(why)
  })

  async function call(name: string, input: unknown): Promise<unknown> {
    if (closed) throw errorOf(closed)
    const id = ++lastId
    port.send({ id, name, input } satisfies Call, transferOf(input))
    const reply = Promise.withResolvers<unknown>()
    pending.set(id, reply)
    return reply.promise
  }

  const own: Client<unknown, News> = {
    on(event, listener) {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener))
      return () => set.delete(listener)
    },
    onClose: listener => void closeListeners.add(listener),
    close: () => port.close(),
  }
  return callsBy(call, own)
}

/** An object with the methods of `own`, and for every other name one that calls. */
export function callsBy<Client>(call: (name: string, input: unknown) => Promise<unknown>, own: object): Client {
  // It must be able to pass through an await without being taken for a promise.
  // biome-ignore lint/suspicious/noThenProperty: it says that there is none
  const target: object = { ...own, then: undefined }
  return new Proxy(target, {
    get: (_, name) =>
      name in target ? target[name as keyof typeof target] : (input: unknown) => call(String(name), input),
  }) as Client
}

/**
 * Answers the calls that come in over a port, each by the handler of its name. A handler that throws is answered by what
 * `failureOf` makes of it. What is no call is dropped: a window's message may be anything.
 */
export function serve(port: Port, handlers: object, failureOf: (error: unknown, name: string) => CallFailure): void {
  async function answer({ id, name, input }: Call): Promise<void> {
    try {
      if (!Object.hasOwn(handlers, name)) throw new EngineError('unknown-name', name.slice(0, 100))
      const handle = handlers[name as keyof typeof handlers] as (input: unknown) => unknown
      const output = await handle(input)
      port.send({ id, output } satisfies Reply, transferOf(output))
    } catch (error) {
      port.send({ id, error: failureOf(error, name) } satisfies Reply)
    }
  }

  port.onMessage(message => {
    if (isCall(message)) void answer(message)
  })
}

function isCall(message: unknown): message is Call {
  if (typeof message !== 'object' || message === null) return false
  const { id, name } = message as Partial<Record<keyof Call, unknown>>
  return Number.isFinite(id) && typeof name === 'string'
}

/** What announces events to the other end of a port. */
export function emitterTo<News extends object>(port: Port): <E extends keyof News>(event: E, payload: News[E]) => void {
  return (event, payload) => port.send({ event: String(event), payload } satisfies Announcement)
}

const transfers = new WeakMap<object, readonly unknown[]>()

/** Has `list`, which is part of `value`, moved to the other thread instead of copied, when `value` is an input or output. */
export function transferring<T extends object>(value: T, list: readonly unknown[]): T {
  transfers.set(value, list)
  return value
}

function transferOf(value: unknown): readonly unknown[] | undefined {
  return typeof value === 'object' && value !== null ? transfers.get(value) : undefined
}
