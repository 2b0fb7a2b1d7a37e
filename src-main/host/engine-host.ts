/**
 * Supervises the engine for a host, and restarts it when it dies. Windows see their ports close and connect again; nothing that
 * was answered is lost, since the engine answers after its change is on disk.
 */
import type { MessagePort } from 'node:worker_threads'
import type { Events } from '../api/contract/events.ts'
import { type Client, connectTo, emitterTo } from '../api/contract/rpc.ts'
import {
  type ByteRange,
  type EngineThread,
  type EngineThreadEvents,
  noResource,
  type OpenedRecording,
  type Resource,
} from '../api/engine-thread.ts'
import { withMaskedCredentials } from '../lib/log.ts'
import { minute } from '../lib/time.ts'
import { type EngineHome, threadHome } from './engine-home.ts'
import { threadFile } from './file-server.ts'

export type EngineOptions = {
  dataDir: string
  /** False for programs that answer once and end. Default true. */
  isPolling?: boolean
  /** For a program that does not poll by itself, but refreshes now: no other may meanwhile. Default false. */
  isRefreshing?: boolean
  /** Other files than our own, for tests. */
  files?: { engine: string; intake: string; worker: string; maintenance?: string; grouping?: string }
  /** Milliseconds since 1970. */
  now?: () => number
  /** Where deaths of the engine are logged. Default: standard error. */
  log?: (line: string) => void
}

/** Sound or film of any length. `read` answers null at its end, and rejects where it breaks off. */
export type Recording = Omit<OpenedRecording, 'streamId'> & { read(): Promise<Uint8Array | null>; close(): void }
export type HostResource = Resource | Recording

/** A running engine, over all its restarts. `End`: what a window gets, as in engine-home.ts. */
export type RunningEngine<End = MessagePort> = {
  /** A new connection for one window. It closes when the engine ends: connect again then. */
  connect(): End
  /** Called when the engine has died and another is starting. The answer stops it. */
  onRestart(listener: () => void): () => void
  /** An icon, a medium or an export by its signed path and query. Failures are statuses. `range`: what a player asks for. */
  resource(path: string, range?: ByteRange | null): Promise<HostResource>
  /** Called when the engine has ended and will not be restarted: it was closed, or keeps dying. */
  onExit(listener: (reason: EngineExit) => void): void
  /** True once it has ended and will not be restarted. */
  hasEnded(): boolean
  /** Lets the engine finish what it does, at most 5 s. */
  close(): Promise<void>
}

export type EngineExit = { kind: 'closed' } | { kind: 'crashing'; detail: string } | Unusable
/** The engine started, but its folder or database can't be used. The words are the host's. */
export type Unusable = { kind: 'unusable'; code: string; detail: string }
export type EngineStarted<End = MessagePort> = { kind: 'running'; engine: RunningEngine<End> } | Unusable

/** Three deaths in a minute are no accident: another restart would only spin. */
const mostDeaths = 3
const deathWindow = minute
const closeDeadline = 5_000
/** A medium may take the engine's whole time for a fetch, which is 60 s. */
const resourceDeadline = 70_000

type End = { close(): void }

/** Starts the engine as a thread of this process; answers when it can be used, or why it can't. */
export function startEngine(options: EngineOptions): Promise<EngineStarted> {
  return beginEngine(threadHome, options).started
}

/** The same, at a home of one's choice, for a host that has other things to prepare meanwhile: a window may connect at once, and is served after the start. */
export function beginEngine<E extends End>(
  home: EngineHome<E>,
  options: EngineOptions,
): { engine: RunningEngine<E>; started: Promise<EngineStarted<E>> } {
  const { promise: started, resolve } = Promise.withResolvers<EngineStarted<E>>()
  return { engine: new Supervisor(home, options, resolve), started }
}

/** One run of the engine: its calls, and how connections are handed to it. */
type Run<E> = { thread: Client<EngineThread, EngineThreadEvents>; attach(end: E): void }

class Supervisor<E extends End> implements RunningEngine<E> {
  readonly #home: EngineHome<E>
  readonly #options: EngineOptions
  readonly #settleStart: (start: EngineStarted<E>) => void
  /** The engine's ends of connections that no engine has accepted yet. */
  readonly #unattached = new Set<E>()
  readonly #exitListeners: ((reason: EngineExit) => void)[] = []
  readonly #restartListeners = new Set<() => void>()
  #run: Run<E>
  #deaths: number[] = []
  #hasOpened = false
  /** Of a store that is being rewritten before the engine is ready. */
  #upgradeShare: number | null = null
  #isRestarting = false
  #exit: EngineExit | null = null
  #closing: Promise<void> | null = null

