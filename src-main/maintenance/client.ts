/** The maintenance thread as the engine's thread sees it: started for a task, ended when it has been idle. */
import { Worker } from 'node:worker_threads'
import { CallError, type Client, callsBy, connectTo } from '../api/contract/rpc.ts'
import { portOfWorker } from '../api/ports.ts'
import type { MaintenanceTasks } from './tasks.ts'

/** A task rejects where the disk fails (`code` is SQLite's or the system's) or where the thread ended. */
export type Maintenance = MaintenanceTasks & {
  /** Ends the thread and what it does. Files that it was writing have the names of unfinished ones. */
  close(): Promise<void>
}

export type MaintenanceOptions = {
  maintenanceFile: string
  dataDir: string
  /** A thread without work for this long (ms) is ended, and its memory freed. */
  idleMs?: number
}

type Thread = Client<MaintenanceTasks, Record<never, never>>

const defaultIdleMs = 10_000

export function createMaintenance(options: MaintenanceOptions): Maintenance {
  const { maintenanceFile, idleMs = defaultIdleMs, ...workerData } = options
  let thread: Thread | null = null
  let underWay = 0
  let idleTimer: NodeJS.Timeout | undefined
  let isClosed = false

  function start(): Thread {
    const worker = new Worker(maintenanceFile, { workerData, name: 'maintenance' })
    const started = connectTo<MaintenanceTasks>(portOfWorker(worker))
    started.onClose(() => {
      if (thread === started) thread = null
    })
    return started
  }

  async function run(task: string, input: unknown): Promise<unknown> {
    if (isClosed) throw new CallError('closed', 'the maintenance thread is closed')
    clearTimeout(idleTimer)
    underWay++
    try {
      thread ??= start()
      return await thread[task as keyof MaintenanceTasks](input as never)
    } finally {
      underWay--
      if (underWay === 0) idleTimer = setTimeout(end, idleMs).unref()
    }
  }

  async function end(): Promise<void> {
    clearTimeout(idleTimer)
    const ending = thread
    thread = null
    if (!ending) return
    const ended = new Promise<void>(resolve => ending.onClose(() => resolve()))
    ending.close()
    await ended
  }

  async function close(): Promise<void> {
    isClosed = true
    await end()
  }

  return callsBy<Maintenance>(run, { close })
}
