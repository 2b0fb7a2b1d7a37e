/** Finds the article in a web page, as a reader's view does: Readability over linkedom, then our own sanitiser. */
import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import type { Failure } from '../../api/model.ts'
import type { Sanitize } from '../feeds/prepare.ts'
import { cleanText } from '../feeds/sanitize-text.ts'
import type { ExtractedPage } from '../work/task-types.ts'

export type ExtractOptions = {
  /** Where the page came from in the end. */
  url: string
  sanitize: Sanitize
}

/** The article of a page already decoded. Never fetches. A page without one is the failure `bad-answer`. */
export function extractArticle(
  page: string,
  { url, sanitize }: ExtractOptions,
): ExtractedPage | { ok: false; failure: Failure } {
  const { document } = parseHTML(page)
  const article = new Readability(document as unknown as Document, { keepClasses: false }).parse()
  if (!article?.content) return { ok: false, failure: { reason: 'bad-answer', detail: 'no article found' } }
  const { html, text, media } = sanitize(article.content, { base: url, privateHost: null })
  return {
    ok: true,
    html,
    text,
    media,
    title: cleanText(article.title ?? ''),
    byline: cleanText(article.byline ?? '', 300),
  }
}
