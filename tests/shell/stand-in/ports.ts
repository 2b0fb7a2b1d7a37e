/** MessageChannelMain: two ports, one of which may be handed to a page. */
import { EventEmitter } from 'node:events'

/** A port of the main process. Keeps messages until it is started, as Electron's does. */
export class MessagePortMain extends EventEmitter {
  peer: MessagePortMain | null = null
  /** Set once the port has been handed to a page: where its messages and its end go. */
  page: { post(data: unknown): void; close(): void } | null = null
  #queue: unknown[] | null = []

  postMessage(data: unknown): void {
    this.peer?.arrive(structuredClone(data))
  }

  start(): void {
    const queue = this.#queue ?? []
    this.#queue = null
    for (const data of queue) this.emit('message', { data, ports: [] })
  }

  close(): void {
    const peer = this.peer
    if (!peer) return
    this.peer = null
    peer.peer = null
    peer.page?.close()
    // Electron tells this side within the call, and the other not before the caller has gone on.
    this.emit('close')
    queueMicrotask(() => peer.emit('close'))
  }

  arrive(data: unknown): void {
    if (this.page) this.page.post(data)
    else if (this.#queue) this.#queue.push(data)
    else this.emit('message', { data, ports: [] })
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain()
  readonly port2 = new MessagePortMain()

  constructor() {
    this.port1.peer = this.port2
    this.port2.peer = this.port1
  }
}
