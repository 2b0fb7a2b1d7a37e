/** What the article's menu does that has no key of its own: everything that takes the article out of the window. */
import { type Article, shownHtml } from '../../src-main/api/model.ts'
import { shareAddress } from '../../src-main/api/names/share-template.ts'
import { type FileFormat, saveArticle } from '../commands/files/save-article.ts'
import { openShared } from '../lib/open-outside.ts'
import { articleName } from '../library/article-name.ts'
import { words } from '../messages/reading/sharing.ts'
import type { App } from '../state/app.svelte.ts'
import { articleBody } from './article-html.ts'
import { typesetFormulas } from './maths/typeset.ts'
import { printArticle } from './paper/print-article.ts'
import { dropRepeatedHead } from './text/repeated-head.ts'

/** `loadsPictures`: they are loaded in the window, and so they are for paper and files. */
export type OpenArticle = { article: Article; feedTitle: string; loadsPictures: boolean }

export type ArticleActs = {
  /** Opens the print dialog. `showsAddresses`: of links, after their words. */
  print(showsAddresses: boolean): void
  saveAs(format: FileFormat, isFromMenu?: boolean): void
  /** Opens the address of a template of the user's own. */
  share(template: string): void
}

export function articleActs(parts: Pick<App, 'actions' | 'engine' | 'toasts'>, open: OpenArticle): ArticleActs {
  const { article, feedTitle, loadsPictures } = open
  return {
    print(showsAddresses) {
      const body = articleBody(shownHtml(article), loadsPictures ? article.media : {})
      dropRepeatedHead(body, article)
      const print = () => printArticle(document, { article, feedTitle, body, showsAddresses })
      void Promise.resolve(typesetFormulas(body)).then(print)
    },
    share(template) {
      const { url } = article
      const address = url && shareAddress(template, { url, title: articleName(article), source: feedTitle })
      if (!openShared(address)) parts.toasts.add({ text: words.tooLong })
    },
    saveAs: (format, isFromMenu) => void saveArticle(parts, window, { article, format, loadsPictures, isFromMenu }),
  }
}
