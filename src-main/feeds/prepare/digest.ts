/** A digest that Broadsheet has written, as the only item of a feed, so that it is prepared as any article is. */
import { emptyFeed, emptyItem, type ReadyArticle } from '../parsed.ts'
import { prepareFeed } from './prepare.ts'

export type WrittenDigest = { id: string; title: string; summary: string; html: string }

export function prepareDigest({ id, title, summary, html }: WrittenDigest): ReadyArticle {
  const item = { ...emptyItem, id, title, contentHtml: html }
  const address = 'http://localhost/'
  const { articles } = prepareFeed({ format: 'json', feed: emptyFeed, items: [item] }, { url: address, isOwn: true })
  // What it links to makes it no part of a story.
  const { links: _, ...article } = articles[0]!
  return { ...article, summary }
}
