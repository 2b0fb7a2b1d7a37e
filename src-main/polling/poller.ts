/** Polls feeds when they are due, and refreshes those the user asks for. What becomes of one poll: poll-runner.ts. */
import type { HeldBack, Network, Power } from '../api/model.ts'
import { stretchOf } from '../api/polling-pace.ts'
import { attempt } from '../lib/log.ts'
import { minute, second } from '../lib/time.ts'
import { dueFeeds, nextDueAt, type PollFeed, pollFeeds } from '../store/feeds/poll-state.ts'
import { pollingPausedUntil } from '../store/polling-pause.ts'
import { readSettings } from '../store/settings.ts'
import { correctDates } from './clock-trust.ts'
import { NetworkWatch } from './network/network-watch.ts'
import { hostOf, type Poll, PollQueue } from './poll-queue.ts'
import { PollRecorder } from './poll-recorder.ts'
import { type PolledEvent, type PollParts, PollRunner } from './poll-runner.ts'
import { PollTimer } from './poll-timer.ts'
import { type RefreshRequest, sortRequested } from './refresh-request.ts'
import { RefreshSession, type SessionEvent } from './refresh-session.ts'
import { afterBackoff } from './schedule.ts'

/** 'network': nobody answers, or the network itself does, or servers do again. */
export type PollEvent = PolledEvent | SessionEvent | { kind: 'network'; network: Network }

export type PollerDeps = Pick<PollParts, 'db' | 'clock' | 'random' | 'backoffs' | 'refresh' | 'log'> & {
  emit(event: PollEvent): void
}

/** After a start, after sleep and when the network is back, what is overdue is spread over this (E17). */
const spread = 5 * minute
/** A tick that comes this much too late means that the computer slept. */
const sleepGap = 5 * minute
/** A computer that is told to be about to sleep and still runs after this time (ms) does not. */
const longestWord = 2 * minute
/** While nobody answers, or only the network itself, one feed is tried this often. */
const probeInterval = 30 * second
const queueLength = 2_000

export class Poller {
  readonly #parts: PollParts
  readonly #emit: PollerDeps['emit']
  readonly #runner: PollRunner
  readonly #timer: PollTimer
  readonly #closing = new AbortController()
  #isStarted = false
  /** By the user, when it was last looked which feeds are due. */
  #wasPaused = false
  #probedAt = -Infinity
  #power: Power = { isOnBattery: false, isMetered: false, isSuspended: false }
  /** As windows were told. A refresh finds out anew, and only then is it another. */
  #toldNetwork: Network = 'online'
  /** Ms; while the computer is suspended. */
  #suspendedAt = 0
  /** How many times as long intervals were then. */
  #lastStretch = 1

