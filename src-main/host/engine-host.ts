/**
 * Runs the engine in its thread for a host, and starts it anew when it dies. Whoever is connected sees its port close
 * and connects again; nothing that was answered is lost, since the engine answers after its change is on disk.
 */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { Resource } from '../intake/protocol.ts'
import { withMaskedCredentials } from '../lib/log.ts'
import { minute } from '../lib/time.ts'
import { environmentOfThread } from './compile-cache.ts'
import { threadFile } from './file-server.ts'

export type EngineOptions = {
  dataDir: string
  /** False for programs that answer once and end. Default true. */
  isPolling?: boolean
  /** For a program that does not poll by itself, but refreshes now: no other may meanwhile. Default false. */
  isRefreshing?: boolean
  /** Other thread files than our own, for tests. */
  files?: { engine: string; intake: string; worker: string; maintenance?: string }
  /** Milliseconds since 1970. */
  now?: () => number
  /** Where deaths of the thread are told. Default: standard error. */
  log?: (line: string) => void
}

/** An engine that runs, over all its restarts. */
export type RunningEngine = {
  /** A new connection, to be used by one window. It closes when the engine's thread ends: connect again then. */
  connect(): MessagePort
  /** An icon or a medium by its signed path and query. What goes wrong is a status. */
  resource(path: string): Promise<Resource>
  /** Called when the thread has ended and will not be started again: it was closed, or dies again and again. */
  onExit(listener: (reason: EngineExit) => void): void
  /** True once it has ended for good. */
  hasEnded(): boolean
  /** Lets the engine finish what it does, at most 5 s. */
  close(): Promise<void>
}

export type EngineExit = { kind: 'closed' } | { kind: 'crashing'; detail: string } | Unusable
/** The engine started, but its folder or database can't be used. The words are the host's. */
export type Unusable = { kind: 'unusable'; code: string; detail: string }
export type EngineStart = { kind: 'running'; engine: RunningEngine } | Unusable

type FromThread =
  | { kind: 'ready' }
  | { kind: 'enter'; id: number }
  /** It ends now, as it should, to begin anew. */
  | { kind: 'restart' }
  | { kind: 'unusable'; code: string; detail: string }
  | ({ kind: 'resource'; id: number } & Resource)

/** Three deaths in a minute are no accident: starting again would only spin. */
const mostDeaths = 3
const deathWindow = minute
const closeDeadline = 5_000
/** A medium may take the engine's whole time for a fetch, which is 60 s. */
const resourceDeadline = 70_000

/** Starts the engine; answers when it can be used, or why it can't. */
export function startEngine(options: EngineOptions): Promise<EngineStart> {
  return beginEngine(options).started
}

/** The same for a host that has other things to prepare meanwhile: who is connected before it has started is answered then. */
export function beginEngine(options: EngineOptions): { engine: RunningEngine; started: Promise<EngineStart> } {
  const { promise: started, resolve } = Promise.withResolvers<EngineStart>()
  return { engine: new EngineThread(options, resolve), started }
}

class EngineThread implements RunningEngine {
  readonly #options: EngineOptions
  readonly #settle: (start: EngineStart) => void
  readonly #ports = new Set<MessagePort>()
  readonly #waiting = new Map<number, (resource: Resource) => void>()
  readonly #exitListeners: ((reason: EngineExit) => void)[] = []
  #worker: Worker
  #lastError = ''
  #deaths: number[] = []
  /** Both ends of connections that no thread has asked in yet. */
  readonly #knocking = new Map<number, { ours: MessagePort; theirs: MessagePort }>()
  #hasOpened = false
  #lastId = 0
  #isRestarting = false
  #exit: EngineExit | null = null
  #closing: Promise<void> | null = null

  constructor(options: EngineOptions, settle: (start: EngineStart) => void) {
    this.#options = options
    this.#settle = settle
    this.#worker = this.#spawn(false)
  }

  connect(): MessagePort {
    const { port1, port2 } = new MessageChannel()
    const id = ++this.#lastId
    this.#ports.add(port1)
    port1.once('close', () => {
      this.#ports.delete(port1)
      this.#knocking.delete(id)
    })
    if (this.#exit) port1.close()
    else this.#knock(id, { ours: port1, theirs: port2 })
    return port1
  }

  resource(path: string): Promise<Resource> {
    if (this.#exit) return Promise.resolve(empty(503))
    const id = ++this.#lastId
    return new Promise(resolve => {
      const timer = setTimeout(() => this.#answer(id, empty(504)), resourceDeadline)
      this.#waiting.set(id, resource => {
        clearTimeout(timer)
        resolve(resource)
      })
      this.#worker.postMessage({ kind: 'resource', id, path })
    })
  }

  /**
   * A port that is sent to a thread which ends is lost, and we hear of an end up to 10 ms after the windows have come again:
   * they were turned away at once, again and again. So a thread is asked whether it is there, and the port kept till then.
   */
  #knock(id: number, ends: { ours: MessagePort; theirs: MessagePort }): void {
    this.#knocking.set(id, ends)
    this.#worker.postMessage({ kind: 'knock', id })
  }

