/** Hands a file that the engine has made to the browser, and says so. */
import { saveFile } from '../../lib/save-file.ts'
import { words } from '../../messages/reading/out.ts'
import type { App } from '../../state/app.svelte.ts'

export type Saving = Pick<App, 'actions' | 'engine' | 'toasts'>

/** `path`: where its bytes are asked for. `said` is told of the saved file, of so many bytes. */
type Offered = { name: string; path: string; said: (bytes: number) => string }

/** What takes longer than this (ms) is said to be under way. */
const silentFor = 600

/**
 * Saves what `make` makes; null where that was refused, which has been said then. `isFromMenu`: chosen in the application's menu,
 * whose host lets the page save without a click in it.
 */
export async function offerFile(
  { toasts }: Saving,
  page: Window,
  { make, isFromMenu = false }: { make: () => Promise<Offered | null>; isFromMenu?: boolean },
): Promise<void> {
  const say = words.saving
  const timer = page.setTimeout(() => toasts.add({ topic: 'save-as', text: say.making }), silentFor)
  try {
    const made = await make()
    if (!made) return toasts.dismissTopic('save-as')
    const content = await bytesAt(page, made.path)
    if (!content) return void toasts.add({ topic: 'save-as', kind: 'problem', text: say.failed })
    const save = () => saveFile(page, made.name, content)
    // Some browsers, and Electron, save nothing once the click is too long ago.
    const isAllowed = isFromMenu || (page.navigator.userActivation?.isActive ?? true)
    if (isAllowed) save()
    const action = isAllowed ? undefined : { label: say.save, run: save }
    toasts.add({ topic: 'save-as', text: isAllowed ? made.said(content.size) : say.ready(made.name), action })
  } finally {
    page.clearTimeout(timer)
  }
}

async function bytesAt(page: Window, path: string): Promise<Blob | null> {
  const answer = await page.fetch(path).catch(() => null)
  return answer?.ok ? answer.blob() : null
}
