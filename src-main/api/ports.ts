/** The one shape of connection: a MessagePort, a thread, a process or a WebSocket behind it. */
export type Port = {
  /** `transfer`: what of the message is moved to the other thread instead of copied. */
  send(message: unknown, transfer?: readonly unknown[]): void
  /** Called for every message, in order. */
  onMessage(listener: (message: unknown) => void): void
  /** Called once, when either side has gone; `why` where that is known: what a thread died of. */
  onClose(listener: (why?: string) => void): void
  close(): void
}

/** A DOM MessagePort (Electron's renderer), as far as we use it. */
type DomPort = EventTarget & { postMessage(message: unknown): void; close(): void; start(): void }

export function portOfDomPort(port: DomPort): Port {
  return {
    send: message => port.postMessage(message),
    onMessage: listener => {
      port.addEventListener('message', event => listener((event as MessageEvent).data))
      port.start()
    },
    onClose: listener => port.addEventListener('close', () => listener(), { once: true }),
    close: () => port.close(),
  }
}

type NodeSender = {
  postMessage(message: unknown, transfer?: readonly never[]): void
  on(name: 'message', listener: (message: unknown) => void): unknown
}

/** A MessagePort of node:worker_threads, as far as we use it. */
type NodePort = NodeSender & { once(name: 'close', listener: () => void): unknown; close(): void }

export function portOfNodePort(port: NodePort): Port {
  return {
    send: (message, transfer) => port.postMessage(message, transfer as readonly never[] | undefined),
    onMessage: listener => void port.on('message', listener),
    onClose: listener => void port.once('close', () => listener()),
    close: () => port.close(),
  }
}

/** Electron's MessagePortMain, which its main process and its utility processes have, as far as we use it. */
export type ElectronPort = {
  postMessage(message: unknown): void
  on(name: 'message', listener: (event: { data: unknown }) => void): unknown
  once(name: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

export function portOfElectronPort(port: ElectronPort): Port {
  return {
    // Nothing but ports can be transferred between processes: bytes are copied.
    send: message => port.postMessage(message),
    onMessage(listener) {
      port.on('message', ({ data }) => listener(data))
      port.start()
    },
    onClose: listener => void port.once('close', () => listener()),
    close: () => port.close(),
  }
}

/** A Worker of node:worker_threads, as far as we use it. */
export type NodeWorker = NodeSender & {
  once(name: 'error', listener: (error: unknown) => void): unknown
  once(name: 'exit', listener: (code: number) => void): unknown
  terminate(): unknown
}

/** A port to a thread, which ends with it. Closing it ends the thread. */
export function portOfWorker(worker: NodeWorker): Port {
  let failure: string | undefined
  worker.once('error', error => {
    failure = error instanceof Error ? (error.stack ?? error.message) : String(error)
  })
  return {
    send: (message, transfer) => worker.postMessage(message, transfer as readonly never[] | undefined),
    onMessage: listener => void worker.on('message', listener),
    onClose: listener => void worker.once('exit', code => listener(failure ?? `exit code ${code}`)),
    close: () => void worker.terminate(),
  }
}
