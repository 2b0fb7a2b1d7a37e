/** All mailboxes: one watch for each, started and ended as they are added and removed. */
import type { Power } from '../api/model.ts'
import { minute } from '../lib/time.ts'
import { listMailboxes } from '../store/mail/mailboxes.ts'
import { MailboxWatch, type WatchDeps } from './mailbox-watch.ts'

/** A computer that is about to sleep is woken before, and says so. */
const suspendedFor = 2 * minute

export class Mailboxes {
  readonly #deps: WatchDeps
  readonly #watches = new Map<number, MailboxWatch>()
  #isStarted = false
  #isPaused = false
  #power: Power = { isOnBattery: false, isMetered: false, isSuspended: false }

  constructor(deps: Omit<WatchDeps, 'isSparing'>) {
    this.#deps = {
      ...deps,
      isSparing: () => this.#power.isMetered || this.#power.isOnBattery,
      pausedUntil: () => (this.#power.isSuspended ? deps.now() + suspendedFor : deps.pausedUntil()),
    }
  }

  /** Looks at all of them from now on. */
  start(): void {
    this.#isStarted = true
    this.#isPaused = this.#deps.pausedUntil() !== null
    this.changed()
  }

  /** One was added, changed or removed, or newsletters were kept: looks at all of them now. */
  changed(): void {
    if (!this.#isStarted) return
    const ids = new Set(listMailboxes(this.#deps.db).map(({ id }) => id))
    for (const [id, watch] of this.#watches) {
      if (ids.has(id)) continue
      this.#watches.delete(id)
      void watch.close()
    }
    for (const id of ids) {
      const known = this.#watches.get(id)
      if (known) known.wake()
      else this.#startWatch(id)
    }
  }

  /** The server or the password of one is another. */
  reconnect(mailboxId: number): void {
    this.#watches.get(mailboxId)?.disconnect()
    this.changed()
  }

  /** The user may have paused all polls, or resumed them. */
  pauseMayHaveChanged(): void {
    const isPaused = this.#deps.pausedUntil() !== null
    if (isPaused === this.#isPaused) return
    this.#isPaused = isPaused
    for (const watch of this.#watches.values()) watch.wake()
  }

  setPower(power: Power): void {
    const wasSuspended = this.#power.isSuspended
    this.#power = power
    if (power.isSuspended) for (const watch of this.#watches.values()) watch.disconnect()
    else if (wasSuspended) for (const watch of this.#watches.values()) watch.wake()
  }

  async close(): Promise<void> {
    await Promise.all([...this.#watches.values()].map(watch => watch.close()))
  }

  #startWatch(mailboxId: number): void {
    const watch = new MailboxWatch(mailboxId, this.#deps)
    this.#watches.set(mailboxId, watch)
    watch.start()
  }
}
