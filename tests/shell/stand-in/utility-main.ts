/** Runs a program as Electron's utility process does: `process.parentPort` and ports of the main process's. */
import { EventEmitter } from 'node:events'
import { pathToFileURL } from 'node:url'
import type { Carried } from './utility-process.ts'

const ports = new Map<number, CarriedPort>()
const send = (carried: Carried) => process.connected && process.send?.(carried)

/** Keeps messages until it is started, as Electron's does. */
class CarriedPort extends EventEmitter {
  readonly #id: number
  #kept: unknown[] | null = []

  constructor(id: number) {
    super()
    this.#id = id
    ports.set(id, this)
  }

  postMessage(message: unknown): void {
    if (ports.has(this.#id)) send({ kind: 'port', port: this.#id, message })
  }

  start(): void {
    const kept = this.#kept ?? []
    this.#kept = null
    for (const data of kept) this.emit('message', { data, ports: [] })
  }

  close(): void {
    if (ports.delete(this.#id)) send({ kind: 'port-closed', port: this.#id })
    queueMicrotask(() => this.emit('close'))
  }

  arrive(data: unknown): void {
    if (this.#kept) this.#kept.push(data)
    else this.emit('message', { data, ports: [] })
  }
}

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    send({ kind: 'message', message, ports: [] })
  }
}

const parentPort = new ParentPort()
/** What comes before the program listens waits for it. */
const early: object[] = []
parentPort.on('newListener', name => {
  if (name !== 'message') return
  setImmediate(() => {
    for (const event of early.splice(0)) parentPort.emit('message', event)
  })
})
Object.assign(process, { parentPort })

/**
 * Each in a turn of its own, as Electron delivers them. Node emits several that came together before anything that waits for a
 * promise goes on: an event would then overtake the answer to an earlier question.
 */
process.on('message', (carried: Carried) => void setImmediate(deliver, carried))

function deliver(carried: Carried): void {
  if (carried.kind === 'message') {
    const event = { data: carried.message, ports: carried.ports.map(id => new CarriedPort(id)) }
    if (early.length > 0 || parentPort.listenerCount('message') === 0) early.push(event)
    else parentPort.emit('message', event)
    return
  }
  const port = ports.get(carried.port)
  if (carried.kind === 'port') port?.arrive(carried.message)
  else if (ports.delete(carried.port)) port?.emit('close')
}
// No utility process outlives its app.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

// The program finds its own arguments behind its own name.
process.argv.splice(1, 1)
await import(pathToFileURL(process.argv[1]!).href)
