/**
 * Tells a dead server from a dead network. A failure that may be the network's stays pending until another host answers (then
 * it was the server's) or until nobody has (then no feed is blamed, and one state says 'offline').
 */
import type { Failure } from '../api/model.ts'
import { isSilence } from '../http/network.ts'
import { minute } from '../lib/time.ts'

/** An answer this fresh (ms) proves that the network works. */
const proofTime = minute
const silentHostsWhenOffline = 3

export class NetworkWatch<Poll> {
  #isOffline = false
  /** The computer itself says that it is on no network: one such failure is enough. */
  #isCertain = false
  #lastAnswerAt = -Infinity
  #pending: Poll[] = []
  readonly #silentHosts = new Set<string>()

  readonly isOffline = (): boolean => this.#isOffline

  /** A server has answered within the last minute. */
  hasProof(now: number): boolean {
    return now >= this.#lastAnswerAt && now - this.#lastAnswerAt < proofTime
  }

  /** Takes in what a poll came to, and answers which may be recorded now: this one, and with it those that were pending. */
  judge(poll: Poll, host: string, failure: Failure | null, now: number): Poll[] {
    if (failure && isSilence(failure)) {
      this.#isCertain = failure.reason === 'offline'
      if (this.hasProof(now) && !this.#isCertain) return [poll]
      this.#silentHosts.add(host)
      this.#pending.push(poll)
      return []
    }
    // A captive portal causes failures like a bad certificate, too: they prove nothing either way.
    if (failure && !isAnswer(failure)) return [poll]
    this.#lastAnswerAt = now
    this.reset()
    return [...this.#takePending(), poll]
  }

  /** Nothing is running any more: decides for what is pending. `followedHosts` counts all hosts there are. */
  conclude(followedHosts: () => number): { isOffline: boolean; pending: Poll[] } {
    if (this.#pending.length > 0 && !this.#isOffline) {
      this.#isOffline =
        this.#isCertain || this.#silentHosts.size >= Math.max(2, Math.min(silentHostsWhenOffline, followedHosts()))
      if (!this.#isOffline) this.#silentHosts.clear()
      // What was answered before proves nothing any more.
      else this.#lastAnswerAt = -Infinity
    }
    return { isOffline: this.#isOffline, pending: this.#takePending() }
  }

  /** Starts anew, because the user asks or the computer was asleep. */
  reset(): void {
    this.#isOffline = false
    this.#isCertain = false
    this.#silentHosts.clear()
  }

  #takePending(): Poll[] {
    const pending = this.#pending
    this.#pending = []
    return pending
  }
}

function isAnswer({ reason }: Failure): boolean {
  return !['tls', 'private-address', 'bad-address', 'bad-answer'].includes(reason)
}
