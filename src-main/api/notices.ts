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
/** `articleIds`: all of them, or none where there are too many to follow whether they are read: it then stays until it is clicked. */
export type SummaryNotice = { kind: 'summary'; articles: number; feeds: number; articleIds: number[] }
export type Notice = ArticleNotice | SummaryNotice

/** So that a later one takes the place of an earlier. */
export function noticeTag(notice: Notice): string {
  return notice.kind === 'article' ? `article-${notice.articleId}` : 'summary'
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
