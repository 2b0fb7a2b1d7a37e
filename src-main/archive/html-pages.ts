/** Saved articles as web pages that can be read without Broadsheet: no scripts, and nothing that asks the web but pictures that are not kept. */
import { createHash } from 'node:crypto'
import { escapeHtml } from '../lib/escape.ts'
import { slugOf } from './articles/leaving.ts'
import { pictureAddresses } from './articles/tree.ts'
import type { ExportedArticle } from './format.ts'

const style = `
:root { color-scheme: light dark }
body { max-width: 40rem; margin: 3rem auto; padding: 0 1.25rem; font: 1.125rem/1.6 Georgia, 'Times New Roman', serif }
h1 { line-height: 1.2 }
header p, footer, li small { font: 0.875rem/1.4 system-ui, sans-serif; opacity: 0.75 }
img, video { max-width: 100%; height: auto }
pre { overflow-x: auto }
table { display: block; overflow-x: auto }
`

const styleHash = createHash('sha256').update(style).digest('base64')
/**
 * The stored HTML is sanitised; this holds even if it were not. Pictures of the archive are beside the page, as files ('self' is
 * for a server that somebody puts it on). The web is asked for others only where the page shows some.
 */
function policyFor(html: string): string {
  const isWebAsked = pictureAddresses(html).length > 0
  return [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    `img-src 'self' file: data:${isWebAsked ? ' https:' : ''}`,
    'media-src https:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** `0001-a-title.html`; with a number before it, no name is one that Windows keeps for itself (CON). `number` starts at 1. */
export function pageName(number: number, title: string): string {
  return `${String(number).padStart(4, '0')}-${slugOf(title)}.html`
}

/** One article. `html` must be sanitised. */
export function articlePage(article: Omit<ExportedArticle, 'html'> & { html: string; language: string }): string {
  const { title, author, feedTitle, url, publishedAt, language } = article
  const source = url === null ? '' : `<p><a href="${escapeHtml(url)}" rel="noreferrer">${escapeHtml(url)}</a></p>`
  const byline = [author, feedTitle].filter(part => part !== '').map(escapeHtml)
  return page({
    title: title || feedTitle,
    language,
    body: `<article>
<header>
<h1>${escapeHtml(title || feedTitle)}</h1>
<p>${[...byline, dateOf(publishedAt)].join(' · ')}</p>
${source}
</header>
<div dir="auto">
${article.html}
</div>
</article>`,
  })
}

export type IndexEntry = { name: string; title: string; feedTitle: string; publishedAt: string }

/** The list of all pages. `left` articles have no page of their own. `at` is ms. */
export function indexPage(entries: IndexEntry[], { at, left }: { at: number; left: number }): string {
  const items = entries.map(
    ({ name, title, feedTitle, publishedAt }) =>
      `<li><a href="saved/${encodeURIComponent(name)}">${escapeHtml(title || feedTitle)}</a><br>
<small>${escapeHtml(feedTitle)} · ${dateOf(publishedAt)}</small></li>`,
  )
  const more = left > 0 ? `<p>${left} more are in saved.json.</p>` : ''
  return page({
    title: 'Saved articles',
    language: 'en',
    body: `<h1>Saved articles</h1>
<ol>
${items.join('\n')}
</ol>
${more}
<footer>Exported by Broadsheet, ${dateOf(new Date(at).toISOString())}. The same articles for programs: saved.json.</footer>`,
  })
}

function page({ title, language, body }: { title: string; language: string; body: string }): string {
  return `<!doctype html>
<html${language === '' ? '' : ` lang="${escapeHtml(language)}"`}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policyFor(body))}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`
}

function dateOf(iso: string): string {
  return `<time datetime="${escapeHtml(iso)}">${escapeHtml(iso.slice(0, 10))}</time>`
}
