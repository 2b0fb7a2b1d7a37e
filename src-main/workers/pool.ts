/**
 * The pool of disposable workers: hostile bytes in, plain data out, whatever the bytes do.
 * Its own, since a pool library counts a deadline from the moment of asking, not of starting, and does not see memory that
 * buffers hold; see docs/security.md.
 */
import type { Failed } from '../feeds/documents.ts'
import type { TaskInput, TaskName, TaskOutput } from './task-types.ts'
import { type Asked, type Ending, startThread, type Thread } from './worker-thread.ts'

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

type Job = {
  task: TaskName
  input: object
  lane: Lane | null
  asked: Asked | null
  isCancelled: boolean
  settle(ending: Ended): void
}

type Ended = Exclude<Ending, { kind: 'recalled' }>

/** A thread at work, and what it was asked for: the first is under way. */
type Lane = { thread: Thread; jobs: Job[]; isSlow: boolean; patience: NodeJS.Timeout | undefined }

const defaultIdleMs = 30_000
/** A task that takes longer holds up what waits; most take a tenth of this. */
const quickMs = 1_000
/** So many tasks more than the one under way a thread has at hand: who asks may be too busy to hear of an answer at once. */
const ahead = 2
/** Larger ones wait until a thread is free. */
const largestAhead = 1_000_000

export function createPool(options: PoolOptions): Pool {
  const { workerFile, size, steady = size, deadlineMs, memoryMb, idleMs = defaultIdleMs, onBug = () => {} } = options
  const waiting: Job[] = []
  const lanes = new Set<Lane>()
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
    while (waiting.length > 0 && !isClosed) {
      const lane = laneFor(waiting[0]!)
      if (!lane) return
      void give(lane, waiting.shift()!)
    }
  }

  function laneFor(job: Job): Lane | null {
    // One that was stopped a moment ago is still here: what it got would be done twice.
    const quick = [...lanes].filter(lane => !lane.isSlow && lane.thread.isAlive())
    if (lanes.size < size && quick.length < steady) return openLane()
    if (sizeOf(job.input) > largestAhead) return null
    const [shortest] = quick.sort((a, b) => a.jobs.length - b.jobs.length)
    return shortest && shortest.jobs.length <= ahead ? shortest : null
  }

  function openLane(): Lane {
    const lane = { thread: takeThread(), jobs: [], isSlow: false, patience: undefined }
    lanes.add(lane)
    return lane
  }

  async function give(lane: Lane, job: Job): Promise<void> {
    const { input, bytes } = withOwnBytes(job.input)
    job.lane = lane
    job.asked = lane.thread.ask({ task: job.task, input }, bytes)
    lane.jobs.push(job)
    if (lane.jobs.length === 1) beginPatience(lane)
    const ending = await job.asked.ending
    if (ending.kind === 'recalled') return
    lane.jobs.shift()
    goOn(lane, ending)
    // It may have ended with the thread, on the account of another.
    if (ending.kind === 'cancelled') putBack([job])
    else job.settle(ending)
    startWaiting()
  }

  function goOn(lane: Lane, ending: Ended): void {
    clearTimeout(lane.patience)
    lane.isSlow = false
    const isUsable = ending.kind === 'done' && !isClosed
    if (isUsable && lane.jobs.length > 0) {
      beginPatience(lane)
      return
    }
    lanes.delete(lane)
    putBack(lane.jobs.splice(0))
    if (isUsable) rest(lane.thread)
    else stop(lane.thread)
  }

  function beginPatience(lane: Lane): void {
    lane.patience = setTimeout(() => {
      // Another would have to start as well.
      if (!lane.thread.isReady()) return beginPatience(lane)
      lane.isSlow = true
      recallAhead(lane)
      startWaiting()
    }, quickMs)
  }

  /** What the thread has not begun waits with the others again. */
  function recallAhead(lane: Lane): void {
    const recalled = lane.jobs.slice(1).filter(job => job.asked?.recall())
    lane.jobs = lane.jobs.filter(job => !recalled.includes(job))
    putBack(recalled)
  }

  /** Before all that waits, in their order. */
  function putBack(jobs: Job[]): void {
    for (const job of jobs) job.lane = null
    const isOver = (job: Job) => isClosed || job.isCancelled
    waiting.unshift(...jobs.filter(job => !isOver(job)))
    for (const job of jobs.filter(isOver)) job.settle({ kind: 'cancelled' })
  }

  function cancel(job: Job): void {
    job.isCancelled = true
    const { lane } = job
    const index = waiting.indexOf(job)
    if (index >= 0) waiting.splice(index, 1)
    if (!lane) job.settle({ kind: 'cancelled' })
    else if (job === lane.jobs[0] || !job.asked?.recall()) stop(lane.thread)
    else {
      lane.jobs.splice(lane.jobs.indexOf(job), 1)
      job.settle({ kind: 'cancelled' })
    }
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
          lane: null,
          asked: null,
          isCancelled: false,
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
        if (isUrgent) {
          for (const lane of lanes) recallAhead(lane)
          waiting.unshift(job)
        } else waiting.push(job)
        startWaiting()
      })
    },

    async close() {
      isClosed = true
      for (const job of waiting.splice(0)) job.settle({ kind: 'cancelled' })
      for (const { thread } of lanes) stop(thread)
      for (const { thread, timer } of idle.splice(0)) {
        clearTimeout(timer)
        stop(thread)
      }
      await Promise.all(stopping)
    },
  }
}

function sizeOf(input: object): number {
  return 'bytes' in input && input.bytes instanceof Uint8Array ? input.bytes.length : 0
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
