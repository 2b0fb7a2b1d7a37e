/** What a reader does to articles. Each answers when its change is on disk. */
import type { Input, Output } from '../../api/contract/contract.ts'
import { todayStart } from '../../lib/time.ts'
import {
  type Changed,
  countRows,
  setReadWithCopies,
  setSaved,
  type Walk,
  walkIds,
  walkUnread,
} from '../../store/articles/read-state.ts'
import { withCopies, withoutSavedCopies } from '../../store/copies/members.ts'
import { unreadOfTrending } from '../../store/stories/trending.ts'
import { rememberUndo, type Undo } from '../../store/undo-log.ts'
import { type ArticleState, announceArticles } from '../context/announce-articles.ts'
import type { Context } from '../context/context.ts'

/** Articles that one transaction changes: 10 to 20 ms of work at a million articles. */
const perChunk = 1_000

export function makeArticleCommands(context: Context) {
  const { db, now } = context

  return {
    markRead({ articleIds, isRead }: Input<'markRead'>): Promise<Output<'markRead'>> {
      return change(context, { name: 'markRead', walk: walkIds(articleIds, perChunk), ...marking(isRead) })
    },

    markViewRead({ view, newestId }: Input<'markViewRead'>): Promise<Output<'markViewRead'>> {
      const walk =
        view.kind === 'trending'
          ? walkIds(unreadOfTrending(db, newestId, now()), perChunk)
          : walkUnread(db, view, newestId, todayStart(now()), perChunk)
      return change(context, { name: 'markViewRead', walk, ...marking(true) })
    },

    setSaved({ articleIds, isSaved }: Input<'setSaved'>): Promise<Output<'setSaved'>> {
      return change(context, {
        name: 'setSaved',
        walk: walkIds(articleIds, perChunk),
        // Of copies one is kept, and a saved one stands for all of them.
        act: ids => {
          const own = isSaved ? withoutSavedCopies(db, ids) : withCopies(db, ids)
          return setSaved(db, own, isSaved, now()).map(id => ({ id, copyGroup: null }))
        },
        undoOf: changed => ({ kind: 'saved', articleIds: changed, isSaved: !isSaved }),
        state: { isSaved },
      })
    },
  }

  function marking(isRead: boolean): Omit<Change, 'name' | 'walk'> {
    return {
      act: ids => setReadWithCopies(db, ids, isRead),
      undoOf: changed => ({ kind: 'read', articleIds: changed, isRead: !isRead }),
      state: { isRead },
    }
  }
}

type Change = {
  name: string
  walk: Walk
  /** Answers those that really changed. */
  act: (articleIds: number[]) => Changed[]
  undoOf: (changed: number[]) => Undo
  state: ArticleState
}

/**
 * Changes articles in chunks, each one transaction with its part of the undo record: other windows are answered in between, and
 * after a crash what was done can be taken back.
 */
async function change(
  context: Context,
  { name, walk, act, undoOf, state }: Change,
): Promise<{ changed: number; undoId: number | null }> {
  const { db, now, chunks } = context
  const changed: Changed[] = []
  let undoId: number | null = null

  const changeChunk = db.transaction(({ articleIds, isMore }: ReturnType<Walk>) => {
    const inChunk = act(articleIds)
    if (inChunk.length === 0) return { inChunk, isMore, undoId }
    return { inChunk, isMore, undoId: rememberUndo(db, undoId, undoOf(idsOf(inChunk)), now()) }
  })
  let chunk: ReturnType<Walk> | null = null
  function step(): boolean {
    // A step that failed may be repeated, but a walk does not go back.
    chunk ??= walk()
    const done = changeChunk.immediate(chunk)
    chunk = null
    undoId = done.undoId
    for (const one of done.inChunk) changed.push(one)
    return done.isMore
  }
  try {
    await chunks.run(name, { isWrite: true }, step)
  } finally {
    // Where a later chunk failed (a full disk), the earlier ones are on the disk all the same.
    if (changed.length > 0) {
      await context.journal.articlesChanged(idsOf(changed), state)
      announceArticles(context, idsOf(changed), state)
    }
  }
  return { changed: countRows(db, changed), undoId }
}

function idsOf(changed: Changed[]): number[] {
  return changed.map(({ id }) => id)
}
