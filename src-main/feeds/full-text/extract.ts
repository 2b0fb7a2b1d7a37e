/** Finds the article in a web page, as a reader's view does: Readability over linkedom, then our own sanitiser. */
import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import type { Failure } from '../../api/model.ts'
import { hostPort } from '../../http/private-address.ts'
import { cleanText } from '../../lib/text.ts'
import type { ExtractedPage } from '../documents.ts'
import type { Sanitize } from '../prepare/prepare.ts'
import { flatten } from '../sanitize/flatten.ts'
import { keepFormulas } from './formulas.ts'

export type ExtractOptions = {
  /** Where the page came from in the end. */
  url: string
  sanitize: Sanitize
}

/** Pages beyond this are no articles, and cost seconds. */
const mostElements = 100_000
const largest = 10_000_000

/** The article of a page already decoded. Never fetches, runs no script. A page without one is the failure `bad-answer`. */
export function extractArticle(
  page: string,
  { url, sanitize }: ExtractOptions,
): ExtractedPage | { ok: false; failure: Failure } {
  const found = read(page.slice(0, largest), url)
  if (!found) return { ok: false, failure: { reason: 'bad-answer', detail: 'no article found in the page' } }
  const own = URL.parse(url)
  const { html, text, media } = sanitize(found.content, { base: found.base, privateHost: own && hostPort(own) })
  if (text === '' && media.length === 0) {
    return { ok: false, failure: { reason: 'bad-answer', detail: 'no article found in the page' } }
  }
  return { ok: true, html, text, media, title: cleanText(found.title), byline: cleanText(found.byline, 300) }
}

type Found = { content: string; base: string; title: string; byline: string }

function read(page: string, url: string): Found | null {
  const { document } = parseHTML(whole(flatten(page)))
  const base = URL.parse(document.querySelector('base[href]')?.getAttribute('href') ?? '', url)?.href ?? url
  try {
    keepFormulas(document)
    // linkedom is as much of a DOM as Readability asks for.
    const reader = new Readability(document as unknown as Document, { maxElemsToParse: mostElements })
    const article = reader.parse()
    if (!article?.content) return null
    const { content, title, byline, dir, lang } = article
    return { content: withDirection(content, dir, lang), base, title: title ?? '', byline: byline ?? '' }
  } catch {
    // Too many elements, or a page that Readability stumbles over.
    return null
  }
}

/** linkedom takes the first element of a page for its root; browsers add what publishers leave out (HTML, 13.1.2.4). */
function whole(page: string): string {
  // MathJax puts more than a hundred kilobytes of styles into the head.
  if (/<body[\s>]/i.test(page)) return page
  const inHtml = /<html(?:\s[^>]{0,2000})?>/i.exec(page.slice(0, 100_000))
  if (!inHtml) return `<!doctype html><html><body>${page}</body></html>`
  const headEnd = /<\/head\s{0,9}>/i.exec(page)
  const at = headEnd ? headEnd.index + headEnd[0].length : inHtml.index + inHtml[0].length
  return `${page.slice(0, at)}<body>${page.slice(at)}`
}

/** What the page said of its whole text would be lost with its `<html>`. */
function withDirection(content: string, dir: string | null | undefined, lang: string | null | undefined): string {
  if (dir !== 'rtl' && !lang) return content
  const language = lang && /^[\w-]{1,35}$/.test(lang) ? ` lang="${lang}"` : ''
  return `<div${dir === 'rtl' ? ' dir="rtl"' : ''}${language}>${content}</div>`
}
