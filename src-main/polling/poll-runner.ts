/** One poll from top to bottom: ask the server, find out whose fault a failure is, record the outcome, end. */
import type { Failure } from '../api/model.ts'
import type { Clock } from '../lib/clock.ts'
import { diskFault, storageCode } from '../lib/disk-fault.ts'
import { attempt, type Log, stackOf } from '../lib/log.ts'
import { minute } from '../lib/time.ts'
import type { WriteDb } from '../store/db/open.ts'
import { followedUrls, type PollFeed, type PollRecord } from '../store/feeds/poll-state.ts'
import type { HostBackoffs } from './host-backoff.ts'
import type { NetworkWatch } from './network/network-watch.ts'
import type { Poll, PollQueue } from './poll-queue.ts'
import type { PollRecorder } from './poll-recorder.ts'
import type { Refreshed, RefreshOptions } from './refresh-feed.ts'
import type { RefreshSession } from './refresh-session.ts'
import { afterBackoff } from './schedule.ts'

export type PollParts = {
  db: WriteDb
  clock: Clock
  /** 0 to 1. */
  random(): number
  log: Log
  queue: PollQueue
  network: NetworkWatch<FinishedPoll>
  backoffs: HostBackoffs
  recorder: PollRecorder
  session: RefreshSession
  /** Null where it is cancelled or the feed is not followed at its address any more. Rejects where the disk fails, and for mistakes of ours. */
  refresh(feed: PollFeed, options: RefreshOptions): Promise<Refreshed | null>
  emit(event: PolledEvent): void
  /** Once it aborts nothing is recorded any more. */
  closing: AbortSignal
}

type FinishedPoll = { poll: Poll; refreshed: Refreshed }

export type PolledEvent =
  /** On the disk. `isFeedChanged`: the feed's failure, title, address or pause may have changed. */
  | { kind: 'polled'; feed: PollFeed; refreshed: Refreshed; isFeedChanged: boolean }
  /** An outcome could not be stored; SQLite's or the system's code. */
  | { kind: 'disk-failed'; code: string }

/** How a poll ends. Only 'polled' is recorded; 'failed' is for the session's summary, and the feed stays due. */
type PollEnd =
  | { kind: 'polled'; refreshed: Refreshed }
  | { kind: 'failed'; failure: Failure | null }
  /** By the user, who may have unsubscribed from the feed or changed its address as well. */
  | { kind: 'cancelled' }

/** Ms without a poll of a feed after an error of ours, and of any feed after the disk failed. */
const pauseAfterError = 5 * minute

export class PollRunner {
  readonly #parts: PollParts
  #diskFailedAt = -Infinity

  constructor(parts: PollParts) {
    this.#parts = parts
  }

  /** Runs a poll that was taken from the queue. Never rejects. */
  async run(poll: Poll): Promise<void> {
    const { refresh, backoffs, queue, closing, log } = this.#parts
    let refreshed: Refreshed | null = null
    let ownError: unknown = null
    try {
      const { feed, cancelling, wanted } = poll
      const isUrgent = wanted === 'alone'
      refreshed = await refresh(feed, { signal: cancelling.signal, isUrgent, refusalsOf: backoffs.refusalsOf })
    } catch (error) {
      ownError = error
      log(stackOf(error))
    }
    queue.release(poll)
    if (closing.aborted) return
    attempt(log, 'keeping a poll', () => {
      if (refreshed) this.#judge(poll, refreshed)
      else if (ownError === null) this.end(poll, { kind: 'cancelled' })
      else this.#endFailed(poll, ownError)
    })
  }

