/** Does for the store what can be done beforehand: the thread that stores is the one that everything waits for. */
import type { ReadyArticle, ReadyFeed } from '../../feeds/parsed.ts'
import { pack } from '../db/compressed-html.ts'
import { forIndex } from '../folding/text.ts'
import { hashesOf } from '../identity/hashes.ts'

/**
 * Hashes the articles; and where that is not in vain, compresses their HTML and makes their text ready for the index, all in
 * one buffer that can be handed over.
 */
export function finishArticles(feed: ReadyFeed, isStored: boolean): ReadyFeed {
  return { ...feed, articles: isStored ? inOneBuffer(feed.articles.map(readyToStore)) : feed.articles.map(withHashes) }
}

function withHashes(article: ReadyArticle): ReadyArticle {
  const { html, text } = article
  return typeof html === 'string' ? { ...article, hashes: hashesOf(article, html, text) } : article
}

function readyToStore(article: ReadyArticle): ReadyArticle {
  const { html, text } = article
  if (typeof html !== 'string' || typeof text !== 'string') return article
  // Writing a text as UTF-8 costs more than what is done with it: once, for all of it.
  const htmlBytes = Buffer.from(html)
  const textBytes = Buffer.from(text)
  return {
    ...article,
    hashes: hashesOf(article, htmlBytes, textBytes),
    html: pack(htmlBytes),
    text: textBytes.length === text.length ? textBytes : indexed(text, textBytes),
  }
}

/** What is not all ASCII may be spelled otherwise in the index. */
function indexed(text: string, bytes: Uint8Array): Uint8Array {
  const spelled = forIndex(text)
  return spelled === text ? bytes : Buffer.from(spelled)
}

function inOneBuffer(articles: ReadyArticle[]): ReadyArticle[] {
  const size = articles.reduce((bytes, { html, text }) => bytes + sizeOf(html) + sizeOf(text), 0)
  const whole = new Uint8Array(size)
  let at = 0
  function moved<Text extends string | Uint8Array>(part: Text): Text | Uint8Array {
    if (typeof part === 'string') return part
    const place = whole.subarray(at, at + part.length)
    place.set(part)
    at += part.length
    return place
  }
  return articles.map(article => ({
    ...article,
    html: moved(article.html),
    text: moved(article.text),
  }))
}

function sizeOf(part: string | Uint8Array): number {
  return typeof part === 'string' ? 0 : part.length
}
