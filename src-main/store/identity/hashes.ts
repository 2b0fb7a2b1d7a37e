/** Content hashes, which distinguish an edited article from an unchanged one. Computed in the workers, where there is time. */
import { hash } from 'node:crypto'
import type { ArticleHashes, ReadyArticle } from '../../feeds/parsed.ts'

/**
 * The version of the sanitising rules, a prefix of the hash. Where it differs, HTML and text may differ although the publisher
 * has edited nothing.
 */
const rulesVersion = 4

type Described = Omit<ReadyArticle, 'html' | 'text' | 'hashes'>

/** `html` before it is compressed; both as text, or as its UTF-8. */
export function hashesOf(article: Described, html: string | Uint8Array, text: string | Uint8Array): ArticleHashes {
  const { guid, url, title, author, summary, image, updatedAt, categories, enclosures } = article
  return {
    whole: `${rulesVersion}.${digest([guid, url, title, author, summary, digestOf(html), image, updatedAt, categories, enclosures])}`,
    // A new address of a picture is no visible edit, nor is another date.
    visible: digest([title, digestOf(text)]),
  }
}

function digest(parts: unknown[]): string {
  return digestOf(JSON.stringify(parts))
}

function digestOf(data: string | Uint8Array): string {
  return hash('sha1', data, 'base64').slice(0, 22)
}

/** How a stored article differs from the one in its feed now, by the hashes of both. */
export function differenceOf(stored: { hash: string; visibleHash: string }, fresh: ArticleHashes): Difference {
  if (stored.hash === fresh.whole) return 'none'
  // An empty hash is that of an article whose text is to be stored again (wantTextAgain).
  const hasOtherRules = stored.hash !== '' && rulesOf(stored.hash) !== rulesOf(fresh.whole)
  if (hasOtherRules) return partOf(stored.hash) === partOf(fresh.whole) ? 'rules' : 'hidden'
  return stored.visibleHash === fresh.visible ? 'hidden' : 'visible'
}

/** `rules`: only the version of the sanitising rules. `visible`: an edit of the publisher's that a reader would notice. */
export type Difference = 'none' | 'rules' | 'hidden' | 'visible'

/** Hashes of the first rules have no version. */
function rulesOf(hashed: string): string {
  return hashed.includes('.') ? hashed.slice(0, hashed.indexOf('.')) : '1'
}

function partOf(hashed: string): string {
  return hashed.slice(hashed.indexOf('.') + 1)
}
