/**
 * Supervises the engine's thread for a host, and restarts it when it dies. Windows see their ports close and connect again;
 * nothing that was answered is lost, since the engine answers after its change is on disk.
 */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import { type EngineThread, type EngineThreadEvents, noResource, type Resource } from '../api/engine-thread.ts'
import type { Events } from '../api/events.ts'
import { portOfNodePort, portOfWorker } from '../api/ports.ts'
import { type Client, connectTo, emitterTo, transferring } from '../api/rpc.ts'
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
  /** Where deaths of the thread are logged. Default: standard error. */
  log?: (line: string) => void
}

/** A running engine, over all its restarts. */
export type RunningEngine = {
  /** A new connection for one window. It closes when the engine's thread ends: connect again then. */
  connect(): MessagePort
  /** An icon, a medium or an export by its signed path and query. Failures are statuses. */
  resource(path: string): Promise<Resource>
  /** Called when the thread has ended and will not be restarted: it was closed, or keeps dying. */
  onExit(listener: (reason: EngineExit) => void): void
  /** True once it has ended and will not be restarted. */
  hasEnded(): boolean
  /** Lets the engine finish what it does, at most 5 s. */
  close(): Promise<void>
}

export type EngineExit = { kind: 'closed' } | { kind: 'crashing'; detail: string } | Unusable
/** The engine started, but its folder or database can't be used. The words are the host's. */
export type Unusable = { kind: 'unusable'; code: string; detail: string }
export type EngineStart = { kind: 'running'; engine: RunningEngine } | Unusable

/** Three deaths in a minute are no accident: another restart would only spin. */
const mostDeaths = 3
const deathWindow = minute
const closeDeadline = 5_000
/** A medium may take the engine's whole time for a fetch, which is 60 s. */
const resourceDeadline = 70_000

/** Starts the engine; answers when it can be used, or why it can't. */
export function startEngine(options: EngineOptions): Promise<EngineStart> {
  return beginEngine(options).started
}

/** The same for a host that has other things to prepare meanwhile: a window may connect at once, and is served after the start. */
export function beginEngine(options: EngineOptions): { engine: RunningEngine; started: Promise<EngineStart> } {
  const { promise: started, resolve } = Promise.withResolvers<EngineStart>()
  return { engine: new Supervisor(options, resolve), started }
}

type Thread = Client<EngineThread<MessagePort>, EngineThreadEvents>

class Supervisor implements RunningEngine {
  readonly #options: EngineOptions
  readonly #settleStart: (start: EngineStart) => void
  /** Our ends of all connections. */
  readonly #ports = new Set<MessagePort>()
  /** Connections that no thread has accepted yet: the thread's end by ours. */
  readonly #unattached = new Map<MessagePort, MessagePort>()
  readonly #exitListeners: ((reason: EngineExit) => void)[] = []
  #thread: Thread
  #deaths: number[] = []
  #hasOpened = false
  /** Of a store that is being rewritten before the thread is ready. */
  #upgradeShare: number | null = null
  #isRestarting = false
  #exit: EngineExit | null = null
  #closing: Promise<void> | null = null

  constructor(options: EngineOptions, settleStart: (start: EngineStart) => void) {
    this.#options = options
    this.#settleStart = settleStart
    this.#thread = this.#spawn(false)
  }

  connect(): MessagePort {
    const { port1: ours, port2: theirs } = new MessageChannel()
    this.#ports.add(ours)
    this.#unattached.set(ours, theirs)
    this.#announceUpgrade(theirs)
    ours.once('close', () => {
      this.#ports.delete(ours)
      this.#unattached.delete(ours)
    })
    if (this.#exit) ours.close()
    else void this.#attach(ours)
    return ours
  }

  /**
   * A port that is sent to an ending thread is lost, and we hear of the end up to 10 ms after windows have connected again (seen:
   * their new ports closed at once, again and again). So the thread is asked first, and the port is kept till it has answered.
   */
  async #attach(ours: MessagePort): Promise<void> {
    const thread = this.#thread
    const isAccepting = await thread.isAccepting().catch(() => false)
    const theirs = this.#unattached.get(ours)
    // Where this thread has ended, `#bury` asks the next one.
    if (!isAccepting || !theirs || thread !== this.#thread) return
    this.#unattached.delete(ours)
    await thread.attach(transferring({ port: theirs }, [theirs])).catch(() => undefined)
  }

  async resource(path: string): Promise<Resource> {
    if (this.#exit) return noResource(503)
    const { promise: late, resolve } = Promise.withResolvers<Resource>()
    const timer = setTimeout(() => resolve(noResource(504)), resourceDeadline)
    try {
      return await Promise.race([this.#thread.resource({ path }), late])
    } catch {
      return noResource(503)
    } finally {
      clearTimeout(timer)
    }
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
    const thread = this.#thread
    const ended = new Promise<void>(resolve => thread.onClose(() => resolve()))
    const timer = setTimeout(thread.close, closeDeadline)
    void thread.end().catch(() => undefined)
    await ended
    clearTimeout(timer)
  }

  /** `isAgain`: the last thread died while it had the database open. */
  #spawn(isAgain: boolean): Thread {
    const { dataDir, isPolling = true, isRefreshing = false, files } = this.#options
    const intakeFile = files?.intake ?? threadFile('intake')
    const workerFile = files?.worker ?? threadFile('worker')
    const maintenanceFile = files?.maintenance ?? threadFile('maintenance')
    const worker = new Worker(files?.engine ?? threadFile('engine'), {
      workerData: { dataDir, intakeFile, workerFile, maintenanceFile, isPolling, isRefreshing, isAgain },
      name: 'engine',
      env: environmentOfThread(),
      // With V8's default of 48 MB for young objects, answers fill most of it before any is collected.
      resourceLimits: { maxYoungGenerationSizeMb: 24 },
    })
    const thread = connectTo<EngineThread<MessagePort>, EngineThreadEvents>(portOfWorker(worker))
    this.#hasOpened = false
    this.#upgradeShare = null
    thread.on('upgrading', ({ share }) => {
      this.#upgradeShare = share
      for (const theirs of this.#unattached.values()) this.#announceUpgrade(theirs)
    })
    thread.on('ready', () => {
      this.#hasOpened = true
      this.#upgradeShare = null
      this.#settleStart({ kind: 'running', engine: this })
    })
    thread.on('restarting', () => {
      this.#isRestarting = true
    })
    thread.on('unusable', why => {
      this.#giveUp({ kind: 'unusable', ...why })
      thread.close()
    })
    // The detail is shown and logged.
    thread.onClose(why => this.#bury(withMaskedCredentials(why ?? '')))
    return thread
  }

  /** To a waiting window: the thread does not have its port yet, so the host speaks on it itself. */
  #announceUpgrade(theirs: MessagePort): void {
    const share = this.#upgradeShare
    if (share !== null) emitterTo<Events>(portOfNodePort(theirs))('upgrade-progress', { share })
  }

  #bury(detail: string): void {
    const next = this.#whatNext(detail)
    for (const port of this.#ports) if (!next || !this.#unattached.has(port)) port.close()
    if (!next) return
    this.#thread = this.#spawn(next.isAgain)
    for (const port of this.#unattached.keys()) void this.#attach(port)
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

  #giveUp(reason: EngineExit): void {
    this.#exit = reason
    const detail = reason.kind === 'closed' ? 'closed while it started' : reason.detail
    // Does nothing where the start has been answered.
    this.#settleStart(reason.kind === 'unusable' ? reason : { kind: 'unusable', code: 'internal', detail })
    for (const listener of this.#exitListeners) listener(reason)
  }
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`)
}
