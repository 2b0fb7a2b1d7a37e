/** A refresh the user asked for, until each of its feeds is done or dropped. More feeds may join it. Numbers are absolute. */
import type { Failure, RefreshProgress, RefreshSummary } from '../api/model.ts'
import type { Clock } from '../lib/clock.ts'
import type { PollFeed } from '../store/feeds/poll-state.ts'
import type { PollRecorder } from './poll-recorder.ts'

export type SessionEvent =
  | { kind: 'progress'; progress: RefreshProgress }
  | { kind: 'finished'; summary: RefreshSummary }

type Counts = Omit<RefreshSummary, 'feeds' | 'unchanged'> & { total: number }
type FeedResult = { failure: Failure | null; newArticles: number; isUpdated: boolean }

/** Ms between two events of progress. */
const progressInterval = 100

type SessionParts = { clock: Clock; recorder: PollRecorder; emit(event: SessionEvent): void }

export class RefreshSession {
  readonly #parts: SessionParts
  /** Feeds that are not done; there is a session while there are any. */
  readonly #open = new Set<number>()
  #counts = noCounts()
  #announcedAt = 0

  constructor(parts: SessionParts) {
    this.#parts = parts
  }

  isRunning(): boolean {
    return this.#open.size > 0
  }

  readonly has = (feedId: number): boolean => this.#open.has(feedId)

  add(feeds: PollFeed[]): void {
    if (feeds.length === 0) return
    for (const { id } of feeds) this.#open.add(id)
    this.#counts.total += feeds.length
    this.#announce()
  }

  /** Notes that the user has cancelled; the caller drops the feeds that are not done. */
  cancel(): void {
    this.#counts.wasCancelled = true
  }

  /** The feed was asked, or failed without being asked. */
  finish({ id, title }: PollFeed, { failure, newArticles, isUpdated }: FeedResult): void {
    if (!this.#open.delete(id)) return
    this.#counts.newArticles += newArticles
    if (isUpdated) this.#counts.updated++
    if (failure) this.#counts.failed.push({ feedId: id, title, failure })
    const now = this.#parts.clock.now()
    if (!this.isRunning()) this.#end()
    else if (now < this.#announcedAt || now - this.#announcedAt >= progressInterval) this.#announce()
  }

  /** The feed will not be asked. */
  drop(feedId: number): void {
    if (!this.#open.delete(feedId)) return
    this.#counts.total--
    if (!this.isRunning()) this.#end()
  }

  #announce(): void {
    this.#announcedAt = this.#parts.clock.now()
    const { total, newArticles, failed } = this.#counts
    const done = total - this.#open.size
    const progress = { isRunning: this.isRunning(), done, total, failed: failed.length, newArticles }
    this.#parts.emit({ kind: 'progress', progress })
  }

  #end(): void {
    // The outcomes of its feeds are on the disk, and announced, before the summary is.
    this.#parts.recorder.flush()
    const { total, updated, newArticles, failed, wasCancelled } = this.#counts
    this.#counts = noCounts()
    this.#announce()
    const unchanged = total - updated - failed.length
    const summary = { feeds: total, updated, unchanged, failed, newArticles, wasCancelled }
    this.#parts.emit({ kind: 'finished', summary })
  }
}

function noCounts(): Counts {
  return { total: 0, updated: 0, newArticles: 0, failed: [], wasCancelled: false }
}
