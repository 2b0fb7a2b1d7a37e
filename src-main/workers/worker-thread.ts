/** One disposable thread: runs one task after the other within limits of time and memory, and is ended when one exceeds them. */
import { Worker } from 'node:worker_threads'
import { stackOf } from '../lib/log.ts'
import { acquire, createStartFlag, type StartFlag } from './start-flag.ts'
import type { WorkerAnswer, WorkerRequest } from './task-types.ts'
import { type Limit, type ThreadLimits, watchTask } from './task-watch.ts'

/** How a task ended. `recalled`: it was never started. After any but these two the thread is gone. */
export type Ending =
  | { kind: 'done'; output: unknown }
  | { kind: 'recalled' }
  | { kind: 'limit'; limit: Limit }
  | { kind: 'bug'; stack: string }
  | { kind: 'cancelled' }

export type Asked = {
  ending: Promise<Ending>
  /** Takes the task back; false when the thread has started it. */
  recall(): boolean
}

/** Loading the code may take this long on a busy machine; it does not count towards a task's deadline. */
const startMs = 30_000

/*
 * V8 ends the whole process when one large allocation does not fit under a thread's own limit (seen with arrays, maps and
 * strings: `resourceLimits` catches only many small ones). So the limit that counts is checked from outside, and V8's own is
 * far above it, for what grows faster than the checks come.
 */
const hardLimitFactor = 3

export class WorkerThread {
  readonly #worker: Worker
  readonly #limits: ThreadLimits
  /** Resolve the endings of the tasks asked for, in the order of asking: the first task is under way. */
  readonly #pending: ((ending: Ending) => void)[] = []
  #isAlive = true
  #isReady = false
  #stopWatching = () => {}

  constructor(workerFile: URL | string, limits: ThreadLimits) {
    this.#limits = limits
    this.#worker = new Worker(workerFile, {
      env: {},
      execArgv: [],
      stdin: false,
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb * hardLimitFactor, maxYoungGenerationSizeMb: 24 },
    })
    // Whatever a worker says or throws is a failure of its task and no more: hostile bytes run in it.
    this.#worker.on('message', (message: unknown) => this.#receive(readAnswer(message)))
    this.#worker.on('messageerror', error => this.#end({ kind: 'bug', stack: String(error) }))
    this.#worker.on('error', (error: unknown) => {
      this.#isAlive = false
      const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      this.#end(isMemory ? { kind: 'limit', limit: 'memory' } : { kind: 'bug', stack: stackOf(error) })
    })
    this.#worker.on('exit', code => {
      this.#isAlive = false
      this.#end({ kind: 'bug', stack: `The worker left with code ${code}.` })
    })
  }

  get isAlive(): boolean {
    return this.#isAlive
  }

  /** It has loaded its code and takes tasks. */
  get isReady(): boolean {
    return this.#isReady
  }

  /** Asks for a task, also while others are under way: they run in the order of asking. `bytes` are moved, not copied. */
  ask(task: Omit<WorkerRequest, 'startFlag'>, bytes: ArrayBuffer[]): Asked {
    const { promise: ending, resolve } = Promise.withResolvers<Ending>()
    const startFlag = createStartFlag()
    this.#pending.push(resolve)
    this.#worker.ref()
    this.#worker.postMessage({ ...task, startFlag } satisfies WorkerRequest, bytes)
    if (this.#pending.length === 1) this.#watch()
    return { ending, recall: () => this.#recall(resolve, startFlag) }
  }

  /** Ends the thread and whatever it runs. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#isAlive = false
    if (this.#pending.length > 0) this.#end({ kind: 'cancelled' })
    await this.#worker.terminate()
  }

  #watch(): void {
    const onLimit = (limit: Limit) => this.#end({ kind: 'limit', limit })
    if (this.#isReady) {
      this.#stopWatching = watchTask(this.#worker, this.#limits, onLimit)
      return
    }
    const timer = setTimeout(() => onLimit('time'), startMs)
    this.#stopWatching = () => clearTimeout(timer)
  }

  #receive(answer: WorkerAnswer): void {
    if (answer.kind === 'ready') {
      this.#isReady = true
      this.#stopWatching()
      if (this.#pending.length > 0) this.#watch()
    } else if (answer.kind === 'done') this.#end(answer)
    // A stack overflow is a limit that was exceeded; anything else that a task throws is a bug of ours.
    else if (/Maximum call stack|Invalid string length/.test(answer.stack))
      this.#end({ kind: 'limit', limit: 'memory' })
    else this.#end({ kind: 'bug', stack: answer.stack })
  }

  /** Ends the task under way. */
  #end(ending: Ending): void {
    this.#stopWatching()
    const answer = this.#pending.shift()
    if (ending.kind !== 'done') {
      for (const recalled of this.#pending.splice(0)) recalled({ kind: 'recalled' })
      void this.stop()
    } else if (this.#pending.length > 0) this.#watch()
    else this.#worker.unref()
    answer?.(ending)
  }

  #recall(answer: (ending: Ending) => void, startFlag: StartFlag): boolean {
    if (!acquire(startFlag)) return false
    this.#pending.splice(this.#pending.indexOf(answer), 1)
    answer({ kind: 'recalled' })
    return true
  }
}

function readAnswer(message: unknown): WorkerAnswer {
  const { kind, output, stack } = (message ?? {}) as { [field: string]: unknown }
  if (kind === 'ready') return { kind }
  if (kind === 'done' && typeof output === 'object') return { kind, output }
  return { kind: 'bug', stack: typeof stack === 'string' ? stack : 'The worker sent what is no answer.' }
}
