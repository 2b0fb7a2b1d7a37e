/** A digest that Broadsheet has written, as the only item of a feed, so that it is prepared as any article is. */
import type { SafeHtml } from '../../api/model.ts'
import { emptyFeed, emptyItem, type ReadyArticle } from '../parsed.ts'
import { prepareFeed } from './prepare.ts'

/** `marks`: which article each headline is of, in their order (headlineMark). */
export type WrittenDigest = { id: string; title: string; summary: string; html: string; marks: string[] }

export function prepareDigest({ id, title, summary, html, marks }: WrittenDigest): ReadyArticle {
  const item = { ...emptyItem, id, title, contentHtml: html }
  const address = 'http://localhost/'
  const { articles } = prepareFeed({ format: 'json', feed: emptyFeed, items: [item] }, { url: address, isOwn: true })
  // What it links to makes it no part of a story.
  const { links: _, ...article } = articles[0]!
  return { ...article, summary, html: withMarks(article.html as SafeHtml, marks) }
}

/**
 * Which article a headline is of: its id in this database, and when it was first seen, so that in another database it is taken
 * for no other. A link would not do: several feeds may have one, and some articles have none.
 */
export function headlineMark({ id, firstSeenAt }: { id: number; firstSeenAt: number }): string {
  return `${id}-${firstSeenAt}`
}

const headlineTag = /<h3(?=[ >])/g

/** As an attribute that no feed can have: the allow-list does not know it. */
function withMarks(html: SafeHtml, marks: string[]): SafeHtml {
  const isOneEach = html.match(headlineTag)?.length === marks.length
  if (!isOneEach || !marks.every(mark => /^\d{1,15}-\d{1,15}$/.test(mark))) return html
  let at = 0
  return html.replace(headlineTag, tag => `${tag} data-article="${marks[at++]}"`) as SafeHtml
}

type Headline = { mark: string; end: number }

/** The HTML without the marks, and where in it each headline that had one ends. */
export function withoutMarks(html: SafeHtml): { html: SafeHtml; headlines: Headline[] } {
  const headlines: Headline[] = []
  let removed = 0
  const plain = html.replace(
    /<h3 data-article="([\d-]{1,31})"(.*?<\/h3>)/gs,
    (whole, mark: string, rest: string, at: number) => {
      const kept = `<h3${rest}`
      headlines.push({ mark, end: at - removed + kept.length })
      removed += whole.length - kept.length
      return kept
    },
  )
  return { html: plain as SafeHtml, headlines }
}
