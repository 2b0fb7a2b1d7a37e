/** Threads without work, kept for a while for the next task. */
import type { WorkerThread } from './worker-thread.ts'

export class IdleThreads {
  readonly #start: () => WorkerThread
  readonly #idleMs: number
  /** The thread used last is taken first, so that those a quiet pool does not need stay idle and are stopped. */
  readonly #threads: { thread: WorkerThread; timer: NodeJS.Timeout }[] = []
  readonly #stopping = new Set<Promise<void>>()

  /** A thread that is idle for `idleMs` is stopped. */
  constructor(start: () => WorkerThread, idleMs: number) {
    this.#start = start
    this.#idleMs = idleMs
  }

  /** Starts a thread where none is idle. */
  take(): WorkerThread {
    for (let last = this.#threads.pop(); last; last = this.#threads.pop()) {
      clearTimeout(last.timer)
      if (last.thread.isAlive) return last.thread
    }
    return this.#start()
  }

  giveBack(thread: WorkerThread): void {
    const timer = setTimeout(() => {
      const index = this.#threads.findIndex(idle => idle.thread === thread)
      if (index >= 0) this.#threads.splice(index, 1)
      this.stop(thread)
    }, this.#idleMs).unref()
    this.#threads.push({ thread, timer })
  }

  stop(thread: WorkerThread): void {
    const stopped = thread.stop().finally(() => this.#stopping.delete(stopped))
    this.#stopping.add(stopped)
  }

  /** Resolves when all idle and stopped threads are gone. */
  async close(): Promise<void> {
    for (const { thread, timer } of this.#threads.splice(0)) {
      clearTimeout(timer)
      this.stop(thread)
    }
    await Promise.all(this.#stopping)
  }
}
