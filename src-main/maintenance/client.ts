/** The keeper thread as the engine thread sees it: its tasks as promises. Started when there is one, ended when it idles. */
import { Worker } from 'node:worker_threads'
import type { KeeperInput, KeeperOutput, KeeperReply, KeeperStart, KeeperTask, KeeperTasks } from './protocol.ts'

/** A task rejects where the disk fails (`code` is SQLite's or the system's) or where the thread ended. */
export type Keeper = KeeperTasks & {
  /** Ends the thread and what it does. Files that it was writing have names of unfinished ones. */
  close(): Promise<void>
}

export type KeeperOptions = KeeperStart & {
  keeperFile: string
  /** A thread without work for this long (ms) is ended, and its memory given back. */
  idleMs?: number
}

type Waiting = { resolve(output: never): void; reject(error: Error): void }

const defaultIdleMs = 10_000

export function createKeeper({ keeperFile, idleMs = defaultIdleMs, ...start }: KeeperOptions): Keeper {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | null = null
  let idle: NodeJS.Timeout | undefined
  let lastId = 0
  let isClosed = false

  function spawn(): Worker {
    const spawned = new Worker(keeperFile, { workerData: start, name: 'keeper' })
    spawned.on('message', (reply: KeeperReply) => {
      settle(reply)
      if (waiting.size === 0) idle = setTimeout(end, idleMs).unref()
    })
    // A thread that fails takes its tasks with it, and nothing else.
    spawned.on('error', error => leave(spawned, error instanceof Error ? error : new Error(String(error))))
    spawned.on('exit', () => leave(spawned, new Error('the keeper thread ended')))
    return spawned
  }

  function settle(reply: KeeperReply): void {
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
    leave(ending, new Error('the keeper thread was ended'))
    await ending.terminate()
  }

  function run<T extends KeeperTask>(task: T) {
    return (input: KeeperInput<T>): Promise<KeeperOutput<T>> => {
      if (isClosed) return Promise.reject(new Error('the keeper is closed'))
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
