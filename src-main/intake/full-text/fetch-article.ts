/** The article of a page, and of the pages that its publisher cut it into. */
import type { Failure, MissingPage } from '../../api/model.ts'
import type { ArticleDocument, ExtractedPage, Failed } from '../../feeds/documents.ts'
import { joinPages, mostPages } from '../../feeds/full-text/join-pages.ts'
import { fetchPage, type PageDeps, type PageRequest } from './fetch-page.ts'

export type ArticleDeps = PageDeps & {
  /** In a worker. Rejects only when the signal aborts. */
  extract(page: ArticleDocument): Promise<ExtractedPage | Failed>
}

/** `bytes` is what its pages took on the way; `url` where the first of them was found, or failed. */
export type FetchedArticle = { url: string; bytes: number } & (
  | { kind: 'article'; article: ExtractedPage; missing?: MissingPage }
  | { kind: 'failed'; failure: Failure }
)

/** `feedText`: what the feed gave of it, as plain text. A page after the first that can't be had ends it, and is named. */
export async function fetchArticle(
  deps: ArticleDeps,
  request: PageRequest & { feedText: string },
): Promise<FetchedArticle> {
  const { feedText, ...place } = request
  const first = await readPage(deps, place, { feedText, number: 1 })
  if (first.kind === 'failed') return first
  const rest = await readRest(deps, place, first.article)
  const article = joinPages([first.article, ...rest.pages])
  const missing = rest.missing ? { missing: rest.missing } : {}
  return { ...first, bytes: first.bytes + rest.bytes, article, ...missing }
}

type Rest = { pages: ExtractedPage[]; bytes: number; missing: MissingPage | null }

/** The pages after the first, as far as they can be had. One that says what another said is the end: the number was not read. */
async function readRest(deps: ArticleDeps, place: PageRequest, first: ExtractedPage): Promise<Rest> {
  const rest: Rest = { pages: [], bytes: 0, missing: null }
  const texts = new Set([first.text])
  for (let url = first.nextPage; url !== null; ) {
    const page = rest.pages.length + 2
    if (page > mostPages) return { ...rest, missing: { page, url, failure: null } }
    const read = await readPage(deps, { ...place, url }, { number: page })
    rest.bytes += read.bytes
    if (read.kind === 'failed')
      return { ...rest, missing: isOther(read.failure) ? null : { page, url, failure: read.failure } }
    if (texts.has(read.article.text)) break
    texts.add(read.article.text)
    rest.pages.push(read.article)
    url = read.article.nextPage
  }
  return rest
}

/** What is no article at all is no page of this one: a list, a film. */
function isOther(failure: Failure): boolean {
  return failure.reason === 'no-article' && failure.found === 'not-an-article'
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
