/** Keeps senders as feeds of their own, or leaves them out. */
import type { Checked, Output } from '../../api/contract/contract.ts'
import { siteOfAddress } from '../../newsletters/site.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { feedByUrl, insertFeed } from '../../store/feeds/feeds.ts'
import { changeFeedReading } from '../../store/feeds/reading.ts'
import type { SenderChange } from '../../store/mail/changes.ts'
import {
  newsletterUrl,
  type SenderRecord,
  type SenderState,
  senderById,
  setSenderState,
} from '../../store/mail/senders.ts'
import { type Returned, recordUndo, rememberUndo, returnedAs } from '../../store/undo-log.ts'
import { announceMail } from '../context/announce-mail.ts'
import type { Context } from '../context/context.ts'
import { announceSources, requireFolder } from '../context/sources.ts'

/** The feeds that were followed for senders that are kept. */
type Followed = { feedIds: number[]; madeIds: number[]; before: Returned[] }

export function decideSenders(
  context: Context,
  { senderIds, decision, folderId = null }: Checked<'decideSenders'>,
): Output<'decideSenders'> {
  const { db, now, visibilityJob } = context
  if (folderId !== null) requireFolder(db, folderId)
  const senders = senderIds.flatMap(id => senderById(db, id) ?? [])
  const followed: Followed = { feedIds: [], madeIds: [], before: [] }
  const decide = db.transaction((): number | null => {
    const changes: SenderChange[] = []
    for (const sender of senders) {
      const after: SenderState = {
        decision,
        feedUrl: decision === 'kept' ? keep(db, sender, folderId, followed, now()) : null,
      }
      setSenderState(db, sender.id, after)
      changes.push({ senderId: sender.id, before: { decision: sender.decision, feedUrl: sender.feedUrl }, after })
    }
    const isChanged = ({ before, after }: SenderChange) => before.decision !== after.decision
    if (followed.feedIds.length === 0 && !changes.some(isChanged)) return null
    const undoId = recordUndo(db, { kind: 'mail', change: { mailboxes: [], senders: changes } }, now())
    if (followed.feedIds.length === 0) return undoId
    return rememberUndo(db, undoId, { kind: 'import', folderIds: [], ...followed }, now())
  })
  const undoId = decide.immediate()
  if (undoId === null) return { feedIds: [], undoId }
  announceSources(context)
  announceMail(context)
  visibilityJob.runInBackground()
  return { feedIds: followed.feedIds, undoId }
}

/** Follows the sender's newsletter, and answers its address. One that was unsubscribed comes back as it was. */
function keep(db: WriteDb, sender: SenderRecord, folderId: number | null, followed: Followed, now: number): string {
  const url = sender.feedUrl ?? newsletterUrl(sender.key)
  const known = knownFeed(db, url)
  const { feedId, isNew, isMade } = insertFeed(
    db,
    {
      url,
      title: sender.name,
      customTitle: null,
      siteUrl: siteOfAddress(sender.address),
      folderId,
      privateHost: null,
      nextCheckAt: null,
    },
    now,
  )
  if (!isNew) return url
  followed.feedIds.push(feedId)
  if (known) followed.before.push(known)
  if (isMade) {
    followed.madeIds.push(feedId)
    // A picture of a newsletter tells its sender who opened it, and when.
    changeFeedReading(db, [feedId], { pictures: 'ask', fullText: 'ask' })
  }
  return url
}

function knownFeed(db: WriteDb, url: string): Returned | null {
  const feed = feedByUrl(db, url)
  return feed && returnedAs(db, feed.id)
}
