/** What a reader asks for of an article: its full text, fetched and shown or not as they choose, and its pictures. */
import type { Input, Output } from '../../api/contract/contract.ts'
import { NotFound } from '../../lib/refused.ts'
import { isSavedArticle } from '../../store/articles/read-state.ts'
import { chooseText } from '../../store/full-texts/full-texts.ts'
import type { Context } from '../context/context.ts'

export function makeFullTextCommands(context: Context) {
  const { db, intake } = context

  return {
    async fetchFullText({ articleId }: Input<'fetchFullText'>): Promise<Output<'fetchFullText'>> {
      const outcome = await intake.fetchFullText({ articleId, isWanted: true })
      if (outcome.kind === 'gone') throw new NotFound(`article ${articleId}`)
      await tellFullText(context, articleId)
      return outcome.kind === 'stored' ? { kind: 'fetched' } : { kind: 'failed', failure: outcome.failure }
    },

    // Not async: what a full disk refuses is to be thrown at once, for runCall to make room and call again.
    showFullText({ articleId, isFull }: Input<'showFullText'>): Promise<Output<'showFullText'>> {
      const isChanged = chooseText(db, articleId, isFull)
      return isChanged ? tellFullText(context, articleId).then(() => ({})) : Promise.resolve({})
    },

    async keepPictures({ articleId }: Input<'keepPictures'>): Promise<Output<'keepPictures'>> {
      if (isSavedArticle(db, articleId)) await intake.keepPictures({ articleId })
      return {}
    },
  }
}

/** The full text of an article is another, or is shown or not: the journal keeps it with a saved one, and windows ask again. */
export async function tellFullText({ db, journal, announcer }: Context, articleId: number): Promise<void> {
  if (isSavedArticle(db, articleId)) await journal.articlesChanged([articleId], { isSaved: true })
  announcer.emit('full-text-changed', { articleId })
}
