/** Extracts the article of a web page, as the reader view of a browser does: Readability over linkedom, then our sanitiser. */
import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
import { hostPort } from '../../http/private-address.ts'
import { cleanText } from '../../lib/text.ts'
import type { ExtractedPage, Failed } from '../documents.ts'
import { flatten } from '../sanitize/flatten.ts'
import { sanitizeHtml } from '../sanitize/sanitize.ts'
import { keepFormulas } from './formulas.ts'

/** Larger pages are no articles, and take seconds. */
const mostElements = 100_000
const largest = 10_000_000

const noArticle: Failed = { ok: false, failure: { reason: 'bad-answer', detail: 'no article found in the page' } }

/** The article of a decoded page; `url` is its address after redirects. Never fetches and runs no script. */
export function extractArticle(page: string, url: string): ExtractedPage | Failed {
  const found = read(page.slice(0, largest), url)
  if (!found) return noArticle
  const own = URL.parse(url)
  const { html, text, media } = sanitizeHtml(found.content, { base: found.base, privateHost: own && hostPort(own) })
  if (text === '' && media.length === 0) return noArticle
  return { ok: true, html, text, media, title: cleanText(found.title), byline: cleanText(found.byline, 300) }
}

type ExtractedContent = { content: string; base: string; title: string; byline: string }

function read(page: string, url: string): ExtractedContent | null {
  const { document } = parseHTML(whole(flatten(page)))
  const base = URL.parse(document.querySelector('base[href]')?.getAttribute('href') ?? '', url)?.href ?? url
  try {
    keepFormulas(document)
    // linkedom has all of the DOM that Readability uses.
    const reader = new Readability(document as unknown as Document, { maxElemsToParse: mostElements })
    const article = reader.parse()
    if (!article?.content) return null
    const { content, title, byline, dir, lang } = article
    return { content: withDirection(content, dir, lang), base, title: title ?? '', byline: byline ?? '' }
  } catch {
    // Too many elements, or an exception in Readability.
    return null
  }
}

/** Adds a missing `<html>` or `<body>`, as browsers do (HTML, 13.1.2.4): linkedom makes the first element the root. */
function whole(page: string): string {
  // All of the page is searched: MathJax puts more than 100 kB of styles into the head.
  if (/<body[\s>]/i.test(page)) return page
  const inHtml = /<html(?:\s[^>]{0,2000})?>/i.exec(page.slice(0, 100_000))
  if (!inHtml) return `<!doctype html><html><body>${page}</body></html>`
  const headEnd = /<\/head\s{0,9}>/i.exec(page)
  const at = headEnd ? headEnd.index + headEnd[0].length : inHtml.index + inHtml[0].length
  return `${page.slice(0, at)}<body>${page.slice(at)}`
}

/** Keeps the direction and language that the page's `<html>` declares. */
function withDirection(content: string, dir: string | null | undefined, lang: string | null | undefined): string {
  if (dir !== 'rtl' && !lang) return content
  const language = lang && /^[\w-]{1,35}$/.test(lang) ? ` lang="${lang}"` : ''
  return `<div${dir === 'rtl' ? ' dir="rtl"' : ''}${language}>${content}</div>`
}
