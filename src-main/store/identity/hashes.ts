/** What tells an edited article from one that is only served again. Worked out in the workers, where there is time. */
import { hash } from 'node:crypto'
import type { ArticleHashes, ReadyArticle } from '../../feeds/parsed.ts'

/**
 * Counts up when the rules of sanitising change. What an article is under other rules is no edit of its publisher's, though
 * its HTML and its text may be others: the hash says by which rules it was made.
 */
export const sanitizeRules = 2

type Described = Omit<ReadyArticle, 'html' | 'text' | 'hashes'>

/** `html` before it is compressed; both as text, or as its UTF-8. */
export function hashesOf(article: Described, html: string | Uint8Array, text: string | Uint8Array): ArticleHashes {
  const { guid, url, title, author, summary, image, updatedAt, categories, enclosures } = article
  return {
    whole: `${sanitizeRules}.${digest([guid, url, title, author, summary, digestOf(html), image, updatedAt, categories, enclosures])}`,
    // Not a new address for an image, not another date.
    visible: digest([title, digestOf(text)]),
  }
}

function digest(parts: unknown[]): string {
  return digestOf(JSON.stringify(parts))
}

function digestOf(data: string | Uint8Array): string {
  return hash('sha1', data, 'base64').slice(0, 22)
}

/** How an article as it is stored differs from one that comes again, by the hashes of both. */
export function differenceOf(stored: { hash: string; visibleHash: string }, told: ArticleHashes): Difference {
  if (stored.hash === told.whole) return 'none'
  // Nothing is known of one whose hash was taken away, so that it is stored anew.
  const isUnderOtherRules = stored.hash !== '' && rulesOf(stored.hash) !== rulesOf(told.whole)
  if (isUnderOtherRules) return partOf(stored.hash) === partOf(told.whole) ? 'rules' : 'hidden'
  return stored.visibleHash === told.visible ? 'hidden' : 'visible'
}

/** `rules`: none but that it was sanitised by other rules. `visible`: a reader would notice, and it is the publisher's doing. */
export type Difference = 'none' | 'rules' | 'hidden' | 'visible'

/** Before they were told, they were the first. */
function rulesOf(hashed: string): string {
  return hashed.includes('.') ? hashed.slice(0, hashed.indexOf('.')) : '1'
}

function partOf(hashed: string): string {
  return hashed.slice(hashed.indexOf('.') + 1)
}
