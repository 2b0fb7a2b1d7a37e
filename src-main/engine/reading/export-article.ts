/** One article as a file of its own: the text that is shown, with its pictures. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Input, Output } from '../../api/contract/contract.ts'
import type { OpenedRecording, Resource } from '../../api/engine-thread.ts'
import { type Article, type ArticleFormat, shownHtml } from '../../api/model.ts'
import type { LeavingArticle } from '../../archive/articles/leaving.ts'
import { fileName } from '../../archive/articles/leaving.ts'
import { deleteLater } from '../../archive/downloads.ts'
import { NotFound } from '../../lib/refused.ts'
import type { Context } from '../context/context.ts'
import { readArticle } from '../context/read-article.ts'
import { picturesOf } from './export-pictures.ts'

export type LoadResource = (path: string) => Promise<Resource | OpenedRecording>

const extensions: Record<ArticleFormat, string> = { html: 'html', markdown: 'md', epub: 'epub' }

/** `load` answers what a window gets at a signed path. */
export function makeExportArticle(context: Context, load: LoadResource) {
  const { maintenance, exportFolder, signer, now } = context

  return {
    async exportArticle({
      articleId,
      format,
      loadsPictures,
    }: Input<'exportArticle'>): Promise<Output<'exportArticle'>> {
      const article = readArticle(context, articleId)
      if (!article) throw new NotFound(`article ${articleId}`)
      // Markdown links to them where they are.
      const hasPictures = format !== 'markdown' && (loadsPictures ?? article.reading.pictures === 'load')
      const { pictures, missing } = hasPictures ? await picturesOf(article, load) : { pictures: new Map(), missing: 0 }
      const name = `article-${randomBytes(8).toString('hex')}.${extensions[format]}`
      const file = join(exportFolder, name)
      const leaving: LeavingArticle = { ...aboutOf(article), html: shownHtml(article), pictures }
      const bytes = await maintenance.writeArticle({ article: leaving, format, file, at: now() })
      deleteLater(file)
      return { path: signer.export(name), bytes, name: fileName(leaving, extensions[format]), missingPictures: missing }
    },
  }
}

function aboutOf({ title, author, feedTitle, url, publishedAt, updatedAt, language, categories }: Article) {
  return { title, author, feedTitle, url, publishedAt, updatedAt, language, categories }
}
