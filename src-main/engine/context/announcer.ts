/** Sends events to every window. */
import type { EventName, Events } from '../../api/contract/events.ts'
import type { Announcement } from '../../api/contract/rpc.ts'
import type { Counts } from '../../api/model.ts'
import type { Port } from '../../api/ports.ts'
import { attempt, type Log } from '../../lib/log.ts'

/** While feeds come in, counts are sent at most this often (ms): each costs a scan of the unread articles. */
const countsPause = 250

export type Announcer = {
  add(port: Port): void
  emit<E extends EventName>(event: E, payload: Events[E]): void
  /** By a click: sent now. */
  countsChanged(): void
  /** By what came in: sent soon. */
  countsChangedSoon(): void
  /** Hears of each event that is sent. */
  listen(listener: (event: EventName) => void): void
  close(): void
}

/** `counts` may fail, as all that reads the disk; windows then keep the counts they have. */
export function createAnnouncer(counts: () => Counts, log: Log): Announcer {
  const ports = new Set<Port>()
  const listeners: ((event: EventName) => void)[] = []
  let timer: NodeJS.Timeout | null = null

  function emit<E extends EventName>(event: E, payload: Events[E]): void {
    for (const port of ports) port.send({ event, payload } satisfies Announcement)
    for (const listener of listeners) listener(event)
  }

  function countsChanged(): void {
    if (timer) clearTimeout(timer)
    timer = null
    // A failure must not fail the command: its change is on the disk already.
    if (ports.size > 0) attempt(log, 'counting', () => emit('counts-changed', { counts: counts() }))
  }

  return {
    add(port) {
      ports.add(port)
      port.onClose(() => ports.delete(port))
    },
    emit,
    countsChanged,
    countsChangedSoon() {
      timer ??= setTimeout(countsChanged, countsPause)
    },
    listen: listener => void listeners.push(listener),
    close() {
      if (timer) clearTimeout(timer)
      for (const port of ports) port.close()
    },
  }
}
