/** One disposable thread: runs one task at a time within limits of time and memory, and is ended when a task exceeds them. */
import { Worker } from 'node:worker_threads'
import { stackOf } from '../lib/log.ts'
import { type Limit, type ThreadLimits, watchTask } from './task-watch.ts'
import type { TaskName } from './tasks.ts'

/** Pool to thread and back. `ready` comes once, when the thread has loaded its code. */
export type WorkerRequest = { task: TaskName; input: object }
export type WorkerAnswer = { kind: 'ready' } | { kind: 'done'; output: unknown } | { kind: 'bug'; stack: string }

/** How a task ended. After any but `done` the thread is stopped. */
export type Ending =
  | { kind: 'done'; output: unknown }
  | { kind: 'limit'; limit: Limit }
  | { kind: 'bug'; stack: string }
  | { kind: 'cancelled' }

/** `slow`: its task has taken so long that others should not wait for this thread. */
type State = 'idle' | 'busy' | 'slow' | 'stopped'

export type ThreadOptions = ThreadLimits & {
  workerFile: URL | string
  /** A thread without work for this long (ms) is stopped, and its memory freed. */
  idleMs: number
  /** Called when the task under way becomes `slow`. */
  onSlow: () => void
}

/** Loading the code may take this long on a busy machine; it does not count towards a task's deadline. */
const startMs = 30_000
/** Most tasks take a tenth of this. */
const slowAfterMs = 1_000

/*
 * V8 ends the whole process when one large allocation does not fit under a thread's own limit (seen with arrays, maps and
 * strings: `resourceLimits` catches only many small ones). So the limit that counts is checked from outside, and V8's own is
 * far above it, for what grows faster than the checks come.
 */
const hardLimitFactor = 3

export class WorkerThread {
  readonly #worker: Worker
  readonly #options: ThreadOptions
  #state: State = 'idle'
  #hasLoaded = false
  #settle: ((ending: Ending) => void) | null = null
  #stopWatching = () => {}
  #idleTimer: NodeJS.Timeout | undefined

  constructor(options: ThreadOptions) {
    const { workerFile, memoryMb } = options
    this.#options = options
    this.#worker = new Worker(workerFile, {
      env: {},
      execArgv: [],
      stdin: false,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb * hardLimitFactor, maxYoungGenerationSizeMb: 12 },
    })
    // Whatever a worker says or throws is a failure of its task and no more: hostile bytes run in it.
    this.#worker.on('message', (message: unknown) => this.#receive(readAnswer(message)))
    this.#worker.on('messageerror', error => this.#end({ kind: 'bug', stack: String(error) }))
    this.#worker.on('error', (error: unknown) => {
      const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      this.#end(isMemory ? { kind: 'limit', limit: 'memory' } : { kind: 'bug', stack: stackOf(error) })
    })
    this.#worker.on('exit', code => this.#end({ kind: 'bug', stack: `The worker left with code ${code}.` }))
  }

  get state(): State {
    return this.#state
  }

  /** Runs a task on an idle thread. Bytes of its input are copied, or moved where they are given. */
  run({ task, input }: WorkerRequest, isGiven: boolean): Promise<Ending> {
    const { promise, resolve } = Promise.withResolvers<Ending>()
    this.#settle = resolve
    this.#state = 'busy'
    clearTimeout(this.#idleTimer)
    const own = withOwnBytes(input, isGiven)
    this.#worker.ref()
    this.#worker.postMessage({ task, input: own.input } satisfies WorkerRequest, own.bytes)
    this.#watch()
    return promise
  }

  /** Ends the thread and whatever it runs. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#end({ kind: 'cancelled' })
    await this.#worker.terminate()
  }

  #watch(): void {
    const onLimit = (limit: Limit) => this.#end({ kind: 'limit', limit })
    if (!this.#hasLoaded) {
      const timer = setTimeout(() => onLimit('time'), startMs)
      this.#stopWatching = () => clearTimeout(timer)
      return
    }
    const stopWatching = watchTask(this.#worker, this.#options, onLimit)
    const slowTimer = setTimeout(() => {
      this.#state = 'slow'
      this.#options.onSlow()
    }, slowAfterMs)
    this.#stopWatching = () => {
      stopWatching()
      clearTimeout(slowTimer)
    }
  }

  #receive(answer: WorkerAnswer): void {
    if (answer.kind === 'ready') {
      this.#hasLoaded = true
      this.#stopWatching()
      if (this.#settle) this.#watch()
    } else if (answer.kind === 'done') this.#end(answer)
    // A stack overflow is a limit that was exceeded; anything else that a task throws is a bug of ours.
    else if (/Maximum call stack|Invalid string length/.test(answer.stack))
      this.#end({ kind: 'limit', limit: 'memory' })
    else this.#end({ kind: 'bug', stack: answer.stack })
  }

  /** Ends the task under way, if there is one. */
  #end(ending: Ending): void {
    this.#stopWatching()
    clearTimeout(this.#idleTimer)
    if (ending.kind === 'done' && this.#state !== 'stopped') {
      this.#state = 'idle'
      this.#worker.unref()
      this.#idleTimer = setTimeout(() => this.stop(), this.#options.idleMs).unref()
    } else {
      this.#state = 'stopped'
      void this.#worker.terminate()
    }
    this.#settle?.(ending)
    this.#settle = null
  }
}

/** The input with bytes that can be moved to the thread: a copy, since a body may be a small view of a large shared buffer. */
function withOwnBytes(input: object, isGiven: boolean): { input: object; bytes: ArrayBuffer[] } {
  if (!('bytes' in input) || !(input.bytes instanceof Uint8Array)) return { input, bytes: [] }
  const { buffer, byteLength } = input.bytes
  const isMovable = isGiven && buffer instanceof ArrayBuffer && byteLength === buffer.byteLength
  const bytes = isMovable ? new Uint8Array(buffer) : new Uint8Array(input.bytes)
  return { input: { ...input, bytes }, bytes: [bytes.buffer] }
}

function readAnswer(message: unknown): WorkerAnswer {
  const { kind, output, stack } = (message ?? {}) as { [field: string]: unknown }
  if (kind === 'ready') return { kind }
  if (kind === 'done' && typeof output === 'object') return { kind, output }
  return { kind: 'bug', stack: typeof stack === 'string' ? stack : 'The worker sent what is no answer.' }
}
