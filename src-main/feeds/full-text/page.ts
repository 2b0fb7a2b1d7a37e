/** A web page as a document: linkedom's, with what a browser would add to it. It runs no script and loads nothing. */
import { parseHTML } from 'linkedom'
import { flatten } from '../sanitize/flatten.ts'

export type Page = ReturnType<typeof parseHTML>['document']
export type PageElement = NonNullable<ReturnType<Page['querySelector']>>

export function parsePage(html: string): Page {
  return parseHTML(whole(flatten(html))).document
}

/** What relative addresses of the page are relative to. */
export function baseOf(page: Page, url: string): string {
  return URL.parse(page.querySelector('base[href]')?.getAttribute('href') ?? '', url)?.href ?? url
}

/** Null where the head of the page names no web address, or several. */
export function canonicalOf(page: Page, url: string): string | null {
  const links = [...page.querySelectorAll('head link[rel][href]')].filter(link =>
    /(?:^|\s)canonical(?:\s|$)/i.test(link.getAttribute('rel') ?? ''),
  )
  const base = baseOf(page, url)
  const addresses = new Set(links.map(link => URL.parse(link.getAttribute('href') ?? '', base)?.href))
  const [address = null] = addresses
  return addresses.size === 1 ? address : null
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
