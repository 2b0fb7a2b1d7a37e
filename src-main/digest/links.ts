/**
 * Where the articles of a digest lead: to their own pages, so that a file or a mail leads there. The window opens what is in
 * its library instead (store/digest/linked.ts).
 */

import type { DigestArticle } from '../store/digest/candidates.ts'
import { localLink } from '../store/digest/linked.ts'

export function linkOf(article: DigestArticle): string | null {
  if (article.url !== null) return article.url
  const site = article.siteUrl ?? article.feedUrl
  return /^https?:/i.test(site) ? localLink(site, article) : null
}
