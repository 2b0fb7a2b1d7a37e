/** Saves an article, or several as a book, as a file of its own: the text that is shown, with its pictures. */
import type { Input, Output } from '../../api/contract/contract.ts'
import { type Article, type ArticleFormat, shownHtml } from '../../api/model.ts'
import { fileName, fileNameOf, type LeavingArticle } from '../../archive/articles/leaving.ts'
import { makeDownload } from '../../archive/downloads.ts'
import { boundsOfArticle, boundsOfBook, type LoadResource, picturesOf } from '../../archive/export-pictures.ts'
import { otherCalls } from '../../lib/chunks.ts'
import { NotFound } from '../../lib/refused.ts'
import type { Context } from '../context/context.ts'
import { readArticle } from '../context/read-article.ts'

const extensions: Record<ArticleFormat, string> = { html: 'html', markdown: 'md', epub: 'epub' }
/** Characters of HTML in a book: 200 long articles have a tenth of it, and it is held in memory. */
const longestBook = 30_000_000

type Shown = { article: Article; hasPictures: boolean }

export function makeExportArticle(context: Context, load: LoadResource) {
  const { maintenance, exportFolder, signer, now } = context

  async function offer(extension: string, fill: (file: string) => Promise<number>) {
    const { name, bytes } = await makeDownload(exportFolder, extension, fill)
    return { path: signer.export(name), bytes }
  }

  async function leaving(articles: Shown[], bounds: typeof boundsOfBook) {
    const shown = articles.filter(({ hasPictures }) => hasPictures).map(({ article }) => article)
    const texts = shown.map(article => ({ html: shownHtml(article), media: article.media }))
    const { byArticle, missing } = await picturesOf(texts, load, bounds)
    const pictures = new Map(shown.map((article, index) => [article, byArticle[index]]))
    const made = articles.map(({ article }) => leavingArticle(article, pictures.get(article) ?? new Map()))
    return { articles: made, missing }
  }

  return {
    async exportArticle(input: Input<'exportArticle'>): Promise<Output<'exportArticle'>> {
      const { articleId, format, loadsPictures } = input
      const article = readArticle(context, articleId)
      if (!article) throw new NotFound(`article ${articleId}`)
      // Markdown links to them where they are.
      const hasPictures = format !== 'markdown' && (loadsPictures ?? article.reading.pictures === 'load')
      const { articles, missing } = await leaving([{ article, hasPictures }], boundsOfArticle)
      const [only] = articles
      if (!only) throw new NotFound(`article ${articleId}`)
      const made = await offer(extensions[format], file =>
        maintenance.writeArticle({ article: only, format, file, at: now() }),
      )
      return { ...made, name: fileName(only, extensions[format]), missingPictures: missing }
    },

    async exportBook({ title, articleIds }: Input<'exportBook'>): Promise<Output<'exportBook'>> {
      const chosen = await readShown(context, articleIds)
      const { articles, missing } = await leaving(chosen, boundsOfBook)
      const made = await offer('epub', file => maintenance.writeBook({ articles, title, file, at: now() }))
      return { ...made, name: fileNameOf(title, 'epub'), articles: articles.length, missingPictures: missing }
    },
  }
}

/** As many of them as there is room for; those that are gone are left out. Other calls are answered meanwhile. */
async function readShown(context: Context, articleIds: number[]): Promise<Shown[]> {
  const chosen: Shown[] = []
  let length = 0
  for (const articleId of articleIds) {
    const article = readArticle(context, articleId)
    await otherCalls()
    if (!article) continue
    length += shownHtml(article).length
    if (length > longestBook) break
    chosen.push({ article, hasPictures: article.reading.pictures === 'load' })
  }
  if (chosen.length === 0) throw new NotFound('none of these articles')
  return chosen
}

function leavingArticle(article: Article, pictures: LeavingArticle['pictures']): LeavingArticle {
  const { title, author, feedTitle, url, publishedAt, updatedAt, language, categories } = article
  return {
    ...{ title, author, feedTitle, url, publishedAt, updatedAt, language, categories },
    html: shownHtml(article),
    pictures,
  }
}
