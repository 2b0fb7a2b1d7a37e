/** What tells an edited article from one that is only served again. Worked out in the workers, where there is time. */
import { hash } from 'node:crypto'
import type { ArticleHashes, ReadyArticle } from '../feeds/parsed.ts'

/** `html` is the article's HTML before it is compressed. */
export function hashesOf(article: ReadyArticle, html: string): ArticleHashes {
  const { guid, url, title, author, summary, text, image, updatedAt, categories, enclosures } = article
  return {
    whole: digest([guid, url, title, author, summary, html, image, updatedAt, categories, enclosures]),
    // Not a new address for an image, not another date.
    visible: digest([title, text]),
  }
}

function digest(parts: unknown[]): string {
  return hash('sha1', JSON.stringify(parts), 'base64').slice(0, 22)
}
