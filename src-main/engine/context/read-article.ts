/** One article as a window gets it. */
import type { Article } from '../../api/model.ts'
import { attempt } from '../../lib/log.ts'
import { articleById, wantTextAgain } from '../../store/articles/article.ts'
import { readSettings } from '../../store/settings.ts'
import type { Context } from './context.ts'
import { serializeArticle } from './serialize.ts'

/** Null where there is none. One whose text is damaged is asked for again. */
export function readArticle({ db, signer, log }: Context, id: number): Article | null {
  const stored = articleById(db, id)
  if (stored?.isDamaged) {
    log(`the text of article ${id} is damaged`)
    attempt(log, 'asking for its text again', () => wantTextAgain(db, id))
  }
  return stored && serializeArticle(stored, signer, readSettings(db).loadImages)
}
