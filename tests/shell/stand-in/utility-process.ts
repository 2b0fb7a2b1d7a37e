/** utilityProcess: a child of Node's in which `process.parentPort` is there (utility-main.ts). Ports are carried over its channel. */
import { type ChildProcess, fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { MessagePortMain } from './ports.ts'

/** What goes over the channel, both ways. */
export type Carried =
  | { kind: 'message'; message: unknown; ports: number[] }
  | { kind: 'port'; port: number; message: unknown }
  | { kind: 'port-closed'; port: number }

const processes = new Set<UtilityProcess>()

class UtilityProcess extends EventEmitter {
  readonly #child: ChildProcess
  readonly #ports = new Map<number, MessagePortMain>()
  #lastPort = 0

  constructor(file: string, args: string[], execArgv: string[]) {
    super()
    processes.add(this)
    const main = fileURLToPath(new URL('./utility-main.ts', import.meta.url))
    this.#child = fork(main, [file, ...args], {
      // As Electron does: these reach V8, and no others.
      execArgv: execArgv.flatMap(argument => /^--js-flags=(.*)/.exec(argument)?.[1]?.split(' ') ?? []),
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.#child.on('message', (carried: Carried) => this.#hear(carried))
    this.#child.once('exit', code => {
      processes.delete(this)
      for (const port of this.#ports.values()) port.close()
      // As Electron was seen to: 0 where a signal ended it.
      this.emit('exit', code ?? 0)
    })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  postMessage(message: unknown, ports: MessagePortMain[] = []): void {
    this.#send({ kind: 'message', message, ports: ports.map(port => this.#carry(port)) })
    // What they have kept follows the ports.
    for (const port of ports) port.start()
  }

  kill(): boolean {
    return this.#child.kill()
  }

  #carry(port: MessagePortMain): number {
    const id = ++this.#lastPort
    this.#ports.set(id, port)
    port.on('message', ({ data }) => this.#send({ kind: 'port', port: id, message: data }))
    port.once('close', () => {
      if (this.#ports.delete(id)) this.#send({ kind: 'port-closed', port: id })
    })
    return id
  }

  #hear(carried: Carried): void {
    if (carried.kind === 'message') return void this.emit('message', carried.message)
    const port = this.#ports.get(carried.port)
    if (carried.kind === 'port') port?.postMessage(carried.message)
    else if (this.#ports.delete(carried.port)) port?.close()
  }

  #send(carried: Carried): void {
    if (this.#child.connected) this.#child.send(carried, () => undefined)
  }
}

export const utilityProcess = {
  fork: (file: string, args: string[], { execArgv = [] }: { execArgv?: string[] }) =>
    new UtilityProcess(file, args, execArgv),
}

/** For the tests: ends every utility process, if not said otherwise as a fault in native code does. */
export function crashUtilityProcesses(signal: NodeJS.Signals = 'SIGSEGV'): number {
  const pids = utilityPids()
  for (const pid of pids) process.kill(pid, signal)
  return pids.length
}

export function utilityPids(): number[] {
  return [...processes].map(({ pid }) => pid).filter(pid => pid !== undefined)
}
