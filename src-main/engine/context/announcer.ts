/** Sends events to every window. */
import type { EventName, Events } from '../../api/contract/events.ts'
import type { Announcement } from '../../api/contract/rpc.ts'
import type { Counts } from '../../api/model.ts'
import type { Port } from '../../api/ports.ts'
import { attempt, type Log } from '../../lib/log.ts'

/** While feeds come in, counts are sent at most this often (ms): each costs a scan of the unread articles. */
const countsPause = 250

/** While mailboxes are looked at, at most this often (ms): a window reads the list of all senders for it. */
const mailPause = 1_000

export type Announcer = {
  add(port: Port): void
  emit<E extends EventName>(event: E, payload: Events[E]): void
  /** By a click: sent now. */
  countsChanged(): void
  /** By what came in: sent soon. */
  countsChangedSoon(): void
  /** By what came in: sent now, and once more where more comes soon after. */
  mailChanged(): void
  /** Hears of each event that is sent. */
  listen(listener: (event: EventName) => void): void
  close(): void
}

/** `counts` may fail, as all that reads the disk; windows then keep the counts they have. */
export function createAnnouncer(counts: () => Counts, log: Log): Announcer {
  const ports = new Set<Port>()
  const listeners: ((event: EventName) => void)[] = []
  let timer: NodeJS.Timeout | null = null
  let mailTimer: NodeJS.Timeout | null = null
  let hasMoreMail = false

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

  function mailChanged(): void {
    hasMoreMail = mailTimer !== null
    if (hasMoreMail) return
    emit('mail-changed', {})
    mailTimer = setTimeout(() => {
      mailTimer = null
      if (hasMoreMail) mailChanged()
    }, mailPause)
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
    mailChanged,
    listen: listener => void listeners.push(listener),
    close() {
      if (timer) clearTimeout(timer)
      if (mailTimer) clearTimeout(mailTimer)
      for (const port of ports) port.close()
    },
  }
}