  /** Ends the poll, unless its failure may be the network's: then it stays pending until that is known. */
  #judge(poll: Poll, refreshed: Refreshed): void {
    const { network, backoffs, clock, log } = this.#parts
    const { record, doubt } = refreshed
    if (!record.failure) attempt(log, 'ending a backoff', () => backoffs.answered(poll.host, clock.now()))
    const { feed, host, wanted } = poll
    const judged = { url: feed.url, host, failure: record.failure, doubt, isWaitedFor: wanted !== 'when-due' }
    for (const one of network.judge({ poll, refreshed }, judged, clock.now())) this.#record(one)
  }

  #record({ poll, refreshed }: FinishedPoll): void {
    const { backoff, record } = refreshed
    if (backoff) this.#backOff(backoff, record.failure)
    this.end(poll, { kind: 'polled', refreshed })
  }

  /** Postpones the waiting polls of a host that asked to be left alone. */
  #backOff(backoff: { host: string; until: number }, failure: Failure | null): void {
    const { queue, backoffs, recorder, random, log } = this.#parts
    attempt(log, 'starting a backoff', () => backoffs.start(backoff))
    const waiting = queue.remove(poll => poll.host === backoff.host)
    for (const poll of waiting) this.end(poll, { kind: 'failed', failure })
    recorder.postpone(waiting.map(({ feed }) => ({ feedId: feed.id, until: afterBackoff(backoff.until, random) })))
  }

  /** An error of ours concerns one feed. Where the disk fails, nothing of the waiting feeds could be stored either. */
  #endFailed(poll: Poll, error: unknown): void {
    const { queue, recorder, session, clock, emit } = this.#parts
    recorder.leaveAlone(poll.feed.id, clock.now() + pauseAfterError)
    const code = storageCode(error)
    const failure: Failure = { reason: 'not-stored', fault: diskFault(error), detail: code }
    const failed = [poll]
    if (code !== '') {
      this.#diskFailedAt = clock.now()
      emit({ kind: 'disk-failed', code })
      failed.push(...queue.remove(other => session.has(other.feed.id)))
    }
    for (const one of failed) this.end(one, { kind: 'failed', failure })
  }

  /** Every poll ends here, once. */
  end(poll: Poll, outcome: PollEnd): void {
    const { queue, session, recorder, emit } = this.#parts
    const { feed } = poll
    queue.end(poll)
    if (outcome.kind === 'cancelled') return void session.drop(feed.id)
    if (outcome.kind === 'failed') {
      return void session.finish(feed, { failure: outcome.failure, newArticles: 0, isUpdated: false })
    }
    const { refreshed } = outcome
    const { record, newIds, editedIds } = refreshed
    const isFeedChanged = refreshed.isParsed || isNews(record, feed)
    recorder.add(record, () => emit({ kind: 'polled', feed, refreshed, isFeedChanged }))
    const isUpdated = newIds.length + editedIds.length > 0
    session.finish(feed, { failure: record.failure, newArticles: newIds.length, isUpdated })
  }

  /** Once no poll is running: pending failures are recorded as the servers', or as the network's, for which no feed is blamed. Answers whether it says anything of the network. */
  concludeNetwork(): boolean {
    const { db, network, queue, session, clock } = this.#parts
    const { state, pending } = network.conclude(() => followedUrls(db), clock.now())
    if (state === 'online') {
      for (const one of pending) this.#record(one)
      return pending.length > 0
    }
    const unasked = queue.remove(poll => session.has(poll.feed.id))
    for (const poll of [...pending.map(one => one.poll), ...unasked]) {
      this.end(poll, { kind: 'failed', failure: { reason: state } })
    }
    return true
  }

  /** Drops what is pending of these feeds, which are asked anew; of all, where the computer may be on another network. */
  dropPending(feedIds?: number[]): void {
    const { network } = this.#parts
    const dropped = feedIds ? network.withdraw(({ poll }) => feedIds.includes(poll.feed.id)) : network.forget()
    for (const { poll } of dropped) this.end(poll, { kind: 'cancelled' })
  }

  /** Until when (ms) no feed is asked, since the disk failed; null where it works. */
  pausedUntil(now: number): number | null {
    const until = this.#diskFailedAt + pauseAfterError
    return now >= this.#diskFailedAt && now < until ? until : null
  }

  /** Ends that pause: the user, who asks for a refresh, may have made room. */
  tryDiskAgain(): void {
    this.#diskFailedAt = -Infinity
  }
}

function isNews({ failure, adopt }: PollRecord, before: PollFeed): boolean {
  return failure !== null || before.failure !== null || adopt !== null
}
