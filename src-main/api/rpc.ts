/** Calls and events over a port. Knows no zod, so that a window can import it. */
import type { Input, Name, Output } from './contract.ts'
import type { EngineErrorCode } from './errors.ts'
import type { EventName, Events } from './events.ts'
import type { Port } from './ports.ts'

export type Call = { id: number; name: string; input: unknown }
export type Reply = { id: number; output: unknown } | { id: number; error: { code: EngineErrorCode; detail: string } }
export type Announcement = { event: EventName; payload: unknown }

/** What the engine answered instead of an output. */
export class EngineError extends Error {
  readonly code: EngineErrorCode
  constructor(code: EngineErrorCode, detail: string) {
    super(detail)
    this.name = 'EngineError'
    this.code = code
  }
}

/** The engine as a window, a host or the command line sees it. */
export type EngineClient = { [N in Name]: (input: Input<N>) => Promise<Output<N>> } & {
  /** Listens to an event; the answer stops listening. */
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void
  /** Called once when the connection ends; calls under way are refused with 'closed'. */
  onClose(listener: () => void): void
  close(): void
}

type Waiting = { resolve(output: unknown): void; reject(error: EngineError): void }
type Listener = (payload: never) => void

/** Makes a client over a port. Answers and events share the port, so a later message is newer. */
export function connect(port: Port): EngineClient {
  const waiting = new Map<number, Waiting>()
  const listeners = new Map<string, Set<Listener>>()
  const closeListeners = new Set<() => void>()
  let lastId = 0
  let isClosed = false

  port.onMessage(message => {
    if (isAnnouncement(message)) {
      for (const listener of listeners.get(message.event) ?? []) listener(message.payload as never)
      return
    }
    const reply = message as Reply
    const call = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('error' in reply) call?.reject(new EngineError(reply.error.code, reply.error.detail))
    else call?.resolve(reply.output)
  })
  port.onClose(() => {
    isClosed = true
    for (const call of waiting.values()) call.reject(new EngineError('closed', 'the connection to the engine ended'))
    waiting.clear()
    for (const listener of closeListeners) listener()
  })

  function call(name: string, input: unknown): Promise<unknown> {
    if (isClosed) return Promise.reject(new EngineError('closed', 'the connection to the engine ended'))
    const id = ++lastId
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      port.send({ id, name, input } satisfies Call)
    })
  }

  const fixed = {
    on(event: string, listener: Listener): () => void {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener))
      return () => set.delete(listener)
    },
    onClose: (listener: () => void) => void closeListeners.add(listener),
    close: () => port.close(),
    // A client must be able to pass through an await without being taken for a promise.
    // biome-ignore lint/suspicious/noThenProperty: it says that there is none
    then: undefined,
  }
  return new Proxy(fixed, {
    get: (target, name) =>
      name in target ? target[name as keyof typeof target] : (input: unknown) => call(String(name), input),
  }) as unknown as EngineClient
}

function isAnnouncement(message: unknown): message is Announcement {
  return typeof message === 'object' && message !== null && 'event' in message
}
