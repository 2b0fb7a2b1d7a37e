/** The queue of polls: limits how many run at once, per host and in all, spaces the starts on a host, and is fair to hosts. */
import { hostPort, isOwnNetwork } from '../http/private-address.ts'
import { minute, second } from '../lib/time.ts'
import type { PollFeed } from '../store/feeds/poll-state.ts'

/** What is asked for first: a feed that the user refreshes by itself, then those refreshed with others, then what is due. */
const byUrgency = ['alone', 'together', 'when-due'] as const
export type Wanted = (typeof byUrgency)[number]

/** One poll of one feed: it waits, runs, and ends (poll-runner.ts). */
export type Poll = {
  readonly feed: PollFeed
  /** Of the feed's address, with the port where it is not the usual one. */
  readonly host: string
  readonly wanted: Wanted
  /** In ms. Polls after a start and after sleep are spread. */
  readonly notBefore: number
  /** The user refreshes a feed on their own machine or network: only the total is limited. */
  readonly isOnOwnNetwork: boolean
  /** Cancels the request. */
  readonly cancelling: AbortController
}

/** Hosts don't mind each other. At a latency of 150 ms sixteen took 15 s for a thousand feeds that have nothing new. */
export const atOnce = 48
/** Of these, kept for feeds that the user refreshes alone: servers that are dead hold the others for ten seconds. */
const keptForAlone = 2
const atOncePerHost = 2
const spacing = second
/** These want a longer pause, and one request at a time. */
const slowHosts = ['reddit.com']
const slowSpacing = minute

export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? ''
}

/** All polls that have not ended: they wait, run, or wait for the network watch to judge what came of them (network-watch.ts). */
export class PollQueue {
  readonly #polls = new Map<number, Poll>()
  readonly #hosts = new Map<string, Host>()
  readonly #running = new Set<Poll>()
  /** How many wait, of all hosts. */
  readonly #waiting: Record<Wanted, number> = { alone: 0, together: 0, 'when-due': 0 }

  has(feedId: number): boolean {
    return this.#polls.has(feedId)
  }

  isRunning(): boolean {
    return this.#running.size > 0
  }

  running(): Poll[] {
    return [...this.#running]
  }

  hasWaiting(): boolean {
    return byUrgency.some(wanted => this.#waiting[wanted] > 0)
  }

  /** A poll of the same feed that is running stays; one that waits is replaced. */
  add(feed: PollFeed, wanted: Wanted, notBefore: number): void {
    const known = this.#polls.get(feed.id)
    if (known && this.#running.has(known)) return
    if (known) this.#removeFrom(this.#hosts.get(known.host), poll => poll === known)
    const url = URL.parse(feed.url)
    const isByUser = wanted !== 'when-due'
    const isOnOwnNetwork = isByUser && url !== null && feed.privateHost === hostPort(url) && isOwnNetwork(url)
    const cancelling = new AbortController()
    const poll = { feed, host: url?.host ?? '', wanted, notBefore, isOnOwnNetwork, cancelling }
    this.#polls.set(feed.id, poll)
    const host = this.#hosts.get(poll.host) ?? new Host(poll.host)
    this.#hosts.set(poll.host, host)
    host.waiting[wanted].push(poll)
    this.#waiting[wanted]++
  }

  /** The user waits for this feed alone, which may be waiting already. */
  hurry(feedId: number): void {
    const known = this.#polls.get(feedId)
    if (!known) return
    const isWaiting = this.#removeFrom(this.#hosts.get(known.host), poll => poll === known).length === 1
    if (isWaiting) this.add(known.feed, 'alone', known.notBefore)
  }

  /** The next poll that may start, which is running then; null where none may. */
  take(now: number): Poll | null {
    for (const wanted of byUrgency) {
      if (!this.#mayTake(wanted)) continue
      for (const [name, host] of this.#hosts) {
        const poll = host.take(wanted, now)
        if (!poll) continue
        this.#waiting[wanted]--
        this.#running.add(poll)
        // To the end, so that a host with many feeds does not keep the others waiting.
        this.#hosts.delete(name)
        this.#hosts.set(name, host)
        return poll
      }
    }
    return null
  }

  /** The poll's request has ended: its host may be asked again. */
  release(poll: Poll): void {
    this.#running.delete(poll)
    const host = this.#hosts.get(poll.host)
    if (host) host.running--
  }

  /** Unless the user has asked for the feed anew meanwhile. */
  end(poll: Poll): void {
    if (this.#polls.get(poll.feed.id) === poll) this.#polls.delete(poll.feed.id)
  }

  /** Takes out the waiting polls that match. */
  remove(isUnwanted: (poll: Poll) => boolean): Poll[] {
    const removed = [...this.#hosts.values()].flatMap(host => this.#removeFrom(host, isUnwanted))
    for (const poll of removed) this.end(poll)
    return removed
  }

  /** When a waiting poll may start (ms) if no other ends before; Infinity where none may. */
  nextStartAt(now: number): number {
    let next = Infinity
    for (const wanted of byUrgency.filter(one => this.#mayTake(one))) {
      for (const host of this.#hosts.values()) {
        for (const poll of host.waiting[wanted]) next = Math.min(next, host.startAt(poll, now))
      }
    }
    return next
  }

  #mayTake(wanted: Wanted): boolean {
    return this.#waiting[wanted] > 0 && this.#running.size < (wanted === 'alone' ? atOnce : atOnce - keptForAlone)
  }

  #removeFrom(host: Host | undefined, isUnwanted: (poll: Poll) => boolean): Poll[] {
    const removed = host?.remove(isUnwanted) ?? []
    for (const { wanted } of removed) this.#waiting[wanted]--
    return removed
  }
}

class Host {
  readonly waiting: Record<Wanted, Poll[]> = { alone: [], together: [], 'when-due': [] }
  running = 0
  #lastStartAt = -Infinity
  readonly #spacing: number
  readonly #atOnce: number

  constructor(name: string) {
    const withoutPort = name.replace(/:\d+$/, '')
    const isSlow = slowHosts.some(host => withoutPort === host || withoutPort.endsWith(`.${host}`))
    this.#spacing = isSlow ? slowSpacing : spacing
    this.#atOnce = isSlow ? 1 : atOncePerHost
  }

  /** When the poll may start; Infinity while too many of the host are running. */
  startAt(poll: Poll, now: number): number {
    if (poll.isOnOwnNetwork) return poll.notBefore
    if (this.running >= this.#atOnce) return Infinity
    // A start in the future was made before the clock was set back.
    const afterLast = this.#lastStartAt > now ? now : this.#lastStartAt + this.#spacing
    return Math.max(poll.notBefore, afterLast)
  }

  take(wanted: Wanted, now: number): Poll | undefined {
    const index = this.waiting[wanted].findIndex(poll => this.startAt(poll, now) <= now)
    if (index < 0) return undefined
    this.running++
    this.#lastStartAt = now
    return this.waiting[wanted].splice(index, 1)[0]
  }

  remove(isUnwanted: (poll: Poll) => boolean): Poll[] {
    return byUrgency.flatMap(wanted => {
      const removed = this.waiting[wanted].filter(isUnwanted)
      if (removed.length > 0) this.waiting[wanted] = this.waiting[wanted].filter(poll => !isUnwanted(poll))
      return removed
    })
  }
}
