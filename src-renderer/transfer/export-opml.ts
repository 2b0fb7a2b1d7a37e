/** Exports the subscriptions as OPML. */

import { saveFile } from '../lib/save-file.ts'
import { words } from '../messages/transfer.ts'
import type { App } from '../state/app.svelte.ts'

/** Downloads `broadsheet.opml` and says so. */
export async function exportOpml(
  app: Pick<App, 'actions' | 'engine' | 'sources' | 'toasts'>,
  page: Window,
): Promise<void> {
  const answer = await app.actions.attempt(() => app.engine.exportOpml({}))
  if (!answer) return
  saveFile(page, words.export.fileName, new Blob([answer.text], { type: 'text/x-opml' }))
  app.toasts.add({ text: words.export.done(app.sources.feeds.length) })
}
