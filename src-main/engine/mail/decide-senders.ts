/** Keeps senders as feeds of their own, or leaves them out. */
import type { Checked, Output } from '../../api/contract/contract.ts'
import { keepSender, leaveSender, nothingDecided, recordDecided } from '../../newsletters/keep-sender.ts'
import { senderById } from '../../store/mail/senders.ts'
import { announceMail } from '../context/announce-mail.ts'
import type { Context } from '../context/context.ts'
import { announceSources, requireFolder } from '../context/sources.ts'

export function decideSenders(
  context: Context,
  { senderIds, decision, folderId = null }: Checked<'decideSenders'>,
): Output<'decideSenders'> {
  const { db, now, visibilityJob } = context
  if (folderId !== null) requireFolder(db, folderId)
  const decided = nothingDecided()
  const decideAll = db.transaction((): number | null => {
    for (const id of senderIds) {
      const sender = senderById(db, id)
      if (sender && decision === 'kept') keepSender(db, sender, { folderId, now: now() }, decided)
      else if (sender && decision !== 'kept') leaveSender(db, sender, { decision, now: now() }, decided)
    }
    return recordDecided(db, decided, null, now())
  })
  const undoId = decideAll.immediate()
  if (undoId === null) return { feedIds: [], undoId }
  announceSources(context)
  announceMail(context)
  visibilityJob.runInBackground()
  return { feedIds: decided.feedIds, undoId }
}