  constructor(deps: PollerDeps) {
    const { clock, emit } = deps
    this.#emit = emit
    const recorder = new PollRecorder(deps)
    this.#parts = {
      ...deps,
      queue: new PollQueue(),
      network: new NetworkWatch(),
      recorder,
      session: new RefreshSession({ clock, recorder, emit }),
      closing: this.#closing.signal,
    }
    this.#runner = new PollRunner(this.#parts)
    this.#timer = new PollTimer(clock, (now, passed) => this.#onTick(now, passed))
  }

  /** Begins to poll what is due; without this only what the user asks for is refreshed. */
  start(): void {
    this.#isStarted = true
    const { db, random } = this.#parts
    const now = this.#timer.restart()
    this.#onDisk(() => correctDates(db, now, random))
    this.#onDisk(() => this.#queueDue(now, feed => this.#spreadFrom(feed, now)))
    this.#pump()
  }

  /** Refreshes feeds ahead of those that are due; answers how many may be asked, and why the others may not. */
  refresh(request: RefreshRequest): { total: number } & HeldBack {
    const { db, clock, queue, network, backoffs, recorder, session } = this.#parts
    recorder.flush()
    network.reset()
    this.#runner.dropPending(request.feedIds)
    this.#runner.tryDiskAgain()
    const now = clock.now()
    const known = { now, backoffUntil: backoffs.until, isRefreshing: session.has }
    const { allowed, heldBack } = sortRequested(pollFeeds(db, request.feedIds), request, known)
    const [onlyId, ...others] = request.feedIds
    const isAlone = onlyId !== undefined && others.length === 0
    if (isAlone) queue.hurry(onlyId)
    for (const feed of allowed) queue.add(feed, isAlone ? 'alone' : 'together', now)
    session.add(allowed)
    this.#pump()
    return { total: allowed.length, ...heldBack }
  }

  /** Cancels the user's refresh: running polls are aborted, waiting ones stay due. */
  cancel(): void {
    const { queue, session } = this.#parts
    if (!session.isRunning()) return
    session.cancel()
    const isOfSession = ({ feed }: Poll) => session.has(feed.id)
    for (const poll of queue.remove(isOfSession)) this.#runner.end(poll, { kind: 'cancelled' })
    for (const poll of queue.running().filter(isOfSession)) poll.cancelling.abort()
  }

  /** Feeds were added, paused or moved: builds the queue anew. */
  scheduleChanged(): void {
    this.#onDisk(() => this.#requeue(this.#parts.clock.now()))
    this.#pump()
  }

  /**
   * The schedule is stretched by it, if the user's settings say so. A computer that is suspended asks nobody, and drops what is
   * under way, which would fail as if its server had: it stays due.
   */
  setPower(power: Power): void {
    const wasSuspended = this.#power.isSuspended
    this.#power = power
    if (power.isSuspended) {
      this.#suspendedAt = this.#parts.clock.now()
      for (const poll of this.#parts.queue.running()) poll.cancelling.abort()
    } else if (wasSuspended) this.#wake(this.#parts.clock.now())
    else this.scheduleChanged()
  }

  /** Nothing is running or about to start. */
  isIdle(): boolean {
    const { queue, session } = this.#parts
    return !queue.isRunning() && !queue.hasWaiting() && !session.isRunning()
  }

  /** Servers are being asked at this moment. */
  isBusy(): boolean {
    return this.#parts.queue.isRunning()
  }

  network(): Network {
    return this.#parts.network.state()
  }

  close(): void {
    this.#closing.abort()
    this.#timer.stop()
    for (const poll of this.#parts.queue.running()) poll.cancelling.abort()
    this.#parts.recorder.flush()
  }

  /** Queues the feeds that are due; notices sleep and a clock that was set. */
  #onTick(now: number, passed: number): void {
    const { db, random } = this.#parts
    const hasSlept = passed > sleepGap
    // It ticks, so that it is awake, whatever was told.
    if (this.#power.isSuspended && now - this.#suspendedAt > longestWord)
      this.#power = { ...this.#power, isSuspended: false }
    if (hasSlept) this.#forgetNetwork()
    this.#onDisk(() => {
      if (passed < -second) {
        correctDates(db, now, random)
        this.#requeue(now)
      } else if (hasSlept) this.#spreadDue(now)
      else if (this.#isStarted) this.#queueDue(now, () => now)
    })
    this.#pump()
  }

  /** A feed that was never asked has a user waiting for it; the others are spread. */
  #spreadFrom(feed: PollFeed, now: number): number {
    return feed.lastCheckedAt === null ? now : now + this.#parts.random() * spread
  }

  #wake(now: number): void {
    this.#forgetNetwork()
    this.#onDisk(() => this.#spreadDue(now))
    this.#pump()
  }

  /** It may be another one after sleep. */
  #forgetNetwork(): void {
    this.#runner.dropPending()
    this.#tellNetwork('online')
  }

  /** Queues what is due anew, spread, with what waits since before: hundreds may have come due while none could be asked. */
  #spreadDue(now: number): void {
    if (!this.#isStarted) return
    this.#parts.queue.remove(poll => poll.wanted === 'when-due')
    this.#queueDue(now, feed => this.#spreadFrom(feed, now))
  }

  /** After a pause of the user's, and plugged in again, what is due is spread as after sleep. */
  #queueDue(now: number, notBefore: (feed: PollFeed) => number): void {
    const { db, random, queue, backoffs, recorder } = this.#parts
    const isAfterPause = this.#wasPaused
    this.#wasPaused = pollingPausedUntil(db, now) !== null
    if (this.#wasPaused) return
    const stretch = this.#stretch()
    const isSooner = stretch < this.#lastStretch
    this.#lastStretch = stretch
    const startOf = isAfterPause || isSooner ? (feed: PollFeed) => this.#spreadFrom(feed, now) : notBefore
    const postponed: { feedId: number; until: number }[] = []
    for (const feed of dueFeeds(db, now, queueLength, stretch)) {
      if (queue.has(feed.id) || recorder.isPending(feed.id)) continue
      const until = backoffs.until(hostOf(feed.url), now)
      if (until === null) queue.add(feed, 'when-due', startOf(feed))
      else postponed.push({ feedId: feed.id, until: afterBackoff(until, random) })
    }
    recorder.postpone(postponed)
  }

  #stretch(): number {
    const stretch = stretchOf(this.#power)
    return stretch > 1 && readSettings(this.#parts.db).savesPower ? stretch : 1
  }

  /** Reads the waiting feeds again: they may be paused, removed or moved by now, or the clock may have been set. */
  #requeue(now: number): void {
    const { db, queue } = this.#parts
    const removed = queue.remove(() => true)
    const byUser = new Map(removed.filter(poll => poll.wanted !== 'when-due').map(poll => [poll.feed.id, poll]))
    for (const feed of pollFeeds(db, [...byUser.keys()])) queue.add(feed, byUser.get(feed.id)!.wanted, now)
    for (const poll of byUser.values()) if (!queue.has(poll.feed.id)) this.#runner.end(poll, { kind: 'cancelled' })
    const before = new Map(removed.map(poll => [poll.feed.id, Math.min(poll.notBefore, now + spread)]))
    if (this.#isStarted) this.#queueDue(now, feed => before.get(feed.id) ?? now)
  }

  /** Starts the polls that may start, and sets the timer for the next one. */
  #pump(): void {
    if (this.#closing.signal.aborted) return
    const { clock, queue } = this.#parts
    const now = clock.now()
    if (this.#runner.pausedUntil(now) === null && !this.#power.isSuspended) {
      // What is pending ends before another is tried.
      if (this.#isShutOut() && !queue.isRunning()) this.#conclude()
      if (this.#isShutOut()) this.#probe(now)
      else for (let poll = queue.take(now); poll; poll = queue.take(now)) void this.#run(poll)
      const isMoreSoon = !this.#isShutOut() && queue.nextStartAt(now) <= now + 2 * second
      if (!queue.isRunning() && !isMoreSoon) this.#conclude()
    }
    this.#timer.set(this.#nextAt(now))
  }

  async #run(poll: Poll): Promise<void> {
    const { network } = this.#parts
    const wasShutOut = this.#isShutOut()
    await this.#runner.run(poll)
    if (network.hasProof(this.#parts.clock.now())) this.#tellNetwork('online')
    else if (network.state() === 'sign-in') this.#tellNetwork('sign-in')
    if (wasShutOut && !this.#isShutOut()) this.#onDisk(() => this.#spreadDue(this.#parts.clock.now()))
    this.#pump()
  }

  #conclude(): void {
    this.#onDisk(() => {
      if (this.#runner.concludeNetwork()) this.#tellNetwork(this.network())
    })
  }

  #tellNetwork(network: Network): void {
    if (network === this.#toldNetwork) return
    this.#toldNetwork = network
    this.#emit({ kind: 'network', network })
  }

  #isShutOut(): boolean {
    return this.network() !== 'online'
  }

  /** Tries one feed, to find out whether the network is back. */
  #probe(now: number): void {
    const { queue } = this.#parts
    if (queue.isRunning() || (now >= this.#probedAt && now - this.#probedAt < probeInterval)) return
    const poll = queue.take(now)
    if (!poll) return
    this.#probedAt = now
    void this.#run(poll)
  }

  /** When a poll may start or a feed is due next (ms). */
  #nextAt(now: number): number {
    const { db, queue } = this.#parts
    if (this.#isShutOut()) return now + probeInterval
    const startAt = this.#runner.pausedUntil(now) ?? queue.nextStartAt(now)
    if (!this.#isStarted || queue.isRunning() || queue.hasWaiting()) return startAt
    let dueAt = Infinity
    this.#onDisk(() => {
      // What is due already when a pause ends is queued then.
      const pausedUntil = pollingPausedUntil(db, now)
      dueAt = pausedUntil ?? nextDueAt(db, this.#stretch()) ?? Infinity
    })
    // Feeds that are due already are being recorded.
    return Math.min(startAt, dueAt <= now ? Infinity : dueAt)
  }

  /** Where the disk fails, the next tick tries again. */
  #onDisk(act: () => void): void {
    if (!this.#closing.signal.aborted) attempt(this.#parts.log, 'keeping the schedule', act)
  }
}
