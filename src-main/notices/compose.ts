/** What is shown of the articles that the reader is to be told of. */
import type { Notice } from '../api/notices.ts'

/** With more articles than this, one notice says how many. */
const mostSingle = 3
const longestTitle = 120
const longestSummary = 200

export type ToldArticle = {
  id: number
  feedId: number
  title: string
  source: string
  summary: string
  icon: string | null
}

/** `mostFollowed`: of more articles than this nobody will say which have been read. */
export function composeNotices(articles: ToldArticle[], mostFollowed: number): Notice[] {
  if (articles.length > mostSingle) {
    const articleIds = articles.length <= mostFollowed ? articles.map(({ id }) => id) : []
    const feeds = new Set(articles.map(({ feedId }) => feedId)).size
    return [{ kind: 'summary', articles: articles.length, feeds, articleIds }]
  }
  return articles.map(({ id, title, source, summary, icon }) => ({
    kind: 'article' as const,
    articleId: id,
    title: plainText(title, longestTitle) || plainText(summary, longestTitle) || plainText(source, longestTitle),
    source: plainText(source, longestTitle),
    summary: title ? plainText(summary, longestSummary) : '',
    icon,
  }))
}

/** One line, without control characters and what turns the direction of text, and without addresses: systems link them. */
export function plainText(text: string, longest: number): string {
  const line = text
    .replace(/\p{Cc}|\p{Zl}|\p{Zp}/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.|mailto:)\S+/gi, '…')
    .replace(/\s+/g, ' ')
    .trim()
  const letters = [...line]
  return letters.length > longest
    ? `${letters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : line
}
