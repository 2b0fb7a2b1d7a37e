/**
 * The pool of disposable workers: hostile bytes in, plain data out, whatever the bytes do.
 * Its own, since a pool library counts a deadline from the moment of asking, not of starting, and does not see memory that
 * buffers hold; see docs/security.md.
 */
import type { Failed, TaskInput, TaskName, TaskOutput } from './task-types.ts'
import { type Ending, startThread, type Thread } from './thread.ts'

export type PoolOptions = {
  workerFile: URL | string
  /** Threads at most. They start when there is work. */
  size: number
  /** Threads that share quick tasks, `size` unless told; the others are for when one holds up what waits. */
  steady?: number
  /** How long one task may take once a thread has it. */
  deadlineMs: number
  /** Heap and buffers one thread may hold. */
  memoryMb: number
  /** A thread without work for this long is stopped, and its memory given back. */
  idleMs?: number
  /** Told of exceptions inside a task: mistakes of ours, which the caller only sees as a failure. */
  onBug?: (task: TaskName, stack: string) => void
}

export type RunOptions = {
  /** Ends the task and its thread; `run` then rejects with the signal's reason. */
  signal?: AbortSignal
  /** Goes before what waits: someone is looking at an empty page. */
  isUrgent?: boolean
}

export type Pool = {
  /** Runs one task. Never rejects for what the input does; a broken limit is the failure `worker-limit`. Copies bytes. */
  run<K extends TaskName>(task: K, input: TaskInput<K>, options?: RunOptions): Promise<TaskOutput<K> | Failed>
  /** Ends all threads; what runs or waits rejects. */
  close(): Promise<void>
}

type Job = { task: TaskName; input: object; thread: Thread | null; settle: (ending: Ending) => void }

const defaultIdleMs = 30_000
/** A task that takes longer holds up what waits; most take a tenth of this. */
const quickMs = 300

export function createPool(options: PoolOptions): Pool {
  const { workerFile, size, steady = size, deadlineMs, memoryMb, idleMs = defaultIdleMs, onBug = () => {} } = options
  const waiting: Job[] = []
  const running = new Set<Job>()
  const slow = new Set<Job>()
  // The thread used last is taken first, so that those a quiet pool does not need grow idle and stop.
  const idle: { thread: Thread; timer: NodeJS.Timeout }[] = []
  const stopping = new Set<Promise<void>>()
  let isClosed = false

  function stop(thread: Thread): void {
    const stopped = thread.stop().finally(() => stopping.delete(stopped))
    stopping.add(stopped)
  }

  function takeThread(): Thread {
    for (let last = idle.pop(); last; last = idle.pop()) {
      clearTimeout(last.timer)
      if (last.thread.isAlive()) return last.thread
    }
    return startThread(workerFile, { deadlineMs, memoryMb })
  }

  function rest(thread: Thread): void {
    const timer = setTimeout(() => {
      const index = idle.findIndex(entry => entry.thread === thread)
      if (index >= 0) idle.splice(index, 1)
      stop(thread)
    }, idleMs).unref()
    idle.push({ thread, timer })
  }

  function startWaiting(): void {
    while (running.size < size && running.size - slow.size < steady && !isClosed) {
      const job = waiting.shift()
      if (!job) return
      void runJob(job)
    }
  }

  async function runJob(job: Job): Promise<void> {
    running.add(job)
    job.thread = takeThread()
    const { input, bytes } = withOwnBytes(job.input)
    const patience = setTimeout(() => {
      slow.add(job)
      startWaiting()
    }, quickMs)
    const ending = await job.thread.run({ task: job.task, input }, bytes)
    clearTimeout(patience)
    slow.delete(job)
    running.delete(job)
    if (ending.kind === 'done' && !isClosed) rest(job.thread)
    else stop(job.thread)
    job.settle(ending)
    startWaiting()
  }

  function cancel(job: Job): void {
    const index = waiting.indexOf(job)
    if (index >= 0) waiting.splice(index, 1)
    if (job.thread) stop(job.thread)
    else job.settle({ kind: 'cancelled' })
  }

  return {
    run<K extends TaskName>(task: K, input: TaskInput<K>, { signal, isUrgent }: RunOptions = {}) {
      return new Promise<TaskOutput<K> | Failed>((resolve, reject) => {
        if (isClosed) return reject(new Error('The worker pool is closed.'))
        if (signal?.aborted) return reject(signal.reason)
        const onAbort = () => cancel(job)
        const job: Job = {
          task,
          input,
          thread: null,
          settle(ending) {
            signal?.removeEventListener('abort', onAbort)
            if (ending.kind === 'cancelled')
              reject(signal?.aborted ? signal.reason : new Error('The worker pool is closed.'))
            else if (ending.kind === 'done') resolve(ending.output as TaskOutput<K>)
            else if (ending.kind === 'limit')
              resolve({ ok: false, failure: { reason: 'worker-limit', limit: ending.limit } })
            else {
              onBug(task, ending.stack)
              resolve({ ok: false, failure: { reason: 'malformed', detail: firstLine(ending.stack), line: null } })
            }
          },
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        if (isUrgent) waiting.unshift(job)
        else waiting.push(job)
        startWaiting()
      })
    },

    async close() {
      isClosed = true
      for (const job of waiting.splice(0)) job.settle({ kind: 'cancelled' })
      for (const job of running) if (job.thread) stop(job.thread)
      for (const { thread, timer } of idle.splice(0)) {
        clearTimeout(timer)
        stop(thread)
      }
      await Promise.all(stopping)
    },
  }
}

/** A copy of the input's bytes that can be handed over: a body may be a small window on a large shared buffer. */
function withOwnBytes(input: object): { input: object; bytes: ArrayBuffer[] } {
  if (!('bytes' in input) || !(input.bytes instanceof Uint8Array)) return { input, bytes: [] }
  const bytes = new Uint8Array(input.bytes)
  return { input: { ...input, bytes }, bytes: [bytes.buffer] }
}

function firstLine(stack: string): string {
  return stack.split('\n', 1)[0]?.slice(0, 300) ?? ''
}
