/** Finds copies by where the page of an article was found, and what the page says its address is (`rel=canonical`). */
import type { Enclosure } from '../../api/model.ts'
import { copyLink } from '../../stories/copies/copy-link.ts'
import { isCopyUnderOneLink } from '../../stories/copies/is-copy.ts'
import { plainStart } from '../db/compressed-html.ts'
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow } from '../db/prepared.ts'
import { linksOf } from '../identity/keys.ts'
import { articlesUnder, comparedLength, contentOf, countUnder, joinCopy, rememberLink } from './find-copies.ts'

/** Sites whose pages all name the same one would else leave no place for those whose own link it is. */
const mostPerLink = 4

/** A page as it was fetched. `links`: in the spelling of ReadyArticle.canonicalUrl; `text`: plain. */
export type FetchedPage = { links: string[]; text: string }

/**
 * Joins an article with the one of another feed that its page is, too; articles that come later are found by the links of the
 * page. Answers whether it has one more copy now. A page may name any address: title and text decide, as under a feed's link.
 */
export function joinByPage(db: WriteDb, articleId: number, page: FetchedPage): boolean {
  const join = db.transaction(() => {
    const links = foreignLinks(db, articleId, page.links)
    const firsts = links.map(link => copyUnder(db, articleId, link, page.text))
    for (const link of links) if (countUnder(db, link) < mostPerLink) rememberLink(db, link, articleId)
    const other = firsts.find(first => first !== null)
    return other ? joinCopy(db, Math.max(articleId, other), Math.min(articleId, other)) : false
  })
  return join.immediate()
}

/** Without those that the article had from its feed, and without front pages. */
function foreignLinks(db: ReadDb, articleId: number, links: string[]): string[] {
  const known = new Set(linksOf(db, articleId).map(copyLink))
  return [...new Set(links.map(copyLink))].filter(link => link !== null && !known.has(link)) as string[]
}

/** The text of the feed is compared as well as the page's: it may be what somebody writes about the page that they link to. */
function copyUnder(db: ReadDb, articleId: number, link: string, pageText: string): number | null {
  const own = compared(db, articleId)
  if (!own) return null
  const isCopy = (otherId: number): boolean => {
    const other = compared(db, otherId)
    return other !== null && [own, { ...own, text: pageText }].every(text => isCopyUnderOneLink(text, other))
  }
  return articlesUnder(db, link, { ...own, articleId }).find(({ id }) => isCopy(id))?.id ?? null
}

function compared(db: ReadDb, articleId: number) {
  const sql =
    'SELECT feed_id AS feedId, title, published_at AS publishedAt FROM articles WHERE id = ? AND is_hidden = 0'
  const article = getRow<{ feedId: number; title: string; publishedAt: number }>(db, sql, articleId)
  const content = contentOf(db, articleId)
  if (!article || !content) return null
  const enclosures = JSON.parse(content.enclosures) as Enclosure[]
  return { ...article, enclosures, text: plainStart(content.html, comparedLength) }
}