  constructor(home: EngineHome<E>, options: EngineOptions, settleStart: (start: EngineStarted<E>) => void) {
    this.#home = home
    this.#options = options
    this.#settleStart = settleStart
    this.#run = this.#spawn(false)
  }

  connect(): E {
    const { window, engine } = this.#home.channel()
    if (this.#exit) engine.close()
    else {
      this.#unattached.add(engine)
      // A window that is gone already: its end can't be handed on.
      this.#home.portOf(engine).onClose(() => this.#unattached.delete(engine))
      this.#announceUpgrade(engine)
      void this.#attach(engine)
    }
    return window
  }

  /**
   * An end that is handed to an ending engine is lost, and we hear of the end up to 10 ms after windows have connected again (seen:
   * their new ports closed at once, again and again). So the engine is asked first, and the end is kept until it has answered.
   */
  async #attach(end: E): Promise<void> {
    const run = this.#run
    const isAccepting = await run.thread.isAccepting().catch(() => false)
    // Where this engine has ended, `#bury` asks the next one.
    if (!isAccepting || run !== this.#run || !this.#unattached.delete(end)) return
    run.attach(end)
  }

  async resource(path: string, range: ByteRange | null = null): Promise<HostResource> {
    if (this.#exit) return noResource(503)
    const { promise: late, resolve } = Promise.withResolvers<HostResource>()
    const timer = setTimeout(() => resolve(noResource(504)), resourceDeadline)
    try {
      const { thread } = this.#run
      const asked = thread.resource({ path, range }).then(resource => readable(resource, thread))
      return await Promise.race([asked, late])
    } catch {
      return noResource(503)
    } finally {
      clearTimeout(timer)
    }
  }

  onRestart(listener: () => void): () => void {
    this.#restartListeners.add(listener)
    return () => this.#restartListeners.delete(listener)
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
    const { thread } = this.#run
    const ended = new Promise<void>(resolve => thread.onClose(() => resolve()))
    const timer = setTimeout(thread.close, closeDeadline)
    void thread.end().catch(() => undefined)
    await ended
    clearTimeout(timer)
  }

  /** `isAgain`: the last engine died while it had the database open. */
  #spawn(isAgain: boolean): Run<E> {
    const { dataDir, isPolling = true, isRefreshing = false, files } = this.#options
    const intakeFile = files?.intake ?? threadFile('intake')
    const workerFile = files?.worker ?? threadFile('worker')
    const maintenanceFile = files?.maintenance ?? threadFile('maintenance')
    const groupingFile = files?.grouping ?? threadFile('grouping')
    const start = { dataDir, intakeFile, workerFile, maintenanceFile, groupingFile, isPolling, isRefreshing, isAgain }
    const spawned = this.#home.spawn(files?.engine ?? threadFile('engine'), start)
    const thread = connectTo<EngineThread, EngineThreadEvents>(spawned)
    this.#hasOpened = false
    this.#upgradeShare = null
    thread.on('upgrading', ({ share }) => {
      this.#upgradeShare = share
      for (const end of this.#unattached) this.#announceUpgrade(end)
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
    return { thread, attach: spawned.attach }
  }

  /** To a waiting window: the engine does not have its end yet, so the host speaks on it itself. */
  #announceUpgrade(end: E): void {
    const share = this.#upgradeShare
    if (share !== null) emitterTo<Events>(this.#home.portOf(end))('upgrade-progress', { share })
  }

  #bury(detail: string): void {
    const next = this.#whatNext(detail)
    if (!next) {
      for (const end of this.#unattached) end.close()
      return
    }
    this.#run = this.#spawn(next.isAgain)
    for (const end of this.#unattached) void this.#attach(end)
    for (const listener of this.#restartListeners) listener()
  }

  /** Null where no engine is to follow. An end that was asked for is no death, whatever its exit code: 0 was seen after a SIGSEGV. */
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

/** A recording's bytes come from the engine that opened it, and from no later one. */
function readable(resource: Resource | OpenedRecording, thread: Run<End>['thread']): HostResource {
  if (!('streamId' in resource)) return resource
  const { streamId, ...recording } = resource
  return {
    ...recording,
    async read() {
      const piece = await thread.readRecording({ streamId })
      if (piece.kind === 'broken-off') throw new Error('the recording broke off')
      return piece.kind === 'bytes' ? piece.bytes : null
    },
    close: () => void thread.closeRecording({ streamId }).catch(() => undefined),
  }
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`)
}
