/** What a reader does to articles. Each answers when its change is on disk. */
import type { Input, Output } from '../api/contract.ts'
import { type Context, todayStart } from './context.ts'
import { setRead, setSaved, setViewRead } from './store/article-state.ts'
import { recordUndo, type Undo } from './store/undos.ts'

/** More changed ids than this are not worth telling one by one: windows ask again. */
const listedAtMost = 5_000

export function makeArticleCommands(context: Context) {
  const { db, now } = context

  return {
    markRead({ articleIds, isRead }: Input<'markRead'>): Output<'markRead'> {
      return change(
        context,
        () => {
          const changed = setRead(db, articleIds, isRead)
          return { changed, undo: { kind: 'read', articleIds: changed, isRead: !isRead } }
        },
        { isRead },
      )
    },

    markViewRead({ view, newestId }: Input<'markViewRead'>): Output<'markViewRead'> {
      return change(
        context,
        () => {
          const changed = setViewRead(db, view, newestId, todayStart(now()))
          return { changed, undo: { kind: 'read', articleIds: changed, isRead: false } }
        },
        { isRead: true },
      )
    },

    setSaved({ articleIds, isSaved }: Input<'setSaved'>): Output<'setSaved'> {
      return change(
        context,
        () => {
          const changed = setSaved(db, articleIds, isSaved, now())
          return { changed, undo: { kind: 'saved', articleIds: changed, isSaved: !isSaved } }
        },
        { isSaved },
      )
    },
  }
}

/** Tells every window that articles changed. */
export function announceArticles(
  { announcer }: Context,
  articleIds: number[],
  state: { isRead?: boolean; isSaved?: boolean },
): void {
  if (articleIds.length > listedAtMost) announcer.emit('all-changed', {})
  else announcer.emit('articles-changed', { articleIds, ...state })
  announcer.countsChanged()
}

function change(
  context: Context,
  act: () => { changed: number[]; undo: Undo },
  state: { isRead?: boolean; isSaved?: boolean },
): { changed: number; undoId: number | null } {
  const { changed, undoId } = context.db
    .transaction(() => {
      const { changed, undo } = act()
      return { changed, undoId: changed.length > 0 ? recordUndo(context.db, undo, context.now()) : null }
    })
    .immediate()
  if (changed.length > 0) announceArticles(context, changed, state)
  return { changed: changed.length, undoId }
}
