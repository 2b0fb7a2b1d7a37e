/** What follows when a page was saved by its address. */
import type { MissingPage } from '../../src-main/api/model.ts'
import { words } from '../messages/reading/pages.ts'
import type { App } from '../state/app.svelte.ts'

/** Lists the pages and opens this one; it has been read no more than any other. `undoId` is null where it was there already. */
export async function showSavedPage(
  { place, reader, actions, toasts }: Pick<App, 'place' | 'reader' | 'actions' | 'toasts'>,
  { articleId, undoId, missing }: { articleId: number; undoId: number | null; missing?: MissingPage },
): Promise<void> {
  await place.show({ kind: 'pages' })
  await place.open(articleId)
  if (undoId === null) toasts.add({ text: words.alreadyThere })
  else actions.did({ ...words.done(reader.article?.title ?? ''), undoIds: [undoId] })
  if (missing) toasts.add({ text: words.without(missing.page) })
}
