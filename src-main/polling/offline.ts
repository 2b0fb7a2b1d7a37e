/**
 * Tells a dead server from a dead network. Failures that may be ours are held back until another host answers (then they
 * were the server's) or until it is clear that nobody does (then they are nobody's, and one state says 'offline').
 */
import type { Failure } from '../api/model.ts'
import { minute } from '../lib/time.ts'

/** An answer this fresh proves that the network works. */
const proofTime = minute
const silentHostsWhenOffline = 3

export type NetworkWatch<Outcome> = {
  /** What may be recorded now: possibly this outcome, possibly earlier ones that were held back. */
  judge(outcome: Outcome, host: string, failure: Failure | null, now: number): Outcome[]
  /** Nothing is under way any more: decides what is held back. `followedHosts` counts all hosts there are. */
  decide(
    followedHosts: () => number,
  ): { verdict: 'offline'; dropped: Outcome[] } | { verdict: 'online'; guilty: Outcome[] }
  isOffline(): boolean
  /** Tries again as if nothing were known, because the user asks or the machine woke. */
  reset(): void
}

export function createNetworkWatch<Outcome>(): NetworkWatch<Outcome> {
  let isOffline = false
  let lastAnswerAt = -Infinity
  let held: Outcome[] = []
  const silent = new Set<string>()
  /** The computer says itself that it is on no network: one such word is enough. */
  let isKnown = false

  return {
    judge(outcome, host, failure, now) {
      if (!failure || !mayBeOurs(failure)) {
        // Failures like a bad certificate come from portals, too: they prove nothing either way.
        if (failure && !isAnswer(failure)) return [outcome]
        lastAnswerAt = now
        isOffline = false
        silent.clear()
        isKnown = false
        const judged = [...held, outcome]
        held = []
        return judged
      }
      isKnown = failure.reason === 'offline'
      const isProven = !isKnown && now >= lastAnswerAt && now - lastAnswerAt < proofTime
      if (isProven) return [outcome]
      silent.add(host)
      held.push(outcome)
      return []
    },

    decide(followedHosts) {
      const outcomes = held
      held = []
      if (outcomes.length === 0 && !isOffline) return { verdict: 'online', guilty: [] }
      if (!isOffline && !isKnown && silent.size < Math.max(2, Math.min(silentHostsWhenOffline, followedHosts()))) {
        silent.clear()
        return { verdict: 'online', guilty: outcomes }
      }
      isOffline = true
      return { verdict: 'offline', dropped: outcomes }
    },

    isOffline: () => isOffline,
    reset() {
      isOffline = false
      isKnown = false
      silent.clear()
    },
  }
}

/** No server spoke. */
function mayBeOurs({ reason }: Failure): boolean {
  return ['dns', 'refused', 'unreachable', 'offline', 'timeout'].includes(reason)
}

function isAnswer({ reason }: Failure): boolean {
  return !['tls', 'private-address', 'bad-address', 'bad-answer'].includes(reason)
}
