/** Keeps a sender: its messages become articles of a feed of its own. */
import type { WriteDb } from '../store/db/open.ts'
import { feedByUrl, insertFeed, setRemoved } from '../store/feeds/feeds.ts'
import { changeFeedReading } from '../store/feeds/reading.ts'
import type { SenderChange } from '../store/mail/changes.ts'
import {
  newsletterUrl,
  type SenderRecord,
  type SenderState,
  sendersOfFeed,
  setSenderState,
} from '../store/mail/senders.ts'
import { type Returned, recordUndo, rememberUndo, returnedAs, type Undo } from '../store/undo-log.ts'
import { siteOfAddress } from './site.ts'

/** What was decided, and the feeds that were followed for it, and unsubscribed from: to be taken back. */
export type Decided = {
  senders: SenderChange[]
  feedIds: number[]
  madeIds: number[]
  before: Returned[]
  leftIds: number[]
}

export const nothingDecided = (): Decided => ({ senders: [], feedIds: [], madeIds: [], before: [], leftIds: [] })

/**
 * Follows the sender's newsletter. One that was unsubscribed comes back as it was. `isMade`: the sender was noted for this. Inside
 * the caller's transaction.
 */
export function keepSender(
  db: WriteDb,
  sender: SenderRecord,
  { folderId, now, isMade: isSenderMade = false }: { folderId: number | null; now: number; isMade?: boolean },
  decided: Decided,
): void {
  const url = sender.feedUrl ?? newsletterUrl(sender.key)
  decide(db, sender, { decision: 'kept', feedUrl: url }, decided, isSenderMade)
  const known = feedByUrl(db, url)
  const before = known?.isRemoved ? returnedAs(db, known.id) : null
  const siteUrl = siteOfAddress(sender.address)
  const feed = { url, title: sender.name, customTitle: null, siteUrl, folderId, privateHost: null, nextCheckAt: null }
  const { feedId, isNew, isMade } = insertFeed(db, feed, now)
  if (!isNew) return
  decided.feedIds.push(feedId)
  if (before) decided.before.push(before)
  if (!isMade) return
  decided.madeIds.push(feedId)
  // A picture of a newsletter tells its sender who opened it, and when.
  changeFeedReading(db, [feedId], { pictures: 'ask', fullText: 'ask' })
}

/** Leaves a sender out, or undecided. Its newsletter is unsubscribed from, unless another sender's messages are in it, too. */
export function leaveSender(
  db: WriteDb,
  sender: SenderRecord,
  { decision, now }: { decision: 'left-out' | null; now: number },
  decided: Decided,
): void {
  decide(db, sender, { decision, feedUrl: null }, decided)
  if (sender.feedUrl === null || sendersOfFeed(db, sender.feedUrl).length > 0) return
  const feed = feedByUrl(db, sender.feedUrl)
  if (!feed || feed.isRemoved) return
  setRemoved(db, [feed.id], now)
  decided.leftIds.push(feed.id)
}

function decide(db: WriteDb, sender: SenderRecord, after: SenderState, { senders }: Decided, isMade = false): void {
  const before = { decision: sender.decision, feedUrl: sender.feedUrl }
  if (before.decision === after.decision && before.feedUrl === after.feedUrl) return
  setSenderState(db, sender.id, after)
  senders.push({ senderId: sender.id, before: isMade ? null : before, after })
}

/**
 * Records how all of it is taken back, after what `undoId` has already; answers the undoId, null where nothing was decided. The
 * feeds go first.
 */
export function recordDecided(db: WriteDb, decided: Decided, undoId: number | null, now: number): number | null {
  const { senders, leftIds, ...followed } = decided
  let id = undoId
  const record = (undo: Undo) => {
    id = id === null ? recordUndo(db, undo, now) : rememberUndo(db, id, undo, now)
  }
  if (senders.length > 0) record({ kind: 'mail', change: { mailboxes: [], senders } })
  if (followed.feedIds.length > 0) record({ kind: 'import', folderIds: [], ...followed })
  if (leftIds.length > 0) record({ kind: 'unsubscribe', feedIds: leftIds })
  return id
}
