/** The one shape of connection that a window, a host and the engine share: a MessagePort, a worker port or a WebSocket behind it. */
export type Port = {
  send(message: unknown): void
  /** Called for every message, in order. */
  onMessage(listener: (message: unknown) => void): void
  /** Called once, when either side has gone. */
  onClose(listener: () => void): void
  close(): void
}

/** What the DOM's and Node's MessagePort have in common, as far as we use it. */
type MessagePortLike = {
  postMessage(message: unknown): void
  close(): void
  start?(): void
}

/** A port over a DOM MessagePort (Electron's renderer). */
export function portOfDomPort(port: MessagePortLike & EventTarget): Port {
  return {
    send: message => port.postMessage(message),
    onMessage: listener => {
      port.addEventListener('message', event => listener((event as MessageEvent).data))
      port.start?.()
    },
    onClose: listener => port.addEventListener('close', listener, { once: true }),
    close: () => port.close(),
  }
}

type Emitter = {
  on(name: 'message', listener: (message: unknown) => void): unknown
  once(name: 'close', listener: () => void): unknown
}

/** A port over a MessagePort of node:worker_threads. */
export function portOfNodePort(port: MessagePortLike & Emitter): Port {
  return {
    send: message => port.postMessage(message),
    onMessage: listener => {
      port.on('message', listener)
    },
    onClose: listener => {
      port.once('close', listener)
    },
    close: () => port.close(),
  }
}
