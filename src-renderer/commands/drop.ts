/** What may be dropped on the window: a file to import. */
import type { App } from '../state/app.svelte.ts'

export function droppedOn(app: App, event: DragEvent): void {
  const file = event.dataTransfer?.files[0]
  if (!file) return
  event.preventDefault()
  // The dialog reads it: it knows the largest size, the encodings, and the words where a file is neither.
  app.dialogs.show('import', { file })
}
