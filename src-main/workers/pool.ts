/**
 * The pool of disposable workers: hostile bytes in, plain data out, whatever the bytes do.
 * Our own, since pool libraries count a deadline from the call and not from the start of the task, and do not see memory that
 * buffers hold; see docs/security.md.
 */
import type { Failed } from '../feeds/documents.ts'
import { BusyThread, type Ended, type Job } from './busy-thread.ts'
import { IdleThreads } from './idle-threads.ts'
import type { TaskInput, TaskName, TaskOutput } from './task-types.ts'
import type { ThreadLimits } from './task-watch.ts'
import { type Ending, WorkerThread } from './worker-thread.ts'

export type PoolOptions = ThreadLimits & {
  workerFile: URL | string
  /** Threads at most. They start when there is work. */
  size: number
  /** Threads that share quick tasks, default `size`; more start only while a slow task delays others. */
  coreSize?: number
  /** A thread without work for this long is stopped, and its memory freed. */
  idleMs?: number
  /** Hears of exceptions inside a task: bugs of ours, which the caller only sees as a failure. */
  onBug?: (task: TaskName, stack: string) => void
}

export type RunOptions = {
  /** Ends the task and its thread; `run` then rejects with the signal's reason. */
  signal?: AbortSignal
  /** Before all tasks in the queue: the user waits for it. */
  isUrgent?: boolean
}

export type Pool = {
  /** Runs one task. Never rejects for what the input does; an exceeded limit is the failure `worker-limit`. Copies bytes. */
  run<K extends TaskName>(task: K, input: TaskInput<K>, options?: RunOptions): Promise<TaskOutput<K> | Failed>
  /** Ends all threads; tasks under way or in the queue reject. */
  close(): Promise<void>
}

const defaultIdleMs = 30_000
/** Tasks prefetched per thread, since the caller's event loop may be blocked (by a transaction) when a task ends. */
const mostPrefetched = 2
/** Larger inputs (bytes) are not prefetched: they would be in memory twice while they wait. */
const largestPrefetched = 1_000_000

export function createPool(options: PoolOptions): Pool {
  const pool = new WorkerPool(options)
  return { run: (...task) => pool.run(...task), close: () => pool.close() }
}

class WorkerPool {
  readonly #options: PoolOptions
  readonly #queue: Job[] = []
  readonly #busy = new Set<BusyThread>()
  readonly #idle: IdleThreads
  #isClosed = false

  constructor(options: PoolOptions) {
    const { workerFile, deadlineMs, memoryMb, idleMs = defaultIdleMs } = options
    this.#options = options
    this.#idle = new IdleThreads(() => new WorkerThread(workerFile, { deadlineMs, memoryMb }), idleMs)
  }

  async run<K extends TaskName>(
    task: K,
    input: TaskInput<K>,
    options: RunOptions = {},
  ): Promise<TaskOutput<K> | Failed> {
    const { signal, isUrgent = false } = options
    if (this.#isClosed) throw closedError()
    signal?.throwIfAborted()
    const { promise: ended, resolve: settle } = Promise.withResolvers<Ended>()
    const job: Job = { task, input, thread: null, isCancelled: false, settle }
    const onAbort = () => this.#cancel(job)
    signal?.addEventListener('abort', onAbort, { once: true })
    this.#enqueue(job, isUrgent)
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
    for (const { thread } of this.#busy) this.#idle.stop(thread)
    await this.#idle.close()
  }

  #enqueue(job: Job, isUrgent: boolean): void {
    if (isUrgent) {
      for (const busy of this.#busy) this.#requeue(busy.recallAll())
      this.#queue.unshift(job)
    } else this.#queue.push(job)
    this.#startQueued()
  }

  #startQueued(): void {
    while (!this.#isClosed) {
      const [job] = this.#queue
      const thread = job && this.#threadFor(job)
      if (!thread) return
      this.#queue.shift()
      void this.#runOn(thread, job)
    }
  }

  /** Null where the job has to wait. */
  #threadFor({ input }: Job): BusyThread | null {
    const { size, coreSize = size } = this.#options
    const quick = [...this.#busy].filter(busy => busy.isQuick)
    if (this.#busy.size < size && quick.length < coreSize) return this.#openThread()
    if (sizeOf(input) > largestPrefetched) return null
    const [shortest] = quick.sort((a, b) => a.length - b.length)
    return shortest && shortest.length <= mostPrefetched ? shortest : null
  }

  #openThread(): BusyThread {
    const busy = new BusyThread(this.#idle.take(), () => {
      this.#requeue(busy.recallAll())
      this.#startQueued()
    })
    this.#busy.add(busy)
    return busy
  }

  async #runOn(busy: BusyThread, job: Job): Promise<void> {
    const ending = await busy.run(job)
    if (ending.kind === 'recalled') return
    this.#release(busy, ending)
    // Its thread may have been stopped on account of another job.
    if (ending.kind === 'cancelled') this.#requeue([job])
    else job.settle(ending)
    this.#startQueued()
  }

  /** After the job under way has ended: the thread goes on, is idle, or is gone. */
  #release(busy: BusyThread, { kind }: Ending): void {
    const isUsable = kind === 'done' && !this.#isClosed
    busy.shift()
    if (isUsable && busy.length > 0) return
    this.#busy.delete(busy)
    this.#requeue(busy.abandon())
    if (isUsable) this.#idle.giveBack(busy.thread)
    else this.#idle.stop(busy.thread)
  }

  /** Puts jobs before all others in the queue, in their order; those that are cancelled end. */
  #requeue(jobs: Job[]): void {
    for (const job of jobs) job.thread = null
    const isOver = (job: Job) => this.#isClosed || job.isCancelled
    this.#queue.unshift(...jobs.filter(job => !isOver(job)))
    for (const job of jobs.filter(isOver)) job.settle({ kind: 'cancelled' })
  }

  #cancel(job: Job): void {
    job.isCancelled = true
    const { thread: busy } = job
    if (busy && !busy.recall(job)) {
      this.#idle.stop(busy.thread)
      return
    }
    const index = this.#queue.indexOf(job)
    if (index >= 0) this.#queue.splice(index, 1)
    job.settle({ kind: 'cancelled' })
  }
}

function closedError(): Error {
  return new Error('The worker pool is closed.')
}

function sizeOf(input: object): number {
  return 'bytes' in input && input.bytes instanceof Uint8Array ? input.bytes.length : 0
}

function firstLine(stack: string): string {
  return stack.split('\n', 1)[0]?.slice(0, 300) ?? ''
}
