/**
 * Tells a dead server from a dead network, and a site that has gone wrong from a network that wants one to sign in. A failure
 * that may be the network's stays pending until another host answers (then it was the server's) or until nobody has, or several
 * have led to the same page (then no feed is blamed, and one state says so).
 */
import type { Failure, Network } from '../../api/model.ts'
import { isSilence } from '../../http/network.ts'
import { hour, minute } from '../../lib/time.ts'
import { type Doubt, siteOf } from './sign-in-page.ts'

/** `isWaitedFor`: by the user, who is told at the end of this run, whatever is known by then. */
export type Judged = { url: string; host: string; failure: Failure | null; doubt: Doubt | null; isWaitedFor: boolean }
type Pending<Poll> = { poll: Poll; isHeld: boolean }

/** An answer this fresh (ms) proves that the network works. */
const proofTime = minute
/** A feed this fresh, that it lets us through: longer than what is due is spread over once it does. */
const feedProofTime = 6 * minute
/** Each feed is asked hourly: if none has come by then, there is no other to compare with. */
const longestDoubt = hour
const hostsForAState = 3
/** So many that led to the same page are believed while others are still being asked: hundreds more need not be. */
const hostsForAHurry = 10

export class NetworkWatch<Poll> {
  #state: Network = 'online'
  /** The computer itself says that it is on no network: one such failure is enough. */
  #isCertain = false
  #lastAnswerAt = -Infinity
  #lastFeedAt = -Infinity
  #pending: Pending<Poll>[] = []
  readonly #silentHosts = new Set<string>()
  /** The sites whose answers had a mark of a portal, since the last answer that was plainly a server's own. */
  readonly #sitesByMark = new Map<string, Set<string>>()
  /** Ms, of the first answer in doubt since then. */
  #doubtedSince: number | null = null

  readonly state = (): Network => this.#state

  /** A server has answered within the last minute. */
  hasProof(now: number): boolean {
    return isWithin(proofTime, this.#lastAnswerAt, now)
  }

  /** Takes in what a poll came to, and answers which may be recorded now: this one, and with it those that were pending. */
  judge(poll: Poll, judged: Judged, now: number): Poll[] {
    const { host, failure, doubt } = judged
    if (failure?.reason === 'sign-in') {
      this.#enter('sign-in')
      return this.#hold(poll)
    }
    if (failure && isSilence(failure)) {
      this.#isCertain = failure.reason === 'offline'
      if (this.hasProof(now) && !this.#isCertain) return [poll]
      this.#silentHosts.add(host)
      return this.#hold(poll)
    }
    if (doubt && this.#isInDoubt(doubt, now)) {
      this.#noteDoubt(judged.url, doubt, now)
      return this.#hold(poll, doubt.isSudden && !judged.isWaitedFor)
    }
    // A captive portal causes failures like a bad certificate, too: they prove nothing either way.
    if (failure && !isAnswer(failure)) return [poll]
    this.#lastAnswerAt = now
    if (!failure) this.#lastFeedAt = now
    this.reset()
    this.#forgetDoubts()
    return [...this.#takePending(), poll]
  }

  /** Nothing is running any more: decides for what is pending. `followedUrls`: the addresses of all feeds there are. */
  conclude(followedUrls: () => string[], now: number): { state: Network; pending: Poll[] } {
    if (this.#pending.length === 0) return { state: this.#state, pending: [] }
    const urls = followedUrls()
    const sites = new Set(urls.map(siteOf))
    if (this.#isCertain) this.#enter('offline')
    else if (this.#isPortal(enough(sites))) this.#enter('sign-in')
    else if (this.#state === 'online') {
      if (this.#silentHosts.size >= enough(new Set(urls.map(url => URL.parse(url)?.host)))) this.#enter('offline')
      else this.#silentHosts.clear()
    }
    // There is nothing to compare a feed on its own with.
    const mayHold = this.#state === 'online' && sites.size > 1 && this.#isDoubtFresh(now)
    return { state: this.#state, pending: this.#takePending(({ isHeld }) => !(isHeld && mayHold)) }
  }

  /** Starts anew, because the user asks. */
  reset(): void {
    this.#state = 'online'
    this.#isCertain = false
    this.#silentHosts.clear()
  }

  /** The computer was asleep: it may be on another network. Answers what is pending, of which nothing is known any more. */
  forget(): Poll[] {
    this.reset()
    this.#forgetDoubts()
    this.#forgetProofs()
    return this.#takePending()
  }

  /** Takes out pending polls that are to be asked anew. */
  withdraw(isWanted: (poll: Poll) => boolean): Poll[] {
    return this.#takePending(({ poll }) => isWanted(poll))
  }

  /** Those whose last answer was a failure are only in doubt beside others, and are blamed else as they were before. */
  #isInDoubt({ isSudden }: Doubt, now: number): boolean {
    if (isWithin(feedProofTime, this.#lastFeedAt, now)) return false
    if (this.#state === 'sign-in') return true
    return (isSudden || this.#doubtedSince !== null) && this.#isDoubtFresh(now)
  }

  #isDoubtFresh(now: number): boolean {
    return this.#doubtedSince === null || isWithin(longestDoubt, this.#doubtedSince, now)
  }

  #noteDoubt(url: string, { marks }: Doubt, now: number): void {
    // Somebody has answered, if only the network itself.
    this.#isCertain = false
    this.#doubtedSince ??= now
    for (const mark of marks) {
      const sites = this.#sitesByMark.get(mark) ?? new Set()
      this.#sitesByMark.set(mark, sites.add(siteOf(url)))
    }
    if (this.#isPortal(hostsForAHurry)) this.#enter('sign-in')
  }

  #isPortal(enoughSites: number): boolean {
    return [...this.#sitesByMark.values()].some(sites => sites.size >= enoughSites)
  }

  /** What was answered before proves nothing any more. */
  #enter(state: Network): void {
    this.#state = state
    this.#forgetProofs()
  }

  #forgetProofs(): void {
    this.#lastAnswerAt = -Infinity
    this.#lastFeedAt = -Infinity
  }

  #forgetDoubts(): void {
    this.#sitesByMark.clear()
    this.#doubtedSince = null
  }

  #hold(poll: Poll, isHeld = false): Poll[] {
    this.#pending.push({ poll, isHeld })
    return []
  }

  #takePending(isTaken: (pending: Pending<Poll>) => boolean = () => true): Poll[] {
    const taken = this.#pending.filter(isTaken)
    this.#pending = this.#pending.filter(one => !taken.includes(one))
    return taken.map(one => one.poll)
  }
}

/** How many different hosts speak for the network, of these. */
function enough(hosts: Set<unknown>): number {
  return Math.max(2, Math.min(hostsForAState, hosts.size))
}

function isWithin(ms: number, at: number, now: number): boolean {
  return now >= at && now - at < ms
}

function isAnswer({ reason }: Failure): boolean {
  return !['tls', 'private-address', 'bad-address', 'bad-answer'].includes(reason)
}
