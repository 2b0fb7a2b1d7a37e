/** A digest as HTML that programs for mail show: styles stand at the elements, since many read no others. */
import render from 'dom-serializer'
import { type LeavingArticle, languageTag, type Picture, titleOf } from '../archive/articles/leaving.ts'
import { type AnyNode, type Element, element, isTag, nodesOf, text } from '../archive/articles/tree.ts'
import { escapeHtml } from '../lib/escape.ts'

/** As many pictures as are within this, from the top: many mailboxes take 10 MB, of which a third is for the encoding. */
const mostPictureBytes = 3_000_000

/** In px. */
const pictureWidth = 160

/** `cid`: by what the HTML shows it (RFC 2392). */
export type LetterPicture = Picture & { cid: string }

/** Colours are left to the program, which may be dark. */
const serif = "font-family: Charter, Georgia, 'Times New Roman', serif"
const sans = 'font-family: system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif'
const styles: Readonly<Record<string, string>> = {
  h2: `clear: both; margin: 0 0 8px; padding: 32px 0 6px; border-bottom: 1px solid #8886; font-size: 14px; line-height: 1.3; letter-spacing: 0.04em; ${sans}`,
  h3: `clear: both; margin: 0 0 2px; padding: 18px 0 0; font-size: 19px; line-height: 1.28; ${serif}`,
  p: `margin: 0 0 6px; font-size: 16px; line-height: 1.5; ${serif}`,
  small: `font-size: 13px; opacity: 0.75; ${sans}`,
  a: 'color: inherit; text-decoration: underline; text-decoration-color: #8888; text-underline-offset: 3px',
  // Beside the text where a program knows of floats, above it where it doesn't.
  figure: `float: right; width: ${pictureWidth}px; margin: 4px 0 12px 16px`,
  img: `display: block; width: ${pictureWidth}px; height: auto; border: 0`,
}

/** Those of the article that the letter has with it, by their addresses. */
export function lettersPictures({ pictures }: LeavingArticle): Map<string, LetterPicture> {
  const chosen = new Map<string, LetterPicture>()
  let left = mostPictureBytes
  for (const [address, picture] of pictures) {
    if (picture.bytes.length > left) continue
    left -= picture.bytes.length
    chosen.set(address, { ...picture, cid: `picture-${chosen.size + 1}@broadsheet` })
  }
  return chosen
}

export function letterHtml(article: LeavingArticle, pictures: ReadonlyMap<string, LetterPicture>): string {
  const title = escapeHtml(titleOf(article))
  const body = render(
    nodesOf(article.html).flatMap(node => styled(node, pictures)),
    { encodeEntities: 'utf8' },
  )
  return `<!doctype html>
<html lang="${languageTag(article.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
</head>
<body style="margin: 0; padding: 24px 16px 48px">
<div style="max-width: 600px; margin: 0 auto">
<h1 style="margin: 0; font-size: 28px; line-height: 1.15; ${serif}">${title}</h1>
${body}
</div>
</body>
</html>
`
}

function styled(node: AnyNode, pictures: ReadonlyMap<string, LetterPicture>): AnyNode[] {
  if (!isTag(node)) return [node]
  if (node.name === 'img') return pictureOf(node, pictures)
  const children = node.children.flatMap(child => styled(child, pictures))
  // A frame without its picture would be a gap.
  if (node.name === 'figure' && children.every(child => !isTag(child))) return []
  const style = styles[node.name]
  const { dir, href } = node.attribs
  const attributes = { ...(dir && { dir }), ...(href && { href }), ...(style && { style }) }
  return [element(node.name, attributes, children)]
}

function pictureOf({ attribs }: Element, pictures: ReadonlyMap<string, LetterPicture>): AnyNode[] {
  const picture = pictures.get(attribs.src ?? '')
  const { alt = '' } = attribs
  if (!picture) return alt === '' ? [] : [text(alt)]
  return [element('img', { src: `cid:${picture.cid}`, alt, width: `${pictureWidth}`, style: styles.img ?? '' }, [])]
}
