/** The queue of polls: limits how many run at once, per host and in all, spaces the starts on a host, and is fair to hosts. */
import { hostPort, isOwnNetwork } from '../http/private-address.ts'
import { minute, second } from '../lib/time.ts'
import type { PollFeed } from '../store/feeds/poll-state.ts'

/** One poll of one feed: it waits, runs, and ends (poll-runner.ts). */
export type Poll = {
  readonly feed: PollFeed
  /** Of the feed's address, with the port where it is not the usual one. */
  readonly host: string
  /** The user asked for it; else it is due. */
  readonly isByUser: boolean
  /** In ms. Polls after a start and after sleep are spread. */
  readonly notBefore: number
  /** The user refreshes a feed on their own machine or network: only the total is limited. */
  readonly isOnOwnNetwork: boolean
  /** Cancels the request. */
  readonly cancelling: AbortController
}

export const atOnce = 16
const atOncePerHost = 2
const spacing = second
/** These want a longer pause, and one request at a time. */
const slowHosts = ['reddit.com']
const slowSpacing = minute

export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? ''
}

/** All polls that have not ended: they wait, run, or wait for the network watch to judge what came of them (offline.ts). */
export class PollQueue {
  readonly #polls = new Map<number, Poll>()
  readonly #hosts = new Map<string, Host>()
  readonly #running = new Set<Poll>()

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
    return [...this.#hosts.values()].some(host => host.waiting.length > 0)
  }

  /** A poll of the same feed that is running stays; one that waits is replaced. */
  add(feed: PollFeed, isByUser: boolean, notBefore: number): void {
    const known = this.#polls.get(feed.id)
    if (known && this.#running.has(known)) return
    if (known) this.#hosts.get(known.host)?.remove(poll => poll === known)
    const url = URL.parse(feed.url)
    const isOnOwnNetwork = isByUser && url !== null && feed.privateHost === hostPort(url) && isOwnNetwork(url)
    const poll = { feed, host: url?.host ?? '', isByUser, notBefore, isOnOwnNetwork, cancelling: new AbortController() }
    this.#polls.set(feed.id, poll)
    const host = this.#hosts.get(poll.host) ?? new Host(poll.host)
    this.#hosts.set(poll.host, host)
    host.waiting.push(poll)
  }

  /** The next poll that may start, which is running then; null where none may. */
  take(now: number): Poll | null {
    if (this.#running.size >= atOnce) return null
    for (const [name, host] of this.#hosts) {
      const poll = host.take(now)
      if (!poll) continue
      this.#running.add(poll)
      // To the end, so that a host with many feeds does not keep the others waiting.
      this.#hosts.delete(name)
      this.#hosts.set(name, host)
      return poll
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
    const removed = [...this.#hosts.values()].flatMap(host => host.remove(isUnwanted))
    for (const poll of removed) this.end(poll)
    return removed
  }

  /** When a waiting poll may start (ms) if no other ends before; Infinity where none may. */
  nextStartAt(now: number): number {
    let next = Infinity
    if (this.#running.size >= atOnce) return next
    for (const host of this.#hosts.values()) {
      for (const poll of host.waiting) next = Math.min(next, host.startAt(poll, now))
    }
    return next
  }
}

class Host {
  waiting: Poll[] = []
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

  take(now: number): Poll | undefined {
    const index = this.waiting.findIndex(poll => this.startAt(poll, now) <= now)
    if (index < 0) return undefined
    this.running++
    this.#lastStartAt = now
    return this.waiting.splice(index, 1)[0]
  }

  remove(isUnwanted: (poll: Poll) => boolean): Poll[] {
    const removed = this.waiting.filter(isUnwanted)
    if (removed.length > 0) this.waiting = this.waiting.filter(poll => !isUnwanted(poll))
    return removed
  }
}
