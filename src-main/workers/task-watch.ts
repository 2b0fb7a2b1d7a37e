/** Watches the task that a worker runs: its processor time and the memory that its thread holds. */
import type { Worker } from 'node:worker_threads'

/** `deadlineMs`: processor time of one task. `memoryMb`: heap and buffers of the thread. */
export type ThreadLimits = { deadlineMs: number; memoryMb: number }

export type Limit = 'time' | 'memory'

/** A task that gets no processor time, or waits for what never comes, ends after this many deadlines. */
const mostDeadlines = 6
/** Most tasks are over before memory is first checked. */
const memoryCheckMs = 50

/** Calls `onLimit` once the task exceeds a limit. The answer ends the watch. */
export function watchTask(worker: Worker, limits: ThreadLimits, onLimit: (limit: Limit) => void): () => void {
  const { deadlineMs, memoryMb } = limits
  const usedBefore = cpuOf(worker)
  let deadlinesLeft = mostDeadlines
  let isOver = false
  let timeTimer = setTimeout(checkTime, deadlineMs)
  let memoryTimer = setTimeout(checkMemory, memoryCheckMs)

  /** Wall time is no measure: on a busy machine, or one that slept meanwhile, it passes without the task. */
  async function checkTime(): Promise<void> {
    const left = deadlineMs - ((await cpuOf(worker)) - (await usedBefore))
    if (isOver) return
    deadlinesLeft--
    if (left < deadlineMs / 10 || deadlinesLeft <= 0) onLimit('time')
    else timeTimer = setTimeout(checkTime, deadlineMs)
  }

  async function checkMemory(): Promise<void> {
    const used = await memoryOf(worker)
    if (isOver) return
    if (used > memoryMb * 1_048_576) onLimit('memory')
    else memoryTimer = setTimeout(checkMemory, memoryCheckMs)
  }

  return () => {
    isOver = true
    clearTimeout(timeTimer)
    clearTimeout(memoryTimer)
  }
}

/** Milliseconds of processor time the thread has used; endless when it cannot say, so that the deadline counts as it is. */
async function cpuOf(worker: Worker): Promise<number> {
  try {
    const { user, system } = await Promise.race([worker.cpuUsage(), noAnswer()])
    return (user + system) / 1_000
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

function noAnswer(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), 2_000).unref())
}

/** Bytes the thread's heap and its buffers hold; 0 when it has gone or does not answer for now. */
async function memoryOf(worker: Worker): Promise<number> {
  try {
    const heap = await worker.getHeapStatistics()
    return heap.used_heap_size + heap.external_memory
  } catch {
    return 0
  }
}
