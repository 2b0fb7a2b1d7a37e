/** What the reader says of categories: that two names are one, or are not. */
import type { Input, Undoable } from '../../api/contract/contract.ts'
import { type AliasChange, joinCategories, separateCategory } from '../../store/category-aliases.ts'
import { doUndoably } from '../../store/undo-log.ts'
import { tellAliases } from '../context/announce-aliases.ts'
import type { Context } from '../context/context.ts'

export function makeCategoryCommands(context: Context) {
  const { db, now } = context

  return {
    joinCategories: (input: Input<'joinCategories'>): Promise<Undoable> => change(() => joinCategories(db, input)),
    separateCategory: ({ name }: Input<'separateCategory'>): Promise<Undoable> =>
      change(() => separateCategory(db, name)),
  }

  // Not async: what a full disk refuses is to be thrown at once, for runCall to make room and call again.
  function change(act: () => AliasChange | null): Promise<Undoable> {
    const undoId = doUndoably(db, now(), () => {
      const change = act()
      return change && { kind: 'categories', change }
    })
    return undoId === null ? Promise.resolve({ undoId }) : tellAliases(context).then(() => ({ undoId }))
  }
}