  #letIn(id: number): void {
    const ends = this.#knocking.get(id)
    this.#knocking.delete(id)
    if (ends) this.#worker.postMessage({ kind: 'connect', port: ends.theirs }, [ends.theirs])
  }

  onExit(listener: (reason: EngineExit) => void): void {
    if (this.#exit) listener(this.#exit)
    else this.#exitListeners.push(listener)
  }

  hasEnded(): boolean {
    return this.#exit !== null
  }

  close(): Promise<void> {
    this.#closing ??= this.#exit ? Promise.resolve() : this.#finish()
    return this.#closing
  }

  async #finish(): Promise<void> {
    const worker = this.#worker
    const ended = new Promise(resolve => worker.once('exit', resolve))
    const timer = setTimeout(() => void worker.terminate(), closeDeadline)
    worker.postMessage({ kind: 'close' })
    await ended
    clearTimeout(timer)
  }

  /** `isAgain`: the last one died while it had the database open. */
  #spawn(isAgain: boolean): Worker {
    const { dataDir, isPolling = true, isRefreshing = false, files = ourFiles() } = this.#options
    const workerData = {
      dataDir,
      intakeFile: files.intake,
      workerFile: files.worker,
      maintenanceFile: files.maintenance ?? threadFile('maintenance'),
      isPolling,
      isRefreshing,
      isAgain,
    }
    const worker = new Worker(files.engine, {
      workerData,
      name: 'engine',
      env: environmentOfThread(),
      // Of 48 MB, what V8 takes for what is soon forgotten otherwise, answers fill most before any of it is given back.
      resourceLimits: { maxYoungGenerationSizeMb: 24 },
    })
    this.#lastError = ''
    this.#hasOpened = false
    worker.on('message', (message: FromThread) => this.#hear(message))
    worker.on('error', error => {
      // It is shown, and written down.
      this.#lastError = withMaskedCredentials(error instanceof Error ? (error.stack ?? error.message) : String(error))
    })
    worker.on('exit', code => this.#bury(this.#lastError || `exit code ${code}`))
    return worker
  }

  #hear(message: FromThread): void {
    if (message.kind === 'ready') {
      this.#hasOpened = true
      this.#settle({ kind: 'running', engine: this })
    } else if (message.kind === 'enter') this.#letIn(message.id)
    else if (message.kind === 'resource') this.#answer(message.id, message)
    else if (message.kind === 'restart') this.#isRestarting = true
    else {
      this.#giveUp({ kind: 'unusable', code: message.code, detail: message.detail })
      void this.#worker.terminate()
    }
  }

  #answer(id: number, resource: Resource): void {
    this.#waiting.get(id)?.(resource)
    this.#waiting.delete(id)
  }

  #bury(detail: string): void {
    const next = this.#whatNext(detail)
    const waiting = next ? [...this.#knocking] : []
    const spared = new Set(waiting.map(([, { ours }]) => ours))
    for (const port of this.#ports) if (!spared.has(port)) port.close()
    for (const id of [...this.#waiting.keys()]) this.#answer(id, empty(503))
    if (!next) return
    this.#worker = this.#spawn(next.isAgain)
    for (const [id, ends] of waiting) this.#knock(id, ends)
  }

  /** Null where no thread is to follow. */
  #whatNext(detail: string): { isAgain: boolean } | null {
    const { now = Date.now, log = toStandardError } = this.#options
    const isWanted = this.#isRestarting
    this.#isRestarting = false
    if (this.#exit) return null
    if (isWanted && !this.#closing) return { isAgain: false }
    if (!this.#closing) {
      log(`The engine ended unexpectedly: ${detail}`)
      this.#deaths = [...this.#deaths.filter(time => now() - time < deathWindow), now()]
      if (this.#deaths.length < mostDeaths) return { isAgain: this.#hasOpened }
    }
    this.#giveUp(this.#closing ? { kind: 'closed' } : { kind: 'crashing', detail })
    return null
  }

  /** Settling a start that was settled before does nothing. */
  #giveUp(reason: EngineExit): void {
    this.#exit = reason
    const detail = reason.kind === 'closed' ? 'closed while it started' : reason.detail
    this.#settle(reason.kind === 'unusable' ? reason : { kind: 'unusable', code: 'internal', detail })
    for (const listener of this.#exitListeners) listener(reason)
  }
}

function ourFiles(): NonNullable<EngineOptions['files']> {
  return {
    engine: threadFile('engine'),
    intake: threadFile('intake'),
    worker: threadFile('worker'),
    maintenance: threadFile('maintenance'),
  }
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`)
}

function empty(status: number): Resource {
  return { status, type: 'text/plain', maxAgeSeconds: 0, bytes: new Uint8Array() }
}
