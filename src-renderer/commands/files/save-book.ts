/** Saves what a list has as one EPUB, in its order, up to what a book holds. */
import type { View } from '../../../src-main/api/model.ts'
import { mostInBook } from '../../../src-main/api/reading/book.ts'
import { isUnfiltered } from '../../library/view.ts'
import { words } from '../../messages/reading/out.ts'
import type { App } from '../../state/app.svelte.ts'
import { offerFile, type Saving } from './offer-file.ts'

export type SavingBook = Saving & Pick<App, 'settings'>

/** Titles of the contract have 300 characters; longer ones are searches. */
const longestTitle = 300

/** `title` is the list's. Articles that the list leaves out, as read ones may be, are not in the book. */
export async function saveBook(
  parts: SavingBook,
  page: Window,
  { view, title }: { view: View; title: string },
): Promise<void> {
  const { actions, engine, settings, toasts } = parts
  const { unreadOnly, newestFirst } = settings.current
  await offerFile(parts, page, {
    async make() {
      const asked = { view, limit: mostInBook, unreadOnly: unreadOnly && !isUnfiltered(view) }
      const list = await actions.attempt(() => engine.headlines({ ...asked, oldestFirst: !newestFirst }))
      if (!list) return null
      const articleIds = list.rows.map(row => row.id)
      if (articleIds.length === 0) {
        toasts.add({ text: words.book.empty })
        return null
      }
      const made = await actions.attempt(() => engine.exportBook({ title: title.slice(0, longestTitle), articleIds }))
      if (!made) return null
      const isMore = list.next !== null || made.articles < articleIds.length
      const total = list.total !== null && list.total > made.articles ? list.total : null
      const said = (bytes: number) => words.book.done({ ...made, total, isMore }, bytes)
      return { name: made.name, path: made.path, said }
    },
  })
}
