/** The maintenance thread as the engine thread sees it: its tasks as promises. Started when there is one, ended when it idles. */
import { Worker } from 'node:worker_threads'
import type {
  MaintenanceInput,
  MaintenanceOutput,
  MaintenanceReply,
  MaintenanceStart,
  MaintenanceTask,
  MaintenanceTasks,
} from './protocol.ts'

/** A task rejects where the disk fails (`code` is SQLite's or the system's) or where the thread ended. */
export type Maintenance = MaintenanceTasks & {
  /** Ends the thread and what it does. Files that it was writing have names of unfinished ones. */
  close(): Promise<void>
}

export type MaintenanceOptions = MaintenanceStart & {
  maintenanceFile: string
  /** A thread without work for this long (ms) is ended, and its memory given back. */
  idleMs?: number
}

type Waiting = { resolve(output: never): void; reject(error: Error): void }

const defaultIdleMs = 10_000

export function createMaintenance({
  maintenanceFile,
  idleMs = defaultIdleMs,
  ...start
}: MaintenanceOptions): Maintenance {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  let lastId = 0
  let isClosed = false

  function spawn(): Worker {
    const spawned = new Worker(maintenanceFile, { workerData: start, name: 'maintenance' })
    spawned.on('message', (reply: MaintenanceReply) => {
      settle(reply)
      if (waiting.size === 0) idle = setTimeout(end, idleMs).unref()
    })
    // A thread that fails takes its tasks with it, and nothing else.
    spawned.on('error', error => leave(spawned, error instanceof Error ? error : new Error(String(error))))
    spawned.on('exit', () => leave(spawned, new Error('the maintenance thread ended')))
    return spawned
  }

  function settle(reply: MaintenanceReply): void {
    const task = waiting.get(reply.id)
    waiting.delete(reply.id)
    if ('error' in reply) task?.reject(Object.assign(new Error(reply.error), reply.code ? { code: reply.code } : {}))
    else task?.resolve(reply.output as never)
  }

  function leave(gone: Worker, error: Error): void {
    if (worker !== gone) return
    worker = null
    clearTimeout(idle)
    for (const task of waiting.values()) task.reject(error)
    waiting.clear()
  }

  async function end(): Promise<void> {
    clearTimeout(idle)
    const ending = worker
    if (!ending) return
    leave(ending, new Error('the maintenance thread was ended'))
    await ending.terminate()
  }

  function run<T extends MaintenanceTask>(task: T) {
    return (input: MaintenanceInput<T>): Promise<MaintenanceOutput<T>> => {
      if (isClosed) return Promise.reject(new Error('the maintenance thread is closed'))
      clearTimeout(idle)
      worker ??= spawn()
      const id = ++lastId
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        worker?.postMessage({ id, task, input })
      })
    }
  }

  return {
    report: run('report'),
    backUp: run('backUp'),
    backups: run('backups'),
    restore: run('restore'),
    check: run('check'),
    writeJournalBase: run('writeJournalBase'),
    writeEverything: run('writeEverything'),
    countDoomed: run('countDoomed'),
    planRetention: run('planRetention'),
    close() {
      isClosed = true
      return end()
    },
  }
}
