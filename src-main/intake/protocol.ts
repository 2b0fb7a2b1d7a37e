/** The calls and events of the intake's thread. */

import type { LoadedResource, OpenedRecording, RecordingPiece } from '../api/engine-thread.ts'
import type { ImportedMail, MailFailure, MailFolder, MailServer, Told } from '../api/mail/model.ts'
import type { Delivery } from '../api/mail/outgoing.ts'
import type {
  Credentials,
  Discovery,
  Failure,
  FeedChapter,
  HeldBack,
  Network,
  Power,
  RefreshProgress,
  RefreshSummary,
} from '../api/model.ts'
import type { MailRequest } from '../outgoing/sending.ts'
import type { RefreshRequest } from '../polling/refresh-request.ts'
import type { FullTextOutcome } from './full-text/full-texts.ts'
import type { ChaptersRequest } from './media/chapters.ts'
import type { MediaRequest } from './media/media.ts'
import type { RecordingRequest } from './media/recordings.ts'
import type { SavePageOutcome, SavePageRequest } from './save-page.ts'

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

/** `isElsewhere`: another Broadsheet on this folder does it. */
export type RefreshStarted = { total: number; isElsewhere?: true } & HeldBack

/** A server's misbehaviour is in the answers; a call fails for a bug, or with the code of a disk error. */
export type Intake = {
  /** Looks for feeds at what the user typed. What it fetched is cached for some minutes, so that `addFeed` need not ask again. */
  discover(request: DiscoverRequest): Promise<Discovery>
  /** Fetches, stores and from then on polls one feed the user asked for. A failure stores nothing. */
  addFeed(request: AddRequest): Promise<AddOutcome>
  /**
   * Refreshes these feeds now, ahead of their schedule, but not within 5 min of the last time unless forced or insisted on, and
   * never while the server asked us to wait. Answers when started; progress and summary come as events.
   */
  refresh(request: RefreshRequest): Promise<RefreshStarted>
  cancelRefresh(): Promise<void>
  /** What the computer runs on, until it is told anew. */
  setPower(power: Power): Promise<void>
  /** The schedule changed (feeds imported, unpaused, address or settings changed): looks again which feeds are due. */
  scheduleChanged(): Promise<void>
  /**
   * Asks for the page of an article and stores what it says, or why there is none. `isWanted`: the reader waits for it, and it
   * is shown from then on.
   */
  fetchFullText(request: { articleId: number; isWanted: boolean }): Promise<FullTextOutcome>
  /** An image, or a short audio or video, of an article, through our own client, cached on disk. */
  media(request: MediaRequest): Promise<LoadedResource>
  /** Sound or film of an article from some byte on, of any length; as in recordings.ts. */
  openRecording(request: RecordingRequest): Promise<LoadedResource | OpenedRecording>
  readRecording(request: { streamId: number }): Promise<RecordingPiece>
  closeRecording(request: { streamId: number }): Promise<void>
  /** Chapters of an episode that are not in its feed. */
  chapters(request: ChaptersRequest): Promise<FeedChapter[]>
  /** Draws a feed's icon that is stored as an SVG, and stores the drawing instead. */
  redrawIcon(request: { feedId: number }): Promise<LoadedResource>
  /** Fetches a page by its address, and saves its article. A failure stores nothing. */
  savePage(request: SavePageRequest): Promise<SavePageOutcome>
  /** Keeps the pictures of a saved article that the reader has asked for, unless none of its feed are ever loaded. */
  keepPictures(request: { articleId: number }): Promise<void>
  /** Fetches what saved articles show, so that they open without a network. Answers when nothing is due. */
  keepSaved(): Promise<void>
  /** Logs in to a mailbox and lists its folders. */
  testMailbox(
    access: MailServer & { password: string },
  ): Promise<{ kind: 'works'; folders: MailFolder[] } | { kind: 'failed'; failure: MailFailure }>
  /** Takes in messages from a file, in base64. */
  importMail(request: { file: string }): Promise<ImportedMail>
  /** Sends a letter; where the outbox has it, what came of it is noted there. */
  sendMail(request: MailRequest): Promise<Delivery>
  /** Sends the one request by which a newsletter is left (newsletters/tell-sender.ts). */
  tellSender(request: { url: string }): Promise<Told>
  /** Mailboxes or what was decided of their senders changed: looks at all of them now. `reconnectId`: by a new connection. */
  mailChanged(request: { reconnectId: number | null }): Promise<void>
  /** Removes what was kept for articles that are not saved any more. */
  sweepPictures(): Promise<void>
}

export type IntakeThread = Intake & {
  /** Lets what is being stored finish, and closes the thread's connection. */
  shutDown(): Promise<void>
}

export type IntakeEvents = {
  /** The full text of an article was fetched before anybody asked for it. */
  'full-text-prefetched': { articleId: number }
  /** By their pages, articles that were listed are copies of others: lists and counts are other ones. */
  'copies-found': Record<string, never>
  'feed-refreshed': { feedId: number; newIds: number[]; editedIds: number[] }
  /** Something was stored, whatever it was: the database changed by our own hand. */
  stored: Record<string, never>
  /** Polling, failure, title or icon of the feed changed. */
  'feed-changed': { feedId: number }
  /** Fetched articles could not be stored; SQLite's or the system's code. */
  'storage-failed': { code: string }
  'refresh-progress': RefreshProgress
  /** A server's clock agrees with ours: at most once an hour. */
  'clock-confirmed': Record<string, never>
  'refresh-finished': RefreshSummary
  /** A mailbox was looked at, or somebody wrote to one. */
  'mail-changed': Record<string, never>
  /** Nobody answers, or the network itself does, or servers do again. */
  'network-changed': { network: Network }
}
