/** What the engine thread asks of the intake thread, and what it hears from it. Plain data over a worker port. */
import type { Credentials, Discovery, Failure, HeldBack, RefreshProgress, RefreshSummary } from '../api/model.ts'
import type { RefreshRequest } from '../polling/may-ask.ts'
import type { MediaRequest } from './media.ts'

/** `allowPrivate`: the user was asked, and the typed name may lead to this machine or a private network. */
export type DiscoverRequest = { address: string; credentials: Credentials | null; allowPrivate?: boolean }

export type AddOutcome =
  | { kind: 'added'; feedId: number; newArticles: number; undoId: number }
  | { kind: 'already-there'; feedId: number }
  | { kind: 'failed'; failure: Failure }

export type AddRequest = {
  url: string
  title: string | null
  folderId: number | null
  credentials: Credentials | null
  allowPrivate?: boolean
}

/** Bytes for a window: an icon, or an image or sound of an article. */
export type Resource = { status: number; type: string; maxAgeSeconds: number; bytes: Uint8Array }

/** `isElsewhere`: another Broadsheet on this folder does it. */
export type RefreshStarted = { total: number; isElsewhere?: true } & HeldBack

/** Each answers by a promise; what a server does wrong is in the answer. */
export type Intake = {
  /** Looks for feeds at what the user typed. What it fetched is kept for some minutes, so that `addFeed` need not ask again. */
  discover(request: DiscoverRequest): Promise<Discovery>
  /** Fetches, stores and from then on polls one feed the user asked for. A failure stores nothing. */
  addFeed(request: AddRequest): Promise<AddOutcome>
  /**
   * Refreshes these feeds now, ahead of their schedule. Manners still hold: not within 5 min of the last time unless forced
   * or insisted on, never while the server asked us to wait. Answers when started; progress and summary come as events.
   */
  refresh(request: RefreshRequest): Promise<RefreshStarted>
  cancelRefresh(): Promise<void>
  /** The schedule changed (feeds imported, unpaused, address changed): look again who is due. */
  scheduleChanged(): Promise<void>
  /** An image, audio or video of an article, through our own client, cached on disk. */
  media(request: MediaRequest): Promise<Resource>
  /** Draws a feed's icon that an earlier version kept as an SVG, and keeps that instead. */
  redrawIcon(request: { feedId: number }): Promise<Resource>
}

export type IntakeEvents = {
  'feed-refreshed': { feedId: number; newIds: number[]; editedIds: number[] }
  /** Polling, failure, title or icon of the feed changed. */
  'feed-changed': { feedId: number }
  /** What came could not be stored; SQLite's or the system's code. */
  'storage-failed': { code: string }
  'refresh-progress': RefreshProgress
  /** A server's clock agrees with ours: at most once an hour. */
  'clock-confirmed': Record<string, never>
  'refresh-finished': RefreshSummary
}
