/** Hashes and compresses articles in the worker, because the thread that stores them is the bottleneck. */

import { forIndex } from '../../api/search/folding.ts'
import type { ReadyArticle } from '../../feeds/parsed.ts'
import { pack } from '../db/compressed-html.ts'
import { hashesOf } from '../identity/hashes.ts'

/**
 * Hashes the articles; where they will all be stored (`isNew`), also compresses their HTML and folds their text for the
 * index, all in one buffer that can be transferred. Where most are known already, that would be in vain.
 */
export function packArticles(articles: ReadyArticle[], isNew: boolean): ReadyArticle[] {
  return isNew ? inOneBuffer(articles.map(packed)) : articles.map(hashed)
}

function hashed(article: ReadyArticle): ReadyArticle {
  const { html, text } = article
  return typeof html === 'string' ? { ...article, hashes: hashesOf(article, html, text) } : article
}

function packed(article: ReadyArticle): ReadyArticle {
  const { html, text } = article
  if (typeof html !== 'string' || typeof text !== 'string') return article
  // Encoding a text as UTF-8 costs more than what is done with it: once, for hash and compression alike.
  const htmlBytes = Buffer.from(html)
  const textBytes = Buffer.from(text)
  return {
    ...article,
    hashes: hashesOf(article, htmlBytes, textBytes),
    html: pack(htmlBytes),
    // ASCII needs no folding.
    text: textBytes.length === text.length ? textBytes : foldedBytes(text, textBytes),
  }
}

function foldedBytes(text: string, bytes: Uint8Array): Uint8Array {
  const folded = forIndex(text)
  return folded === text ? bytes : Buffer.from(folded)
}

function inOneBuffer(articles: ReadyArticle[]): ReadyArticle[] {
  const size = articles.reduce((bytes, { html, text }) => bytes + sizeOf(html) + sizeOf(text), 0)
  const whole = new Uint8Array(size)
  let end = 0
  function moved<Text extends string | Uint8Array>(part: Text): Text | Uint8Array {
    if (typeof part === 'string') return part
    const place = whole.subarray(end, end + part.length)
    place.set(part)
    end += part.length
    return place
  }
  return articles.map(article => ({ ...article, html: moved(article.html), text: moved(article.text) }))
}

function sizeOf(part: string | Uint8Array): number {
  return typeof part === 'string' ? 0 : part.length
}
