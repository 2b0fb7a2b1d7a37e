/** Saves an article as a file: the engine makes it, the window fetches it and hands it to the browser. */
import type { Article, ArticleFormat } from '../../../src-main/api/model.ts'
import { saveFile } from '../../lib/save-file.ts'
import { words } from '../../messages/reading/out.ts'
import type { App } from '../../state/app.svelte.ts'

type Saving = Pick<App, 'actions' | 'engine' | 'toasts'>

/** A PDF is made by the host, of the page that the engine makes (src-main/host/file-server.ts). */
export type FileFormat = ArticleFormat | 'pdf'

/** `isFromMenu`: chosen in the application's menu, whose host lets the page save without a click in it. */
type Saved = { article: Article; format: FileFormat; loadsPictures: boolean; isFromMenu?: boolean }

/** What takes longer than this (ms) is said to be under way. */
const silentFor = 600

export async function saveAs(
  { actions, engine, toasts }: Saving,
  page: Window,
  { article, format, loadsPictures, isFromMenu = false }: Saved,
): Promise<void> {
  const say = words.saving
  const timer = page.setTimeout(() => toasts.add({ topic: 'save-as', text: say.making }), silentFor)
  try {
    const isPdf = format === 'pdf'
    const asked = { articleId: article.id, format: isPdf ? ('html' as const) : format, loadsPictures }
    const made = await actions.attempt(() => engine.exportArticle(asked))
    if (!made) return toasts.dismissTopic('save-as')
    const content = await bytesAt(page, isPdf ? `${made.path}&as=pdf` : made.path)
    if (!content) return void toasts.add({ topic: 'save-as', kind: 'problem', text: say.failed })
    const name = isPdf ? made.name.replace(/html$/, 'pdf') : made.name
    const save = () => saveFile(page, name, content)
    const text = say.done(name, content.size, made.missingPictures)
    // Some browsers, and Electron, save nothing once the click is too long ago.
    const isAllowed = isFromMenu || (page.navigator.userActivation?.isActive ?? true)
    if (isAllowed) save()
    const action = isAllowed ? undefined : { label: say.save, run: save }
    toasts.add({ topic: 'save-as', text: isAllowed ? text : say.ready(name), action })
  } finally {
    page.clearTimeout(timer)
  }
}

async function bytesAt(page: Window, path: string): Promise<Blob | null> {
  const answer = await page.fetch(path).catch(() => null)
  return answer?.ok ? answer.blob() : null
}
