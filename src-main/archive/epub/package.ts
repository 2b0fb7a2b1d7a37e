/** What an EPUB says of itself: container, package document and navigation (EPUB 3.3). */
import { escapeXml } from '../../lib/escape.ts'
import { directionOf, type LeavingArticle, languageTag } from '../articles/leaving.ts'

export type Resource = { id: string; path: string; type: string; hasMath?: true }
export type Manifest = { chapters: Resource[]; pictures: Resource[] }

export const containerXml = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`

type Book = { title: string; at: number; id: string }

export function packageDocument(articles: LeavingArticle[], { chapters, pictures }: Manifest, book: Book): string {
  const items = [...chapters, ...pictures].map(
    ({ id, path, type, hasMath }) =>
      `<item id="${id}" href="${path}" media-type="${type}"${hasMath ? ' properties="mathml"' : ''}/>`,
  )
  const first = languageOf(articles)
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${first}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">${book.id}</dc:identifier>
<dc:title>${escapeXml(book.title)}</dc:title>
${metadataOf(articles)}
<meta property="dcterms:modified">${new Date(book.at).toISOString().slice(0, 19)}Z</meta>
${accessibility(pictures.length > 0)}
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
${items.join('\n')}
</manifest>
<spine page-progression-direction="${directionOf(first)}">
${chapters.map(({ id }) => `<itemref idref="${id}"/>`).join('\n')}
</spine>
</package>
`
}

/** Languages, authors and sources, each once. A date only where all of it is of one article. */
function metadataOf(articles: LeavingArticle[]): string {
  const one = (name: string, values: string[]) =>
    [...new Set(values.map(value => value.trim()).filter(Boolean))].map(
      value => `<dc:${name}>${escapeXml(value)}</dc:${name}>`,
    )
  const [only, ...others] = articles
  return [
    ...one(
      'language',
      articles.map(({ language }) => languageTag(language)),
    ),
    ...one(
      'creator',
      articles.map(({ author }) => author),
    ),
    ...one(
      'publisher',
      articles.map(({ feedTitle }) => feedTitle),
    ),
    ...(only && others.length === 0 ? one('date', [new Date(only.publishedAt).toISOString()]) : []),
    ...(only?.url && others.length === 0 ? one('source', [only.url]) : []),
    ...one('subject', articles.flatMap(({ categories }) => categories).slice(0, 40)),
  ].join('\n')
}

/** EPUB Accessibility 1.1: what is sure of any article. Whether every picture is described, its publisher alone knows. */
function accessibility(hasPictures: boolean): string {
  const facts: [string, string][] = [
    ['accessMode', 'textual'],
    ...(hasPictures ? ([['accessMode', 'visual']] as [string, string][]) : []),
    ['accessModeSufficient', hasPictures ? 'textual,visual' : 'textual'],
    ['accessibilityFeature', 'structuralNavigation'],
    ['accessibilityFeature', 'tableOfContents'],
    ['accessibilityHazard', 'unknown'],
  ]
  return facts.map(([name, value]) => `<meta property="schema:${name}">${value}</meta>`).join('\n')
}

/** A chapter in the table of contents. */
export type Entry = { path: string; title: string; source: string }

/** By source, where there are several. */
export function navigation(entries: Entry[], title: string, articles: LeavingArticle[]): string {
  const groups = Map.groupBy(entries, ({ source }) => source)
  const items =
    groups.size < 2
      ? entries.map(item)
      : [...groups].map(
          ([source, chapters]) =>
            `<li><span>${escapeXml(source.trim() || 'Untitled')}</span>\n<ol>\n${chapters.map(item).join('\n')}\n</ol></li>`,
        )
  return xhtmlDocument({
    title,
    language: languageOf(articles),
    body: `<nav epub:type="toc" id="toc">
<h1 dir="auto">${escapeXml(title)}</h1>
<ol dir="auto">
${items.join('\n')}
</ol>
</nav>`,
  })
}

function item({ path, title }: Entry): string {
  return `<li><a href="${path}">${escapeXml(title)}</a></li>`
}

function languageOf([first]: LeavingArticle[]): string {
  return languageTag(first?.language ?? '')
}

export function xhtmlDocument({ title, language, body }: { title: string; language: string; body: string }): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${language}" xml:lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="UTF-8"/>
<title>${escapeXml(title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
${body}
</body>
</html>
`
}
