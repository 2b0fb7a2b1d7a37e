/** The thread that groups articles as the engine's thread sees it: started when articles came, ended when none have come for long. */
import { Worker } from 'node:worker_threads'
import { type Client, connectTo } from '../api/contract/rpc.ts'
import { portOfWorker } from '../api/ports.ts'
import { type Log, stackOf } from '../lib/log.ts'
import { hour, minute } from '../lib/time.ts'
import type { WriteGate } from '../store/db/write-gate.ts'
import { threadMemory } from '../workers/limits.ts'
import type { GroupingEvents, GroupingThread } from './protocol.ts'

export type Grouping = {
  /** Articles were stored, or the reader decided something of stories: a second later they are grouped. */
  wake(): void
  /** Listens to an event, whenever the thread is there. */
  on<E extends keyof GroupingEvents>(event: E, listener: (payload: GroupingEvents[E]) => void): void
  /** Ends the thread; what is not grouped yet is at the next start. */
  close(): Promise<void>
}

export type GroupingOptions = {
  groupingFile: string
  dataDir: string
  writeGate: WriteGate
  log: Log
  /** From the first article to the grouping (ms): the feeds of one refresh come one after the other. */
  delayMs?: number
}

/**
 * After so long without work a thread that knows so many articles is ended. To build that again takes 35 µs for each article, to
 * keep it 1 KB: five days of 1,000 feeds, two seconds and 55 MB, are kept for an hour, so that no refresh pays for them.
 */
const idleTime = (known: number) => Math.min(hour, Math.max(2 * minute, known * 72))

type Thread = Client<GroupingThread, GroupingEvents>

export function createGrouping(options: GroupingOptions): Grouping {
  const { groupingFile, dataDir, writeGate, log, delayMs = 1_000 } = options
  const subscriptions: ((thread: Thread) => void)[] = []
  let thread: Thread | null = null
  let wakeTimer: NodeJS.Timeout | undefined
  let idleTimer: NodeJS.Timeout | undefined
  let isGrouping = false
  let isClosed = false

  function start(): Thread {
    const worker = new Worker(groupingFile, {
      workerData: { dataDir, writeGate },
      name: 'grouping',
      resourceLimits: threadMemory,
    })
    const started = connectTo<GroupingThread, GroupingEvents>(portOfWorker(worker))
    for (const subscribe of subscriptions) subscribe(started)
    started.onClose(() => {
      if (thread === started) thread = null
    })
    return started
  }

  async function group(): Promise<void> {
    wakeTimer = undefined
    // It reads what is there until nothing is left: what came last may have come too late for that.
    if (isGrouping) return wake()
    isGrouping = true
    clearTimeout(idleTimer)
    let known = 0
    try {
      thread ??= start()
      known = (await thread.group()).known
    } catch (error) {
      // A full disk, or the end: what is not grouped is at the next article.
      if (!isClosed) log(`grouping articles failed: ${stackOf(error)}`)
    } finally {
      isGrouping = false
      if (!isClosed) idleTimer = setTimeout(() => void end(), idleTime(known)).unref()
    }
  }

  function wake(): void {
    if (!isClosed) wakeTimer ??= setTimeout(() => void group(), delayMs).unref()
  }

  async function end(): Promise<void> {
    clearTimeout(idleTimer)
    const ending = thread
    thread = null
    await ending?.shutDown().catch(() => undefined)
  }

  return {
    wake,
    on(event, listener) {
      subscriptions.push(to => to.on(event, listener))
      thread?.on(event, listener)
    },
    async close() {
      isClosed = true
      clearTimeout(wakeTimer)
      await end()
    },
  }
}
