/** One disposable thread: runs one task after the other under a deadline and a memory limit, and dies of breaking either. */
import { Worker } from 'node:worker_threads'
import { type Claim, take } from './claim.ts'
import type { WorkerAnswer, WorkerRequest } from './task-types.ts'

export type ThreadLimits = { deadlineMs: number; memoryMb: number }

/** How a task ended. `recalled`: it was never begun. After anything but these two the thread is gone. */
export type Ending =
  | { kind: 'done'; output: unknown }
  | { kind: 'recalled' }
  | { kind: 'limit'; limit: 'time' | 'memory' }
  | { kind: 'bug'; stack: string }
  | { kind: 'cancelled' }

export type Asked = {
  ending: Promise<Ending>
  /** Takes the task back; false when the thread has begun it. */
  recall(): boolean
}

export type Thread = {
  /** Asks for a task, which may be while others are under way: they are done in the order of asking. */
  ask(task: Omit<WorkerRequest, 'claim'>, bytes: ArrayBuffer[]): Asked
  /** Ends the thread and whatever it runs. Resolves when it is gone. */
  stop(): Promise<void>
  isAlive(): boolean
  /** It has loaded its code and takes tasks. */
  isReady(): boolean
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
  /** Who waits for an answer, in the order of asking: the first is under way. */
  const asked: ((ending: Ending) => void)[] = []
  let isAlive = true
  let isReady = false
  let deadline: NodeJS.Timeout | undefined
  let patience = mostDeadlines
  let watch: NodeJS.Timeout | undefined

  function end(ending: Ending): void {
    clearTimeout(deadline)
    clearTimeout(watch)
    const answer = asked.shift()
    if (ending.kind !== 'done') leave()
    else if (asked.length > 0) startDeadline()
    else worker.unref()
    answer?.(ending)
  }

  /** What was asked for and not begun, somebody else has to do. */
  function leave(): void {
    for (const answer of asked.splice(0)) answer({ kind: 'recalled' })
    void stop()
  }

  async function stop(): Promise<void> {
    isAlive = false
    if (asked.length > 0) end({ kind: 'cancelled' })
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
    const [task] = asked
    const left = limits.deadlineMs - ((await cpuOf(worker)) - (await usedBefore))
    if (asked[0] !== task || !task) return
    patience--
    if (left < limits.deadlineMs / 10 || patience <= 0) end({ kind: 'limit', limit: 'time' })
    else deadline = setTimeout(() => lookAtTime(usedBefore), limits.deadlineMs)
  }

  async function lookAtMemory(): Promise<void> {
    const [task] = asked
    const used = await memoryOf(worker)
    if (asked[0] !== task || !task) return
    if (used > limits.memoryMb * 1_048_576) end({ kind: 'limit', limit: 'memory' })
    else watch = setTimeout(lookAtMemory, watchMs)
  }

  function recall(answer: (ending: Ending) => void, claim: Claim): boolean {
    if (!take(claim)) return false
    asked.splice(asked.indexOf(answer), 1)
    answer({ kind: 'recalled' })
    return true
  }

  // Whatever a worker says or throws, it can't be more than a failure of its own task: hostile bytes run in there.
  worker.on('message', (message: unknown) => {
    const answer = readAnswer(message)
    if (answer.kind === 'ready') {
      isReady = true
      clearTimeout(deadline)
      if (asked.length > 0) startDeadline()
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
    ask(task, bytes) {
      const { promise: ending, resolve } = Promise.withResolvers<Ending>()
      const claim = new Int32Array(new SharedArrayBuffer(4))
      asked.push(resolve)
      worker.ref()
      worker.postMessage({ ...task, claim } satisfies WorkerRequest, bytes)
      if (asked.length === 1 && isReady) startDeadline()
      else if (asked.length === 1) deadline = setTimeout(() => end({ kind: 'limit', limit: 'time' }), startMs)
      return { ending, recall: () => recall(resolve, claim) }
    },
    stop,
    isAlive: () => isAlive,
    isReady: () => isReady,
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
