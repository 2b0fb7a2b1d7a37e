/** Makes two newsletters one: what one of them has sent goes to the other, and so does what it sends from now on. */
import type { Input, Output } from '../../api/contract/contract.ts'
import { NotFound } from '../../lib/refused.ts'
import { setRemoved } from '../../store/feeds/feeds.ts'
import { articlesToMove, moveArticles, moveDeleted } from '../../store/joining/move-articles.ts'
import { sendersOfFeed, setSenderState } from '../../store/mail/senders.ts'
import { recordUndo, rememberUndo } from '../../store/undo-log.ts'
import { announceMail } from '../context/announce-mail.ts'
import type { Context } from '../context/context.ts'
import { announceSources, requireFeed } from '../context/sources.ts'

/** Each is indexed anew: some ms. */
const perChunk = 25

export async function joinNewsletters(
  context: Context,
  { feedId, intoFeedId }: Input<'joinNewsletters'>,
): Promise<Output<'joinNewsletters'>> {
  const { db, chunks, now } = context
  const from = requireNewsletter(context, feedId)
  const into = requireNewsletter(context, intoFeedId)
  if (from.id === into.id) return { undoId: null }
  let undoId: number | null = null

  /** First whose messages go where: what comes meanwhile goes to the right one. */
  const turnSenders = db.transaction(() => {
    const senders = sendersOfFeed(db, from.url).map(sender => {
      const after = { decision: 'kept', feedUrl: into.url } as const
      setSenderState(db, sender.id, after)
      return { senderId: sender.id, before: { decision: sender.decision, feedUrl: sender.feedUrl }, after }
    })
    return recordUndo(db, { kind: 'mail', change: { mailboxes: [], senders } }, now())
  })
  const moveSome = db.transaction((id: number) => {
    const articleIds = articlesToMove(db, from.id, perChunk)
    if (articleIds.length > 0) {
      moveArticles(db, articleIds, from.id, into.id)
      rememberUndo(db, id, { kind: 'moved', articleIds, from: from.id, to: into.id }, now())
      return true
    }
    moveDeleted(db, from.id, into.id)
    setRemoved(db, [from.id], now())
    rememberUndo(db, id, { kind: 'unsubscribe', feedIds: [from.id] }, now())
    return false
  })
  await chunks.run('joinNewsletters', { isWrite: true }, () => {
    if (undoId !== null) return moveSome.immediate(undoId)
    undoId = turnSenders.immediate()
    return true
  })
  announceSources(context)
  announceMail(context)
  return { undoId }
}

function requireNewsletter({ db }: Context, feedId: number) {
  const feed = requireFeed(db, feedId)
  if (feed.kind !== 'newsletter' || feed.isRemoved) throw new NotFound(`newsletter ${feedId}`)
  return feed
}
