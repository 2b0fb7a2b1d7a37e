/** A web page that is saved by its address, as the only item of a feed, so that it is prepared as any article is. */
import type { ExtractedPage } from '../documents.ts'
import { emptyFeed, type ReadyArticle } from '../parsed.ts'
import { prepareFeed } from './prepare.ts'

/** `url` is the page's address after redirects. */
export function preparePage({ html, title, byline }: ExtractedPage, url: string): ReadyArticle {
  const item = {
    id: url,
    title: title || (URL.parse(url)?.hostname ?? url),
    link: url,
    originalLink: null,
    authors: byline === '' ? [] : [{ name: byline, email: '', url: '' }],
    publishedAt: null,
    updatedAt: null,
    summaryHtml: '',
    contentHtml: html,
    categories: [],
    enclosures: [],
    image: null,
    player: null,
    isEpisode: false,
    commentsUrl: null,
    commentsCount: null,
    durationSeconds: null,
  }
  const { articles } = prepareFeed({ format: 'json', feed: emptyFeed, items: [item] }, { url, isOwn: true })
  return articles[0]!
}
