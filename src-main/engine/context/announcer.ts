/** Tells every window what is now so. */
import type { EventName, Events } from '../../api/events.ts'
import type { Counts } from '../../api/model.ts'
import type { Port } from '../../api/ports.ts'
import type { Announcement } from '../../api/rpc.ts'
import { attempt, type Log } from '../../lib/log.ts'

/** While feeds stream in, counts are told this often (ms): they cost a walk over the unread. */
const countsPause = 250

export type Announcer = {
  add(port: Port): void
  hasListeners(): boolean
  emit<E extends EventName>(event: E, payload: Events[E]): void
  /** Counts changed by a click: told now. */
  countsChanged(): void
  /** Counts changed by what came in: told soon. */
  countsChangedSoon(): void
  close(): void
}

/** `counts` may fail, as all that reads the disk; windows then keep the counts they have. */
export function createAnnouncer(counts: () => Counts, log: Log): Announcer {
  const ports = new Set<Port>()
  let timer: NodeJS.Timeout | null = null

  function emit<E extends EventName>(event: E, payload: Events[E]): void {
    for (const port of ports) port.send({ event, payload } satisfies Announcement)
  }

  function countsChanged(): void {
    if (timer) clearTimeout(timer)
    timer = null
    // What changed them is on disk already, and was to be answered so.
    if (ports.size > 0) attempt(log, 'counting', () => emit('counts-changed', { counts: counts() }))
  }

  return {
    add(port) {
      ports.add(port)
      port.onClose(() => ports.delete(port))
    },
    hasListeners: () => ports.size > 0,
    emit,
    countsChanged,
    countsChangedSoon() {
      timer ??= setTimeout(countsChanged, countsPause)
    },
    close() {
      if (timer) clearTimeout(timer)
      for (const port of ports) port.close()
    },
  }
}
