/** Saves an article as a file of its own. */
import type { Article, ArticleFormat } from '../../../src-main/api/model.ts'
import { words } from '../../messages/reading/out.ts'
import { offerFile, type Saving } from './offer-file.ts'

/** A PDF is made by the host, of the page that the engine makes (src-main/host/file-server.ts). */
export type FileFormat = ArticleFormat | 'pdf'

type Saved = { article: Article; format: FileFormat; loadsPictures: boolean; isFromMenu?: boolean }

export async function saveArticle(parts: Saving, page: Window, saved: Saved): Promise<void> {
  const { article, format, loadsPictures, isFromMenu } = saved
  const isPdf = format === 'pdf'
  const asked = { articleId: article.id, format: isPdf ? ('html' as const) : format, loadsPictures }
  await offerFile(parts, page, {
    isFromMenu,
    async make() {
      const made = await parts.actions.attempt(() => parts.engine.exportArticle(asked))
      if (!made) return null
      const name = isPdf ? made.name.replace(/html$/, 'pdf') : made.name
      const path = isPdf ? `${made.path}&as=pdf` : made.path
      return { name, path, said: bytes => words.saving.done(name, bytes, made.missingPictures) }
    },
  })
}
