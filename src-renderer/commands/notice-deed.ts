/** What a button of a notice has done becomes a deed of this window: it is said, and can be taken back. */
import type { HostEvents } from '../../src-main/api/host/events.ts'
import { articleName } from '../library/article-name.ts'
import { words } from '../messages/undo.ts'
import type { App } from '../state/app.svelte.ts'

const deedWords = { save: words.saved, 'mark-read': words.read }

export async function sayNoticeDeed(
  { actions, engine }: Pick<App, 'actions' | 'engine'>,
  { action, articleId, undoId }: HostEvents['notice-acted'],
): Promise<void> {
  const article = await engine.article({ id: articleId }).catch(() => null)
  if (article) actions.did({ ...deedWords[action](articleName(article)), undoIds: [undoId] })
}
