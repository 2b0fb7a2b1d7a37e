/**
 * Extracts the article of a web page, as the reader view of a browser does: Readability over linkedom, then our sanitiser.
 * Where Readability finds nothing, or less than the feed gave, Defuddle tries (docs/benchmarks.md has how often each is right).
 */
import { Readability } from '@mozilla/readability'
import type { NoArticle } from '../../api/model.ts'
import { hostPort } from '../../http/private-address.ts'
import { cleanText, collapse } from '../../lib/text.ts'
import type { ArticleDocument, ExtractedPage, Failed } from '../documents.ts'
import { parseJson } from '../json.ts'
import { sanitizeHtml } from '../sanitize/sanitize.ts'
import { keepCodeLanguages } from './code-languages.ts'
import { keepFormulas } from './formulas.ts'
import { coverage, gaveMore } from './less.ts'
import { type Marks, marksOf } from './marks.ts'
import { nextPageAddress } from './next-page.ts'
import { baseOf, canonicalOf, type Page, parsePage } from './page.ts'
import { isMostlyLinks, notAnArticle } from './page-kind.ts'

/** Larger pages are no articles, and take seconds. */
const mostElements = 100_000
const largest = 10_000_000

type Expected = Pick<ArticleDocument, 'asked' | 'feedText' | 'number'>

type Reading = Pick<ExtractedPage, 'html' | 'text' | 'media' | 'title' | 'byline'>
const nothing: Reading = { html: '' as Reading['html'], text: '', media: [], title: '', byline: '' }

/** The article of a decoded page; `url` is its address after redirects. Never fetches and runs no script. */
export async function extractArticle(
  given: string,
  url: string,
  { asked = url, number = 1, ...expected }: Expected = {},
): Promise<ExtractedPage | Failed> {
  const source = given.slice(0, largest)
  const page = parsePage(source)
  const marks = marksOf(page)
  const nextPage = nextPageAddress(page, url, number)
  const canonical = canonicalOf(page, url)
  // The first of several pages may well have less of it than the feed.
  const feedText = nextPage === null ? collapse(expected.feedText ?? '') : ''
  const first = readWithReadability(page, url, marks) ?? nothing
  const kind = (found: Reading) => notAnArticle({ ...found, marks, page: source, url, asked })
  const firstKind = kind(first)
  if (firstKind !== null && firstKind !== 'not-an-article') return failed(firstKind, url)
  if (firstKind === null && isEnough(first, feedText)) return { ok: true, ...first, nextPage, canonical }

  const second = await readWithDefuddle(source, url, marks)
  const isBetter = second !== null && kind(second) === null && isWorthMore(second, first, feedText)
  const best = isBetter ? second : first
  if (!isBetter && firstKind !== null) return failed(firstKind, url)
  return gaveMore(feedText, best.text) ? failed('less-than-feed', url) : { ok: true, ...best, nextPage, canonical }
}

function failed(found: NoArticle, url: string): Failed {
  return { ok: false, failure: { reason: 'no-article', found, host: URL.parse(url)?.hostname ?? '' } }
}

function isEnough({ text }: Reading, feedText: string): boolean {
  return !gaveMore(feedText, text) && (feedText === '' || coverage(feedText, text) >= 0.5)
}

/** What the feed says is the only hint of where the article is; without it, Defuddle answers the menu of an empty page. */
function isWorthMore(second: Reading, first: Reading, feedText: string): boolean {
  if (feedText !== '') return coverage(feedText, second.text) > Math.max(0.5, coverage(feedText, first.text))
  return first.text === '' && second.text.length > 250 && !isMostlyLinks(second.html)
}

function readWithReadability(page: Page, url: string, marks: Marks): Reading | null {
  const base = baseOf(page, url)
  try {
    keepFormulas(page)
    keepCodeLanguages(page)
    // linkedom has all of the DOM that Readability uses.
    const article = new Readability(page as unknown as Document, { maxElemsToParse: mostElements }).parse()
    if (!article?.content) return null
    const { content, title, byline, dir, lang } = article
    // Of a page without a `<head>` it finds no title.
    return sanitized(withDirection(content, dir, lang), title || marks.title, byline ?? '', { base, url })
  } catch {
    // Too many elements, or an exception in Readability.
    return null
  }
}

/** Four times the work of Readability, and 330 kB: loaded when it is first needed. */
async function readWithDefuddle(source: string, url: string, { title }: Marks): Promise<Reading | null> {
  const { default: Defuddle } = await import('defuddle')
  const page = parsePage(source)
  const base = baseOf(page, url)
  try {
    keepFormulas(page)
    keepCodeLanguages(page)
    if (page.querySelectorAll('*').length > mostElements) return null
    removeBrokenData(page)
    const found = new Defuddle(page as unknown as Document, { url }).parse()
    const root = page.documentElement
    const content = withDirection(found.content, root?.getAttribute('dir'), root?.getAttribute('lang'))
    return sanitized(content, found.title || title, found.author, { base, url })
  } catch {
    return null
  }
}

/** JSON-LD that is no JSON: Defuddle would write an error for each to the log. */
function removeBrokenData(page: Page): void {
  for (const script of page.querySelectorAll('script[type="application/ld+json"]'))
    if (parseJson(script.textContent ?? '') === undefined) script.remove()
}

type Place = { base: string; url: string }

function sanitized(content: string, title: string, byline: string, { base, url }: Place): Reading | null {
  const own = URL.parse(url)
  const { html, text, media } = sanitizeHtml(content, { base, privateHost: own && hostPort(own) })
  if (text === '' && media.length === 0) return null
  return { html, text, media, title: cleanText(title), byline: cleanText(byline, 300) }
}

/** Keeps the direction and language that the page's `<html>` declares. */
function withDirection(content: string, dir: string | null | undefined, lang: string | null | undefined): string {
  if (dir !== 'rtl' && !lang) return content
  const language = lang && /^[\w-]{1,35}$/.test(lang) ? ` lang="${lang}"` : ''
  return `<div${dir === 'rtl' ? ' dir="rtl"' : ''}${language}>${content}</div>`
}
