/** A digest that Broadsheet has written, as the only item of a feed, so that it is prepared as any article is. */
import { emptyFeed, type ReadyArticle } from '../parsed.ts'
import { prepareFeed } from './prepare.ts'

export type WrittenDigest = { id: string; title: string; summary: string; html: string }

export function prepareDigest({ id, title, summary, html }: WrittenDigest): ReadyArticle {
  const item = {
    id,
    title,
    link: null,
    originalLink: null,
    authors: [],
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
  const address = 'http://localhost/'
  const feed = { ...emptyFeed, title: '' }
  const { articles } = prepareFeed({ format: 'json', feed, items: [item] }, { url: address, isOwn: true })
  // What it links to makes it no part of a story.
  const { links: _, ...article } = articles[0]!
  return { ...article, summary }
}
