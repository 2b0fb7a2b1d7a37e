/** A thread at work and its queue: the first task is under way, the others are prefetched. */
import type { TaskName } from './task-types.ts'
import type { Asked, Ending, WorkerThread } from './worker-thread.ts'

export type Ended = Exclude<Ending, { kind: 'recalled' }>

/** One task from the call to its end. `thread`: the one in whose queue it is. */
export type Job = {
  task: TaskName
  input: object
  thread: BusyThread | null
  isCancelled: boolean
  settle(ending: Ended): void
}

/** A task that takes longer delays those behind it; most take a tenth of this. */
const slowAfterMs = 1_000

export class BusyThread {
  readonly thread: WorkerThread
  readonly #onSlow: () => void
  readonly #queue: { job: Job; asked: Asked }[] = []
  #slowTimer: NodeJS.Timeout | undefined
  #isSlow = false

  /** `onSlow` is called when the task under way has taken so long that others should not wait for it. */
  constructor(thread: WorkerThread, onSlow: () => void) {
    this.thread = thread
    this.#onSlow = onSlow
  }

  get length(): number {
    return this.#queue.length
  }

  /** Whether further tasks would be done soon. A thread that is being stopped would lose them. */
  get isQuick(): boolean {
    return !this.#isSlow && this.thread.isAlive
  }

  /** Resolves when the job has ended here. Bytes of its input are copied. */
  run(job: Job): Promise<Ending> {
    const { input, bytes } = withOwnBytes(job.input)
    const asked = this.thread.ask({ task: job.task, input }, bytes)
    job.thread = this
    this.#queue.push({ job, asked })
    if (this.#queue.length === 1) this.#watchForSlowness()
    return asked.ending
  }

  /** Goes on to the next task, after the first has ended. */
  shift(): void {
    clearTimeout(this.#slowTimer)
    this.#isSlow = false
    this.#queue.shift()
    if (this.#queue.length > 0) this.#watchForSlowness()
  }

  /** Takes a prefetched job back; false where it is under way. */
  recall(job: Job): boolean {
    const index = this.#queue.findIndex(entry => entry.job === job)
    if (index <= 0 || !this.#queue[index]?.asked.recall()) return false
    this.#queue.splice(index, 1)
    return true
  }

  /** Takes all prefetched jobs back and answers them in their order. */
  recallAll(): Job[] {
    return this.#queue.map(({ job }) => job).filter(job => this.recall(job))
  }

  /** Empties the queue of a thread that is gone. */
  abandon(): Job[] {
    clearTimeout(this.#slowTimer)
    return this.#queue.splice(0).map(({ job }) => job)
  }

  #watchForSlowness(): void {
    this.#slowTimer = setTimeout(() => {
      // One that is still loading its code is not slow: another would have to load it as well.
      if (!this.thread.isReady) return this.#watchForSlowness()
      this.#isSlow = true
      this.#onSlow()
    }, slowAfterMs)
  }
}

/** A copy of the input's bytes that can be moved to the thread: a body may be a small view of a large shared buffer. */
function withOwnBytes(input: object): { input: object; bytes: ArrayBuffer[] } {
  if (!('bytes' in input) || !(input.bytes instanceof Uint8Array)) return { input, bytes: [] }
  const bytes = new Uint8Array(input.bytes)
  return { input: { ...input, bytes }, bytes: [bytes.buffer] }
}
