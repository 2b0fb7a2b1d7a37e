/** What the system tells the reader of new articles, and its words. Free of zod: the window shows notices, too. */

/** Text only: nothing of it is markup, and none of it has an address that a system would make a link of. */
export type ArticleNotice = {
  kind: 'article'
  articleId: number
  title: string
  source: string
  summary: string
  /** A signed path; null where the feed has no icon, or none may be shown. */
  icon: string | null
}
export type Notice = ArticleNotice | { kind: 'summary'; articles: number; feeds: number }

/** So that a later one takes the place of an earlier. */
export function noticeTag(notice: Notice): string {
  return notice.kind === 'article' ? articleTag(notice.articleId) : 'summary'
}

/** Of the notice of one article. */
export function articleTag(articleId: number): string {
  return `article-${articleId}`
}

export function noticeText(notice: Notice): { title: string; body: string } {
  if (notice.kind === 'article') {
    const { title, source, summary } = notice
    return { title, body: [source, summary].filter(Boolean).join('\n') }
  }
  const { articles, feeds } = notice
  const sources = feeds === 1 ? 'one feed' : `${feeds} feeds`
  return { title: 'Broadsheet', body: `${articles} new articles in ${sources}` }
}
