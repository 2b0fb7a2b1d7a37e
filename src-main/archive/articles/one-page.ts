/** One article as one HTML file that any browser opens, with its pictures in it: it asks nobody for anything. */
import { createHash } from 'node:crypto'
import render from 'dom-serializer'
import { escapeHtml } from '../../lib/escape.ts'
import { dayOf, directionOf, type LeavingArticle, languageTag, titleOf } from './leaving.ts'
import { pageStyle, runningHead } from './page-style.ts'
import { type AnyNode, type Element, element, isEmptyFigure, isTag, mediumAddress, nodesOf, text } from './tree.ts'

/** Holds even if something in the text had slipped through: no script runs, and no address is asked. */
function policyFor(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64')
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`
}

export function writeOnePage(article: LeavingArticle): string {
  const { author, feedTitle, url, language, publishedAt, categories } = article
  const title = escapeHtml(titleOf(article))
  const at = `<time datetime="${new Date(publishedAt).toISOString()}">${dayOf(article)}</time>`
  const byline = [author.trim() && `<bdi>${escapeHtml(author)}</bdi>`, at].filter(Boolean).join(' · ')
  const link =
    url === null ? '' : `<p class="address"><a href="${escapeHtml(url)}" rel="noreferrer">${escapeHtml(url)}</a></p>`
  const style = pageStyle + runningHead(feedTitle, titleOf(article))
  const tags = categories.length === 0 ? '' : `<meta name="keywords" content="${escapeHtml(categories.join(', '))}">\n`
  return `<!doctype html>
<html lang="${languageTag(language)}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policyFor(style))}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Broadsheet">
${author.trim() && `<meta name="author" content="${escapeHtml(author)}">\n`}${tags}${url === null ? '' : `<link rel="canonical" href="${escapeHtml(url)}">\n`}<title>${title}</title>
<style>${style}</style>
</head>
<body>
<article>
<header>
<p class="source"><bdi>${escapeHtml(feedTitle)}</bdi></p>
<h1 dir="auto">${title}</h1>
<p>${byline}</p>
${link}
</header>
<main dir="auto">
${bodyOf(article)}
</main>
</article>
</body>
</html>
`
}

function bodyOf({ html, pictures }: LeavingArticle): string {
  const addressOf = (src: string) => {
    const picture = pictures.get(src)
    if (picture) return `data:${picture.type};base64,${Buffer.from(picture.bytes).toString('base64')}`
    return src.startsWith('data:image/') ? src : null
  }
  return render(
    nodesOf(html).flatMap(node => contained(node, addressOf)),
    { encodeEntities: 'utf8' },
  )
}

/** The node without anything that is elsewhere: a missing picture is its words, a player is a link. */
function contained(node: AnyNode, addressOf: (src: string) => string | null): AnyNode[] {
  if (!isTag(node)) return [node]
  if (node.name === 'img') return pictureOf(node, addressOf(node.attribs.src ?? ''))
  if (node.name === 'audio' || node.name === 'video') return linkTo(mediumAddress(node))
  const children = node.children.flatMap(child => contained(child, addressOf))
  if (isEmptyFigure(node, children)) return []
  return [element(node.name, node.attribs, children)]
}

function pictureOf({ attribs }: Element, src: string | null): AnyNode[] {
  const { alt = '', width, height, title } = attribs
  if (src === null) return alt === '' ? [] : [element('i', {}, [text(alt)])]
  return [element('img', { src, alt, ...(width && { width }), ...(height && { height }), ...(title && { title }) }, [])]
}

function linkTo(address: string | null): AnyNode[] {
  return address === null ? [] : [element('a', { href: address, rel: 'noreferrer' }, [text(address)])]
}
