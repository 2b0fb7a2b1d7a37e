/** Does for the store what can be done beforehand: the thread that stores is the one that everything waits for. */
import type { ReadyArticle, ReadyFeed } from '../feeds/parsed.ts'
import { hashesOf } from '../store/article-hashes.ts'
import { pack } from '../store/packed-text.ts'

/** Hashes the articles; and compresses them where that is not in vain, all into one buffer that can be handed over. */
export function finishArticles(feed: ReadyFeed, isStored: boolean): ReadyFeed {
  const articles = feed.articles.map(withHashes)
  return { ...feed, articles: isStored ? packed(articles) : articles }
}

function withHashes(article: ReadyArticle): ReadyArticle {
  return typeof article.html === 'string' ? { ...article, hashes: hashesOf(article, article.html) } : article
}

function packed(articles: ReadyArticle[]): ReadyArticle[] {
  const parts = articles.map(({ html }) => (typeof html === 'string' ? pack(html) : html))
  const whole = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0))
  let at = 0
  return articles.map((article, index) => {
    const part = parts[index]!
    const html = whole.subarray(at, at + part.length)
    html.set(part)
    at += part.length
    return { ...article, html }
  })
}
