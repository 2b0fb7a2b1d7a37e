/**
 * The pool of disposable workers: hostile bytes in, plain data out, whatever the bytes do.
 * Our own, since pool libraries count a deadline from the call and not from the start of the task, and do not see memory that
 * buffers hold; see docs/security.md.
 */
import type { Failed } from '../feeds/documents.ts'
import type { ThreadLimits } from './task-watch.ts'
import type { TaskInput, TaskName, TaskOutput } from './tasks.ts'
import { type Ending, WorkerThread } from './worker-thread.ts'

export type PoolOptions = ThreadLimits & {
  workerFile: URL | string
  /** Threads at most. They start when there is work. */
  size: number
  /** Threads that share quick tasks, default `size`; more start only while a slow task delays others. */
  coreSize?: number
  /** A thread without work for this long (ms) is stopped, and its memory freed. */
  idleMs?: number
  /** Hears of exceptions inside a task: bugs of ours, which the caller only sees as a failure. */
  onBug?: (task: TaskName, stack: string) => void
}

export type RunOptions = {
  /** Ends the task and its thread; `run` then rejects with the signal's reason. */
  signal?: AbortSignal
  /** Before all tasks in the queue: the user waits for it. */
  isUrgent?: boolean
  /** The caller gives the bytes of the input away: they are moved where they have a buffer of their own. */
  isGiven?: boolean
}

export type Pool = {
  /** Runs one task. Never rejects for what the input does; an exceeded limit is the failure `worker-limit`. Copies bytes that are not given. */
  run<K extends TaskName>(task: K, input: TaskInput<K>, options?: RunOptions): Promise<TaskOutput<K> | Failed>
  /** Ends all threads; tasks under way or in the queue reject. */
  close(): Promise<void>
}

/** One task from the call to its end. `thread`: null while it waits in the queue. */
type Job = {
  task: TaskName
  input: object
  isGiven: boolean
  thread: WorkerThread | null
  settle(ending: Ending): void
}

const defaultIdleMs = 30_000

export function createPool(options: PoolOptions): Pool {
  const pool = new WorkerPool(options)
  return { run: (...task) => pool.run(...task), close: () => pool.close() }
}

class WorkerPool {
  readonly #options: PoolOptions
  #queue: Job[] = []
  #threads: WorkerThread[] = []
  #isClosed = false

  constructor(options: PoolOptions) {
    this.#options = options
  }

  async run<K extends TaskName>(
    task: K,
    input: TaskInput<K>,
    { signal, isUrgent = false, isGiven = false }: RunOptions = {},
  ): Promise<TaskOutput<K> | Failed> {
    if (this.#isClosed) throw closedError()
    signal?.throwIfAborted()
    const { promise: ended, resolve: settle } = Promise.withResolvers<Ending>()
    const job: Job = { task, input, isGiven, thread: null, settle }
    const onAbort = () => this.#cancel(job)
    signal?.addEventListener('abort', onAbort, { once: true })
    if (isUrgent) this.#queue.unshift(job)
    else this.#queue.push(job)
    this.#startQueued()
    const ending = await ended
    signal?.removeEventListener('abort', onAbort)
    if (ending.kind === 'done') return ending.output as TaskOutput<K>
    if (ending.kind === 'limit') return { ok: false, failure: { reason: 'worker-limit', limit: ending.limit } }
    if (ending.kind === 'cancelled') throw signal?.aborted ? signal.reason : closedError()
    this.#options.onBug?.(task, ending.stack)
    return { ok: false, failure: { reason: 'malformed', detail: firstLine(ending.stack), line: null } }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const job of this.#queue.splice(0)) job.settle({ kind: 'cancelled' })
    await Promise.all(this.#threads.map(thread => thread.stop()))
  }

  #startQueued(): void {
    while (this.#queue.length > 0) {
      const thread = this.#freeThread()
      const job = thread && this.#queue.shift()
      if (!job) return
      void this.#runOn(thread, job)
    }
  }

  /** Null where the job has to wait. */
  #freeThread(): WorkerThread | null {
    const { size, coreSize = size } = this.#options
    this.#threads = this.#threads.filter(({ state }) => state !== 'stopped')
    const busy = this.#threads.filter(({ state }) => state === 'busy').length
    const slow = this.#threads.filter(({ state }) => state === 'slow').length
    if (busy >= coreSize || busy + slow >= size) return null
    return this.#threads.find(({ state }) => state === 'idle') ?? this.#startThread()
  }

  #startThread(): WorkerThread {
    const onSlow = () => this.#startQueued()
    const thread = new WorkerThread({ idleMs: defaultIdleMs, ...this.#options, onSlow })
    this.#threads.push(thread)
    return thread
  }

  async #runOn(thread: WorkerThread, job: Job): Promise<void> {
    job.thread = thread
    const ending = await thread.run(job, job.isGiven)
    job.thread = null
    job.settle(ending)
    this.#startQueued()
  }

  #cancel(job: Job): void {
    this.#queue = this.#queue.filter(other => other !== job)
    void job.thread?.stop()
    job.settle({ kind: 'cancelled' })
  }
}

function closedError(): Error {
  return new Error('The worker pool is closed.')
}

function firstLine(stack: string): string {
  return stack.split('\n', 1)[0]?.slice(0, 300) ?? ''
}
