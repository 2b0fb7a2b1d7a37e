/** What tells an edited article from one that is only served again. Worked out in the workers, where there is time. */
import { hash } from 'node:crypto'
import type { ArticleHashes, ReadyArticle } from '../feeds/parsed.ts'

type Described = Omit<ReadyArticle, 'html' | 'text' | 'hashes'>

/** `html` before it is compressed; both as text, or as its UTF-8. */
export function hashesOf(article: Described, html: string | Uint8Array, text: string | Uint8Array): ArticleHashes {
  const { guid, url, title, author, summary, image, updatedAt, categories, enclosures } = article
  return {
    whole: digest([guid, url, title, author, summary, digestOf(html), image, updatedAt, categories, enclosures]),
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
