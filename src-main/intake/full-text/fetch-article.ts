/** The article of a page, and of the pages that its publisher cut it into. */
import type { Failure } from '../../api/model.ts'
import type { ArticleDocument, ExtractedPage, Failed } from '../../feeds/documents.ts'
import { joinPages, mostPages } from '../../feeds/full-text/join-pages.ts'
import { fetchPage, type PageDeps, type PageRequest } from './fetch-page.ts'

export type ArticleDeps = PageDeps & {
  /** In a worker. Rejects only when the signal aborts. */
  extract(page: ArticleDocument): Promise<ExtractedPage | Failed>
}

/** `bytes` is what its pages took on the way; `url` where the first of them was found, or failed. */
export type FetchedArticle = { url: string; bytes: number } & (
  | { kind: 'article'; article: ExtractedPage }
  | { kind: 'failed'; failure: Failure }
)

/** `feedText`: what the feed gave of it, as plain text. Pages after the first that can't be had are left out. */
export async function fetchArticle(
  deps: ArticleDeps,
  request: PageRequest & { feedText: string },
): Promise<FetchedArticle> {
  const { feedText, ...place } = request
  const first = await readPage(deps, place, { feedText, number: 1 })
  if (first.kind === 'failed') return first
  const pages = [first.article]
  let { bytes } = first
  for (let next = first.article.nextPage; next !== null && pages.length < mostPages; ) {
    const read = await readPage(deps, { ...place, url: next }, { number: pages.length + 1 })
    bytes += read.bytes
    if (read.kind === 'failed') break
    pages.push(read.article)
    next = read.article.nextPage
  }
  return { ...first, bytes, article: joinPages(pages) }
}

async function readPage(
  deps: ArticleDeps,
  request: PageRequest,
  expected: Pick<ArticleDocument, 'feedText' | 'number'>,
): Promise<FetchedArticle> {
  const fetched = await fetchPage(deps, request)
  if (fetched.kind === 'failed') return { ...fetched, bytes: 0 }
  const { kind: _, ...document } = fetched
  const bytes = document.bytes.length
  const read = await deps.extract({ ...document, ...expected, asked: request.url })
  const { url } = document
  return read.ok
    ? { kind: 'article', article: read, url, bytes }
    : { kind: 'failed', failure: read.failure, url, bytes }
}
