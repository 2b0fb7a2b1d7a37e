/** The intake thread as the engine thread sees it: its questions as promises, its news as events. */
import type { Intake, IntakeEvents } from './protocol.ts'

export type IntakeClient = Intake & {
  /** Listens; the answer stops listening. */
  on<E extends keyof IntakeEvents>(event: E, listener: (payload: IntakeEvents[E]) => void): () => void
  /** Lets what is being stored finish, ends the thread's connection and answers when it is gone. */
  close(): Promise<void>
}

/** `code` is SQLite's for a disk that is full or failed, else empty; the window has words for it. */
type Reply = { id: number; output: unknown } | { id: number; error: string; code: string }
type Announcement = { event: keyof IntakeEvents; payload: unknown }
type Waiting = { resolve(output: never): void; reject(error: Error): void }

/** What a Worker of node:worker_threads, or one end of a MessageChannel, has. */
export type IntakePort = {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit' | 'close', listener: () => void): unknown
}

/** Makes a client over the intake worker. When the thread dies every question under way is refused. */
export function connectIntake(worker: IntakePort): IntakeClient {
  const waiting = new Map<number, Waiting>()
  const listeners = new Map<keyof IntakeEvents, Set<(payload: never) => void>>()
  let lastId = 0
  let isGone = false

  worker.on('message', message => {
    const news = message as Reply | Announcement
    if ('event' in news) {
      for (const listener of listeners.get(news.event) ?? []) listener(news.payload as never)
      return
    }
    const call = waiting.get(news.id)
    waiting.delete(news.id)
    if ('error' in news) call?.reject(Object.assign(new Error(news.error), news.code ? { code: news.code } : {}))
    else call?.resolve(news.output as never)
  })
  const end = () => {
    isGone = true
    for (const call of waiting.values()) call.reject(new Error('the intake thread ended'))
    waiting.clear()
  }
  worker.on('exit', end)
  worker.on('close', end)

  function ask<Output>(name: keyof Intake | 'close', input: unknown): Promise<Output> {
    if (isGone) return Promise.reject(new Error('the intake thread ended'))
    const id = ++lastId
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, name, input })
    })
  }

  return {
    discover: request => ask('discover', request),
    addFeed: request => ask('addFeed', request),
    refresh: request => ask('refresh', request),
    cancelRefresh: () => ask('cancelRefresh', null),
    scheduleChanged: () => ask('scheduleChanged', null),
    media: request => ask('media', request),
    redrawIcon: request => ask('redrawIcon', request),
    on(event, listener) {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener as (payload: never) => void))
      return () => void set.delete(listener as (payload: never) => void)
    },
    close: () => (isGone ? Promise.resolve() : ask<void>('close', null).catch(() => undefined)),
  }
}
