/** Asks each feed's server when its time has come: few at once, spread, and quiet while the network is away. */
import type { Failure, HeldBack, RefreshProgress, RefreshSummary } from '../api/model.ts'
import type { Clock } from '../lib/clock.ts'
import { diskFault, storageCode } from '../lib/disk-fault.ts'
import { attempt } from '../lib/log.ts'
import { minute, second } from '../lib/time.ts'
import type { WriteDb } from '../store/db/open.ts'
import {
  dueFeeds,
  followedUrls,
  nextDueAt,
  type PollFeed,
  pollFeeds,
  postponeFeeds,
} from '../store/feeds/poll-state.ts'
import { correctDates, createHolds } from './host-backoff.ts'
import { createHostQueues, createJob, hostOf, type Job } from './host-queues.ts'
import { type RefreshRequest, sortAsked } from './may-ask.ts'
import { createNetworkWatch } from './offline.ts'
import { createRecorder } from './poll-recorder.ts'
import type { Refreshed } from './refresh-feed.ts'
import { createRun } from './refresh-run.ts'
import { waited } from './schedule.ts'

export type PollerDeps = {
  db: WriteDb
  clock: Clock
  /** 0 to 1. */
  random(): number
  /** Never rejects for what a server does. `refusalsOf` says how often in a row a host has refused. */
  refresh(feed: PollFeed, signal: AbortSignal, refusalsOf: (host: string) => number): Promise<Refreshed>
  onRefreshed(feed: PollFeed, refreshed: Refreshed): void
  /** A feed's failure, title, address or pause may have changed. */
  onFeedChanged(feedId: number): void
  /** What came could not be stored; SQLite's or the system's code. */
  onDiskFailed?(code: string): void
  onProgress(progress: RefreshProgress): void
  onFinished(summary: RefreshSummary): void
  log(line: string): void
}

export type Poller = {
  /** Begins to poll what is due; without this only what is asked for is refreshed. */
  start(): void
  refresh(request: RefreshRequest): { total: number } & HeldBack
  cancel(): void
  /** The schedule changed: looks again who is due. */
  wake(): void
  /** Nothing under way or about to start. */
  isIdle(): boolean
  /** Servers are being asked at this moment. */
  isBusy(): boolean
  isOffline(): boolean
  close(): Promise<void>
}

const spread = 5 * minute
/** A timer that comes this much too late means that the machine slept. */
const sleepGap = 5 * minute
const shortestTimer = second
/** Not longer, so that a sleep or a clock that was set is noticed soon. */
const longestTimer = minute
const offlineProbe = 30_000
const progressEvery = 100
const queueLength = 2_000
/** After a mistake of ours a feed is left alone for a while; where the disk failed, all are: nothing could be kept. */
const afterMistake = 5 * minute

