/** A web page that is saved by its address, as the only item of a feed, so that it is prepared as any article is. */
import type { ExtractedPage } from '../documents.ts'
import { emptyFeed, emptyItem, type ReadyArticle } from '../parsed.ts'
import { prepareFeed } from './prepare.ts'

/** `url` is the page's address after redirects. */
export function preparePage({ html, title, byline }: ExtractedPage, url: string): ReadyArticle {
  const item = {
    ...emptyItem,
    id: url,
    title: title || (URL.parse(url)?.hostname ?? url),
    link: url,
    authors: byline === '' ? [] : [{ name: byline, email: '', url: '' }],
    contentHtml: html,
  }
  const { articles } = prepareFeed({ format: 'json', feed: emptyFeed, items: [item] }, { url, isOwn: true })
  return articles[0]!
}
