/**
 * Watches one mailbox: looks at its folders, then waits for the server to tell of new messages (IDLE, RFC 2177), or for the
 * next time. After a failure it waits ever longer. A new connection is made after each: the library's are of no use after one.
 */
import type { MailFailure } from '../api/mail/model.ts'
import type { Clock } from '../lib/clock.ts'
import { stackOf } from '../lib/log.ts'
import { hour, minute } from '../lib/time.ts'
import { asBatch } from '../store/db/write-gate.ts'
import { foldersOf, mailboxById, recordMailboxLook } from '../store/mail/mailboxes.ts'
import type { MailAccess, MailConnection } from './imap/connection.ts'
import { MailFailed } from './imap/failure.ts'
import { type SyncDeps, syncFolder } from './sync-folder.ts'

export type WatchDeps = SyncDeps & {
  clock: Clock
  connect(access: MailAccess, signal: AbortSignal): Promise<MailConnection>
  /** Null where the password can't be opened. */
  openPassword(sealed: Uint8Array): string | null
  /** Until when nothing is to be looked at (ms); null where it may be. */
  pausedUntil(): number | null
  /** Where the connection costs or the battery is used, none is held open. */
  isSparing(): boolean
  log(line: string): void
}

/** Where the server can't tell of new messages, or no connection is to be held. */
const lookInterval = 15 * minute
const longestBackoff = 30 * minute
/** What only the reader can mend is tried again at each start, and this often: some servers lock an account after many tries. */
const afterRefusal = 6 * hour
const needsReader: readonly MailFailure['reason'][] = ['log-in', 'no-password', 'no-starttls', 'in-the-clear']

export class MailboxWatch {
  readonly #mailboxId: number
  readonly #deps: WatchDeps
  readonly #closing = new AbortController()
  /** Ends the waiting under way. */
  #wake = new AbortController()
  #connection: MailConnection | null = null
  #failures = 0
  #running: Promise<void> = Promise.resolve()

  constructor(mailboxId: number, deps: WatchDeps) {
    this.#mailboxId = mailboxId
    this.#deps = deps
  }

  start(): void {
    this.#running = this.#run()
  }

  /** Looks now instead of at the next time. */
  wake(): void {
    this.#failures = 0
    this.#wake.abort()
  }

  /** The computer sleeps, or its network is another: the connection is dead, though it may not know. */
  disconnect(): void {
    this.#connection?.close()
    this.#connection = null
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#wake.abort()
    this.disconnect()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      this.#wake = new AbortController()
      const paused = this.#deps.pausedUntil()
      if (paused !== null) {
        this.disconnect()
        await this.#sleep(paused - this.#deps.clock.now())
        continue
      }
      const failure = await this.#look()
      if (signal.aborted) return
      await this.#waitAfter(failure)
    }
  }

  /** Looks at all folders once. What is wrong is recorded and answered; where the disk fails it is tried again like the rest. */
  async #look(): Promise<MailFailure | 'disk' | null> {
    const { db, now, onChanged, log } = this.#deps
    try {
      const failure = await this.#syncFolders()
      if (this.#closing.signal.aborted) return null
      asBatch(db, () => recordMailboxLook(db, this.#mailboxId, failure, now()))
      onChanged()
      return failure
    } catch (error) {
      if (!this.#closing.signal.aborted) log(`looking at a mailbox: ${stackOf(error)}`)
      this.disconnect()
      return 'disk'
    }
  }

  async #syncFolders(): Promise<MailFailure | null> {
    const { db } = this.#deps
    const mailbox = mailboxById(db, this.#mailboxId)
    if (!mailbox) return null
    let missing: MailFailure | null = null
    try {
      const connection = await this.#connected(mailbox)
      for (const folder of foldersOf(db, mailbox.id)) {
        try {
          await syncFolder(connection, mailbox, folder, this.#deps)
        } catch (error) {
          if (!(error instanceof MailFailed) || error.failure.reason !== 'no-folder') throw error
          missing = error.failure
        }
      }
      return missing
    } catch (error) {
      if (!(error instanceof MailFailed)) throw error
      this.disconnect()
      return error.failure
    }
  }

  async #connected(mailbox: NonNullable<ReturnType<typeof mailboxById>>): Promise<MailConnection> {
    if (this.#connection) return this.#connection
    const password = this.#deps.openPassword(mailbox.password)
    if (password === null) throw new MailFailed({ reason: 'no-password' })
    const connection = await this.#deps.connect({ ...mailbox, password }, this.#closing.signal)
    this.#connection = connection
    return connection
  }

  async #waitAfter(failure: MailFailure | 'disk' | null): Promise<void> {
    const isMissing = failure !== null && failure !== 'disk' && failure.reason === 'no-folder'
    if (failure === null || isMissing) {
      this.#failures = 0
      if (await this.#waitForNews()) return
      return this.#sleep(lookInterval)
    }
    this.#failures++
    if (failure !== 'disk' && needsReader.includes(failure.reason)) return this.#sleep(afterRefusal)
    return this.#sleep(Math.min(minute * 2 ** (this.#failures - 1), longestBackoff))
  }

  /** True once there may be news; false where the server can't tell, or the connection is not to be held. */
  async #waitForNews(): Promise<boolean> {
    const connection = this.#connection
    const [first] = foldersOf(this.#deps.db, this.#mailboxId)
    if (!connection || !first || this.#deps.isSparing()) {
      this.disconnect()
      return false
    }
    const since = this.#deps.clock.now()
    try {
      const opened = await connection.open(first.path)
      // What came since it was looked at is not told of: only what comes from now on is.
      if (opened.uidNext > (first.nextUid ?? 0)) return true
      if (await connection.waitForNews(this.#wake.signal)) return true
    } catch {
      // It broke off while nothing was asked: the next look makes another. A server that ends each at once is not asked without end.
      this.disconnect()
      if (this.#deps.clock.now() - since < minute) await this.#sleep(minute)
      return true
    }
    this.disconnect()
    return false
  }

  /** Answers after so many ms, or when it is woken. */
  #sleep(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const stop = this.#deps.clock.setTimer(Math.max(ms, 0), resolve)
    const { signal } = this.#wake
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
    return promise.finally(stop)
  }
}