export function createPoller(deps: PollerDeps): Poller {
  const { db, clock, random } = deps
  const queues = createHostQueues()
  const network = createNetworkWatch<{ job: Job; refreshed: Refreshed }>()
  const holds = createHolds(db)
  const recorder = createRecorder(db, clock, deps.log)
  const run = createRun()
  const queued = new Map<number, Job>()
  const underWay = new Map<Job, AbortController>()
  let isStarted = false
  let isClosed = false
  let lastWakeAt = clock.now()
  let lastProgressAt = 0
  let probedAt = -Infinity
  /** When the disk last failed us; nothing is asked for in vain for a while after. */
  let diskFailedAt = -Infinity
  let stopTimer: (() => void) | null = null

  /** Notices sleep and set clocks, and queues who is due. */
  function wake(): void {
    if (isClosed) return
    const now = clock.now()
    const gap = now - lastWakeAt
    lastWakeAt = now
    if (gap > sleepGap) network.reset()
    onDisk(() => {
      if (gap < -second) {
        correctDates(db, now, random)
        requeue(now)
      } else if (isStarted) queueDue(now, feed => (gap > sleepGap ? spreadFrom(feed, now) : now))
    })
    pump()
  }

  /** What the schedule needs of the disk: without it the next look comes a minute later, and that is all. */
  function onDisk(act: () => void): void {
    attempt(deps.log, 'keeping the schedule', act)
  }

  /** A feed that was never asked has a user waiting for it; the others come over the next minutes. */
  function spreadFrom(feed: PollFeed, now: number): number {
    return feed.lastCheckedAt === null ? now : now + random() * spread
  }

  function queueDue(now: number, notBefore: (feed: PollFeed) => number): void {
    const postponed: { feedId: number; until: number }[] = []
    for (const feed of dueFeeds(db, now, queueLength)) {
      if (queued.has(feed.id) || recorder.isPending(feed.id)) continue
      const heldUntil = holds.heldUntil(hostOf(feed.url), now)
      if (heldUntil) postponed.push({ feedId: feed.id, until: waited(heldUntil, random) })
      else enqueue(feed, false, notBefore(feed))
    }
    if (postponed.length > 0) onDisk(() => postponeFeeds(db, postponed))
  }

  function enqueue(feed: PollFeed, isAsked: boolean, notBefore: number): void {
    const job = createJob(feed, isAsked, notBefore)
    queued.set(feed.id, job)
    queues.add(job)
  }

  /** What waits is looked at again: feeds may be paused, gone or elsewhere by now, or the clock may have been set. */
  function requeue(now: number): void {
    const removed = queues.remove(() => true)
    for (const job of removed) queued.delete(job.feed.id)
    const asked = removed.filter(job => job.isAsked)
    const followed = new Set(
      pollFeeds(
        db,
        asked.map(job => job.feed.id),
      ).map(feed => feed.id),
    )
    for (const job of asked) {
      if (followed.has(job.feed.id)) enqueue(job.feed, true, now)
      else run.drop(job.feed.id)
    }
    finishRunIfDone()
    const before = new Map(removed.map(job => [job.feed.id, Math.min(job.notBefore, now + spread)]))
    if (isStarted) queueDue(now, feed => before.get(feed.id) ?? now)
  }

  /** Starts what may start, and sets the one timer for the next time. */
  function pump(): void {
    if (isClosed) return
    const now = clock.now()
    if (isDiskResting(now)) {
      setTimer(now)
      return
    }
    if (network.isOffline()) probe(now)
    else for (let job = queues.take(now); job; job = queues.take(now)) void poll(job)
    if (underWay.size === 0 && !isMoreSoon(now)) onDisk(decideNetwork)
    setTimer(now)
  }

  function isDiskResting(now: number): boolean {
    return now >= diskFailedAt && now - diskFailedAt < afterMistake
  }

  /** While nobody answers, one feed at a time finds out whether somebody does again. */
  function probe(now: number): void {
    if (underWay.size > 0 || (now >= probedAt && now - probedAt < offlineProbe)) return
    const job = queues.take(now)
    if (!job) return
    probedAt = now
    void poll(job)
  }

  function isMoreSoon(now: number): boolean {
    const startAt = queues.nextStartAt(now)
    return !network.isOffline() && startAt !== null && startAt <= now + 2 * shortestTimer
  }

  function setTimer(now: number): void {
    stopTimer?.()
    const startAt = isDiskResting(now) ? diskFailedAt + afterMistake : (queues.nextStartAt(now) ?? Infinity)
    const isBusy = !isStarted || underWay.size + queues.waiting() > 0
    let dueAt = Infinity
    if (!isBusy) {
      onDisk(() => {
        dueAt = nextDueAt(db) ?? Infinity
      })
    }
    // What is due already is being recorded; and completed polls must not push the next look away for ever.
    const wantedAt = Math.min(startAt, dueAt <= now ? Infinity : dueAt, lastWakeAt + longestTimer)
    const delay = network.isOffline() ? offlineProbe : Math.min(Math.max(wantedAt - now, shortestTimer), longestTimer)
    stopTimer = clock.setTimer(delay, wake)
  }

  async function poll(job: Job): Promise<void> {
    const giveUp = new AbortController()
    underWay.set(job, giveUp)
    let refreshed: Refreshed | null = null
    let mistake: unknown = null
    try {
      refreshed = await deps.refresh(job.feed, giveUp.signal, holds.refusalsOf)
    } catch (error) {
      mistake = error
      deps.log(error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
    underWay.delete(job)
    queues.release(job)
    if (isClosed) return
    onDisk(() => {
      if (refreshed?.record) judge(job, refreshed)
      else if (refreshed) giveUpOn(job)
      else abandon(job, mistake)
      finishRunIfDone()
    })
    pump()
  }

  /** The user has cancelled it. */
  function giveUpOn(job: Job): void {
    forget(job)
    run.drop(job.feed.id)
  }

  /** Stopped by a mistake of ours, which is in the log, or by the disk: then what waits would only be asked in vain. */
  function abandon(job: Job, mistake: unknown): void {
    const diskCode = storageCode(mistake)
    const failure: Failure = { reason: 'not-stored', fault: diskFault(mistake), detail: diskCode }
    const inVain = diskCode === '' ? [] : queues.remove(other => run.has(other.feed.id))
    if (diskCode !== '') {
      diskFailedAt = clock.now()
      deps.onDiskFailed?.(diskCode)
    }
    for (const one of [job, ...inVain]) {
      forget(one)
      run.finish(one.feed, { failure, newArticles: 0, isUpdated: false })
    }
    recorder.postpone(job.feed.id, clock.now() + afterMistake)
  }

  /** Unless the user has asked for it anew meanwhile. */
  function forget(job: Job): void {
    if (queued.get(job.feed.id) === job) queued.delete(job.feed.id)
  }

  function judge(job: Job, refreshed: Refreshed): void {
    const { host } = job
    const failure = refreshed.record?.failure ?? null
    const { hold } = refreshed
    if (hold) stayAway(hold, failure)
    else if (!failure) onDisk(() => holds.release(host, clock.now()))
    const wasOffline = network.isOffline()
    const judged = network.judge({ job, refreshed }, host, failure, clock.now())
    for (const one of judged) settle(one.job, one.refreshed)
    if (wasOffline && !network.isOffline()) wake()
  }

  /** What waits for a host that asked us to stay away waits until then. */
  function stayAway(hold: { host: string; until: number }, failure: Failure | null): void {
    onDisk(() => holds.hold(hold))
    const waiting = queues.remove(job => job.host === hold.host)
    for (const job of waiting) {
      forget(job)
      run.finish(job.feed, { failure, newArticles: 0, isUpdated: false })
    }
    const postponed = waiting.map(({ feed }) => ({ feedId: feed.id, until: waited(hold.until, random) }))
    if (postponed.length > 0) onDisk(() => postponeFeeds(db, postponed))
  }

  function settle(job: Job, refreshed: Refreshed): void {
    const { record, newIds, editedIds } = refreshed
    forget(job)
    if (!record) return
    const isNews = refreshed.isRead || record.failure !== null || job.feed.failure !== null || record.adopt !== null
    recorder.add(record, () => {
      if (isNews) deps.onFeedChanged(job.feed.id)
      deps.onRefreshed(job.feed, refreshed)
    })
    const isUpdated = newIds.length + editedIds.length > 0
    if (run.finish(job.feed, { failure: record.failure, newArticles: newIds.length, isUpdated })) announce(false)
  }

  /** Nobody answered: says so once, and leaves the feeds as they were. */
  function decideNetwork(): void {
    const decided = network.decide(() => new Set(followedUrls(db).map(hostOf)).size)
    if (decided.verdict === 'online') {
      for (const one of decided.guilty) settle(one.job, one.refreshed)
    } else {
      for (const { job } of decided.dropped) goWithout(job)
      for (const job of queues.remove(job => run.has(job.feed.id))) goWithout(job)
    }
    finishRunIfDone()
  }

  function goWithout(job: Job): void {
    forget(job)
    run.finish(job.feed, { failure: { reason: 'offline' }, newArticles: 0, isUpdated: false })
  }

  function announce(isUrgent: boolean): void {
    const now = clock.now()
    if (!isUrgent && now >= lastProgressAt && now - lastProgressAt < progressEvery) return
    lastProgressAt = now
    deps.onProgress(run.progress())
  }

  function finishRunIfDone(): void {
    if (!run.isRunning() || run.left() > 0) return
    recorder.flush()
    const summary = run.end()
    announce(true)
    if (summary) deps.onFinished(summary)
  }

  return {
    start() {
      isStarted = true
      lastWakeAt = clock.now()
      onDisk(() => correctDates(db, lastWakeAt, random))
      onDisk(() => queueDue(lastWakeAt, feed => spreadFrom(feed, lastWakeAt)))
      pump()
    },

    refresh(request) {
      recorder.flush()
      network.reset()
      // Whoever asks may have made room.
      diskFailedAt = -Infinity
      const now = clock.now()
      const feeds = pollFeeds(db, request.feedIds)
      const { allowed, held } = sortAsked(feeds, request, { now, heldUntil: holds.heldUntil, isUnderWay: run.has })
      for (const feed of allowed) {
        const waiting = queued.get(feed.id)
        if (waiting && [...underWay.keys()].includes(waiting)) continue
        if (waiting) queues.remove(job => job === waiting)
        enqueue(feed, true, now)
      }
      if (allowed.length > 0) {
        run.add(allowed)
        announce(true)
        pump()
      }
      return { total: allowed.length, ...held }
    },

    cancel() {
      if (!run.isRunning()) return
      run.cancel()
      for (const { feed } of queues.remove(job => run.has(job.feed.id))) {
        queued.delete(feed.id)
        run.drop(feed.id)
      }
      for (const [job, giveUp] of underWay) if (run.has(job.feed.id)) giveUp.abort()
      finishRunIfDone()
    },

    wake() {
      if (isClosed) return
      onDisk(() => requeue(clock.now()))
      pump()
    },
    isIdle: () => underWay.size === 0 && queues.waiting() === 0 && !run.isRunning(),
    isBusy: () => underWay.size > 0,
    isOffline: network.isOffline,

    async close() {
      isClosed = true
      stopTimer?.()
      for (const giveUp of underWay.values()) giveUp.abort()
      recorder.close()
    },
  }
}
