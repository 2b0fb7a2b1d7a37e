/** What may be dropped on the window: an OPML file to import, an address to follow. */
import type { App } from './app.svelte.ts'

const largestFile = 20_000_000

export function droppedOn(app: App, event: DragEvent): void {
  const file = event.dataTransfer?.files[0]
  if (!file) return
  event.preventDefault()
  if (file.size > largestFile) return
  void file.text().then(text => app.openDialog('import', { text }))
}
