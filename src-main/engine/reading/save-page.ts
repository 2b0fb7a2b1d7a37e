/** Saves a web page by its address, and tells windows and the journal. */
import type { Input, Output } from '../../api/contract/contract.ts'
import { announceArticles } from '../context/announce-articles.ts'
import type { Context } from '../context/context.ts'

export async function savePage(context: Context, request: Input<'savePage'>): Promise<Output<'savePage'>> {
  const outcome = await context.intake.savePage(request)
  if (outcome.kind !== 'saved') return outcome
  const articleIds = [outcome.articleId]
  await context.journal.articlesChanged(articleIds, { isSaved: true })
  announceArticles(context, articleIds, { isSaved: true })
  // No window has it in its list: an event on that article alone would reach none.
  context.announcer.emit('all-changed', {})
  return outcome
}
