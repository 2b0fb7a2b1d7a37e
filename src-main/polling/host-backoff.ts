/**
 * How long a host that answered 429 or 503 is left alone (E8, E9): in the database for the next start, and in memory for a
 * disk that is full. Times in ms.
 */
import { minute } from '../lib/time.ts'
import type { WriteDb } from '../store/db/open.ts'
import { clearHostBackoff, type HostBackoff, hostBackoffs, saveHostBackoff } from '../store/feeds/poll-state.ts'
import { longestPlausibleWait } from './clock-trust.ts'

export class HostBackoffs {
  readonly #db: WriteDb
  readonly #known: Map<string, HostBackoff>

  constructor(db: WriteDb) {
    this.#db = db
    this.#known = new Map(hostBackoffs(db).map(backoff => [backoff.host, backoff]))
  }

  /** Until when the host is left alone, or null. */
  readonly until = (host: string, now: number): number | null => {
    const until = this.#known.get(host)?.until ?? 0
    return until > now && until < now + longestPlausibleWait ? until : null
  }

  /** How often in a row the host has refused. */
  readonly refusalsOf = (host: string): number => this.#known.get(host)?.refusals ?? 0

  start({ host, until }: { host: string; until: number }): void {
    const before = this.#known.get(host)
    // Requests that ran at the same time are refused together, and count once.
    const isSame = before !== undefined && Math.abs(before.until - until) < minute
    const backoff = { host, until, refusals: (before?.refusals ?? 0) + (isSame ? 0 : 1) }
    this.#known.set(host, backoff)
    saveHostBackoff(this.#db, backoff)
  }

  /** The host has answered; that ends a backoff whose time is over. */
  answered(host: string, now: number): void {
    if (!this.#known.has(host) || this.until(host, now) !== null) return
    this.#known.delete(host)
    clearHostBackoff(this.#db, host)
  }
}
