/** Which waiting feed may be asked now: few at once per host, not too close to each other, all hosts in turn. */
import { hostPort, isOwnNetwork } from '../http/private-address.ts'
import { minute, second } from '../lib/time.ts'
import type { PollFeed } from '../store/feeds/poll-state.ts'

export type Job = {
  feed: PollFeed
  /** Of the feed's address. */
  host: string
  /** The user asked for it now; else its time has come. */
  isAsked: boolean
  /** Not before this time: polls after start and sleep are spread. */
  notBefore: number
  /** On the user's own machine or network, and asked for: that needs no manners, only an end. */
  isOwn: boolean
}

export function createJob(feed: PollFeed, isAsked: boolean, notBefore: number): Job {
  const url = URL.parse(feed.url)
  const isOwn = isAsked && url !== null && feed.privateHost === hostPort(url) && isOwnNetwork(url)
  return { feed, host: url?.host ?? '', isAsked, notBefore, isOwn }
}

export const atOnce = 16
const atOncePerHost = 2
const spacing = second
/** Hosts that are known to want more distance, with their own spacing. */
const wary = new Map([['reddit.com', minute]])

type Host = { waiting: Job[]; active: number; lastStartAt: number; spacing: number; atOnce: number }

export type HostQueues = {
  add(job: Job): void
  /** The next feed that may be asked now, which then counts as under way; null when none may. */
  take(now: number): Job | null
  /** The feed's request has ended. */
  release(job: Job): void
  /** Takes out what waits and matches. */
  remove(isUnwanted: (job: Job) => boolean): Job[]
  /** When something that waits may start, if nothing else happens; null when only an end can help. */
  nextStartAt(now: number): number | null
  waiting(): number
  active(): number
}

export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? ''
}

export function createHostQueues(): HostQueues {
  const hosts = new Map<string, Host>()
  let active = 0
  let waiting = 0

  function hostFor(key: string): Host {
    const known = hosts.get(key)
    if (known) return known
    const own = spacingOf(key)
    const made = {
      waiting: [],
      active: 0,
      lastStartAt: -Infinity,
      spacing: own ?? spacing,
      atOnce: own ? 1 : atOncePerHost,
    }
    hosts.set(key, made)
    return made
  }

  return {
    add(job) {
      hostFor(job.host).waiting.push(job)
      waiting++
    },

    take(now) {
      if (active >= atOnce || waiting === 0) return null
      for (const [key, host] of hosts) {
        const index = host.waiting.findIndex(
          job => startableAt(host, job, now) <= now && host.active < limitOf(host, job),
        )
        const job = host.waiting[index]
        if (!job) {
          // A host that is idle and was asked long ago needs no memory.
          if (host.waiting.length === 0 && host.active === 0 && now - host.lastStartAt > 2 * host.spacing)
            hosts.delete(key)
          continue
        }
        host.waiting.splice(index, 1)
        waiting--
        host.active++
        host.lastStartAt = now
        active++
        // To the end of the line, so that one host with many feeds does not keep the others waiting.
        hosts.delete(key)
        hosts.set(key, host)
        return job
      }
      return null
    },

    release(job) {
      const host = hosts.get(job.host)
      if (host) host.active--
      active--
    },

    remove(isUnwanted) {
      const removed: Job[] = []
      for (const host of hosts.values()) {
        const kept = host.waiting.filter(job => !isUnwanted(job))
        if (kept.length < host.waiting.length) removed.push(...host.waiting.filter(isUnwanted))
        waiting -= host.waiting.length - kept.length
        host.waiting = kept
      }
      return removed
    },

    nextStartAt(now) {
      if (active >= atOnce || waiting === 0) return null
      let next: number | null = null
      for (const host of hosts.values()) {
        for (const job of host.waiting) {
          if (host.active >= limitOf(host, job)) continue
          next = Math.min(next ?? Infinity, startableAt(host, job, now))
        }
      }
      return next
    },

    waiting: () => waiting,
    active: () => active,
  }
}

function limitOf(host: Host, job: Job): number {
  return job.isOwn ? atOnce : host.atOnce
}

function startableAt(host: Host, job: Job, now: number): number {
  if (job.isOwn) return job.notBefore
  // A start in the future was made before the clock was set back.
  const afterLast = host.lastStartAt > now ? now : host.lastStartAt + host.spacing
  return Math.max(job.notBefore, afterLast)
}

function spacingOf(host: string): number | undefined {
  const name = host.replace(/:\d+$/, '')
  for (const [suffix, ms] of wary) if (name === suffix || name.endsWith(`.${suffix}`)) return ms
  return undefined
}
