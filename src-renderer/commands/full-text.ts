/** Switches between the text of the feed and that of the article's page, which is fetched where it is not there. */
import { words } from '../messages/commands.ts'
import type { App } from '../state/app.svelte.ts'

type Parts = Pick<App, 'actions' | 'engine' | 'fullTexts' | 'reader' | 'toasts'>

export async function toggleFullText(app: Parts): Promise<void> {
  const { article } = app.reader
  if (!article) return void app.toasts.add({ text: words.done.noArticle })
  const { id: articleId, fullText, isFullTextShown } = article
  if (fullText?.kind === 'text') {
    await app.actions.attempt(() => app.engine.showFullText({ articleId, isFull: !isFullTextShown }))
  } else if (article.url) await app.actions.attempt(() => app.fullTexts.fetch(articleId))
  else app.toasts.add({ text: words.done.noLink })
}
