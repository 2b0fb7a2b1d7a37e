/** One article of an EPUB: its head, and its text as XHTML. */
import { escapeXml } from '../../lib/escape.ts'
import { dayOf, type LeavingArticle, languageTag, titleOf } from '../articles/leaving.ts'
import { xhtmlDocument } from './package.ts'
import { linkAddress } from './xhtml-attributes.ts'

/** `body` is XHTML. */
export function chapterDocument(article: LeavingArticle, body: string): string {
  const { author, feedTitle, url, language, publishedAt } = article
  const at = `<time datetime="${new Date(publishedAt).toISOString()}">${dayOf(article)}</time>`
  const byline = [author.trim() && `<bdi>${escapeXml(author)}</bdi>`, at].filter(Boolean).join(' · ')
  const address = url === null ? null : linkAddress(url)
  const source =
    address === null ? '' : `<p class="about"><a href="${escapeXml(address)}">${escapeXml(address)}</a></p>`
  return xhtmlDocument({
    title: titleOf(article),
    language: languageTag(language),
    body: `<article>
<header>
<p class="about"><bdi>${escapeXml(feedTitle)}</bdi></p>
<h1 dir="auto">${escapeXml(titleOf(article))}</h1>
<p class="about">${byline}</p>
${source}
</header>
<div dir="auto">
${body}
</div>
</article>`,
  })
}
