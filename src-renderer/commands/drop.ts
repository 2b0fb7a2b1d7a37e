/** Dropping a file on the window imports it. */
import type { App } from '../state/app.svelte.ts'

export function droppedOn({ dialogs }: Pick<App, 'dialogs'>, event: DragEvent): void {
  const file = event.dataTransfer?.files[0]
  if (!file) return
  event.preventDefault()
  // The dialog reads it: it knows the limits, and explains a file that is neither OPML nor an archive.
  dialogs.show('import', { file })
}
