/** One disposable thread: runs one task at a time under a deadline and a memory limit, and dies of breaking either. */
import { Worker } from 'node:worker_threads'
import type { WorkerAnswer, WorkerRequest } from './task-types.ts'

export type ThreadLimits = { deadlineMs: number; memoryMb: number }

/** How a task ended. After anything but `done` the thread is gone. */
export type Ending =
  | { kind: 'done'; output: unknown }
  | { kind: 'limit'; limit: 'time' | 'memory' }
  | { kind: 'bug'; stack: string }
  | { kind: 'cancelled' }

export type Thread = {
  run(request: WorkerRequest, bytes: ArrayBuffer[]): Promise<Ending>
  /** Ends the thread and whatever it runs. Resolves when it is gone. */
  stop(): Promise<void>
  isAlive(): boolean
}

/** A task that gets no processor time, or waits for what never comes, ends after this many deadlines. */
const mostDeadlines = 6

/** Loading the code may take this long on a busy machine; it does not count towards a task's deadline. */
const startMs = 30_000
/** Most tasks are over before the first look. */
const watchMs = 50

/*
 * V8 ends the whole process when one large allocation does not fit under a thread's own limit (seen with arrays, maps and
 * strings: `resourceLimits` catches only many small ones). So the limit that counts is looked after from outside, and V8's
 * own stands well above it, for what grows faster than we look.
 */
const hardLimitFactor = 3

export function startThread(workerFile: URL | string, limits: ThreadLimits): Thread {
  const worker = new Worker(workerFile, {
    env: {},
    execArgv: [],
    stdin: false,
    resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb * hardLimitFactor, maxYoungGenerationSizeMb: 24 },
  })
  let finish: ((ending: Ending) => void) | null = null
  let isAlive = true
  let isReady = false
  let deadline: NodeJS.Timeout | undefined
  let patience = mostDeadlines
  let watch: NodeJS.Timeout | undefined

  function end(ending: Ending): void {
    clearTimeout(deadline)
    clearTimeout(watch)
    const answer = finish
    finish = null
    if (ending.kind === 'done') worker.unref()
    else void stop()
    answer?.(ending)
  }

  async function stop(): Promise<void> {
    isAlive = false
    if (finish) end({ kind: 'cancelled' })
    await worker.terminate()
  }

  function startDeadline(): void {
    patience = mostDeadlines
    const usedBefore = cpuOf(worker)
    deadline = setTimeout(() => lookAtTime(usedBefore), limits.deadlineMs)
    watch = setTimeout(lookAtMemory, watchMs)
  }

  /** On a busy machine, or one that slept meanwhile, time passes in which a task could do nothing. */
  async function lookAtTime(usedBefore: Promise<number>): Promise<void> {
    const task = finish
    const left = limits.deadlineMs - ((await cpuOf(worker)) - (await usedBefore))
    if (finish !== task || task === null) return
    patience--
    if (left < limits.deadlineMs / 10 || patience <= 0) end({ kind: 'limit', limit: 'time' })
    else deadline = setTimeout(() => lookAtTime(usedBefore), limits.deadlineMs)
  }

  async function lookAtMemory(): Promise<void> {
    const task = finish
    const used = await memoryOf(worker)
    if (finish !== task || task === null) return
    if (used > limits.memoryMb * 1_048_576) end({ kind: 'limit', limit: 'memory' })
    else watch = setTimeout(lookAtMemory, watchMs)
  }

  // Whatever a worker says or throws, it can't be more than a failure of its own task: hostile bytes run in there.
  worker.on('message', (message: unknown) => {
    const answer = readAnswer(message)
    if (answer.kind === 'ready') {
      isReady = true
      clearTimeout(deadline)
      if (finish) startDeadline()
    } else if (answer.kind === 'done') end(answer)
    // A task that went too deep for the stack has met a limit; anything else it throws is our mistake.
    else if (/Maximum call stack|Invalid string length/.test(answer.stack)) end({ kind: 'limit', limit: 'memory' })
    else end({ kind: 'bug', stack: answer.stack })
  })
  worker.on('error', (error: unknown) => {
    isAlive = false
    const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    if (isMemory) end({ kind: 'limit', limit: 'memory' })
    else end({ kind: 'bug', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  })
  worker.on('messageerror', error => end({ kind: 'bug', stack: String(error) }))
  worker.on('exit', code => {
    isAlive = false
    end({ kind: 'bug', stack: `The worker left with code ${code}.` })
  })

  return {
    run(request, bytes) {
      return new Promise(resolve => {
        finish = resolve
        worker.ref()
        worker.postMessage(request, bytes)
        if (isReady) startDeadline()
        else deadline = setTimeout(() => end({ kind: 'limit', limit: 'time' }), startMs)
      })
    },
    stop,
    isAlive: () => isAlive,
  }
}

/** Milliseconds of processor time the thread has used; endless when it cannot say, so that the deadline counts as it is. */
async function cpuOf(worker: Worker): Promise<number> {
  try {
    const { user, system } = await Promise.race([worker.cpuUsage(), silence()])
    return (user + system) / 1_000
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

function silence(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), 2_000).unref())
}

function readAnswer(message: unknown): WorkerAnswer {
  const { kind, output, name, stack } = (message ?? {}) as { [field: string]: unknown }
  if (kind === 'ready') return { kind }
  if (kind === 'done' && typeof output === 'object') return { kind, output }
  return {
    kind: 'bug',
    name: String(name),
    stack: typeof stack === 'string' ? stack : 'The worker said what nobody asked.',
  }
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
