/** Opening a headline: the article in the window, or its page in the browser, as its feed's reading options say. */
import { openOutside } from '../lib/open-outside.ts'
import type { App } from '../state/app.svelte.ts'
import { type Changing, toggleRead } from './changes.ts'

/**
 * What a click, Enter and o do. A page that opens in the browser marks its article read, as a deed of its own, and the article
 * is shown where that stands beside the list: back in the window, one can save or search what was read there. Where it would
 * cover the list, the list stays. Answers whether the article was opened here.
 */
export async function openHeadline(app: Changing & Pick<App, 'layout' | 'place'>, articleId: number): Promise<boolean> {
  const { headlines, layout, place } = app
  const row = headlines.rowOf(articleId)
  // Before anything is waited for: a browser opens a page for the press of a key or button only.
  if (!row?.opensPage || !row.url || !openOutside(row.url)) {
    await place.open(articleId)
    return true
  }
  headlines.selectedId = articleId
  headlines.keep(articleId)
  const marking = row.isRead ? undefined : toggleRead(app, row)
  if (layout.isArticleBeside) await place.open(articleId)
  await marking
  return false
}
