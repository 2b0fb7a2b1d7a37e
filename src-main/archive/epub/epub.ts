/** Articles as one EPUB 3.3: a chapter for each, with its pictures. */
import { hash } from 'node:crypto'
import { type Zippable, zipSync } from 'fflate'
import { type LeavingArticle, titleOf } from '../articles/leaving.ts'
import { chapterDocument } from './chapter.ts'
import { containerXml, type Entry, type Manifest, navigation, packageDocument, type Resource } from './package.ts'
import { bookStyle } from './style.ts'
import { titlePage } from './title-page.ts'
import { toXhtml } from './xhtml.ts'

/** The core media types of EPUB 3.3, 3.2: a reading system need not show others. */
const extensions: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/svg+xml': 'svg',
}

/** ZIP files know no earlier time (APPNOTE 4.4.6). */
const firstZipTime = Date.UTC(1980, 0, 2)

/** `title` of the book, and `at` (ms), when it is made. Holds all of it in memory: who calls bounds the pictures. */
export function writeEpub(given: LeavingArticle[], { title, at }: { title: string; at: number }): Uint8Array {
  const articles = bySource(given)
  const files: Zippable = {
    // The first file, uncompressed, so that its type can be told from the first bytes (OCF 3.3, 4.2.2).
    mimetype: [bytesOf('application/epub+zip'), { level: 0 }],
    'META-INF/container.xml': bytesOf(containerXml),
    'EPUB/style.css': bytesOf(bookStyle),
  }
  const book = new Pictures(files)
  const chapters: Resource[] = []
  const entries: Entry[] = []
  if (articles.length > 1) {
    files['EPUB/title.xhtml'] = bytesOf(titlePage(articles, { title, at }))
    chapters.push({ id: 'title', path: 'title.xhtml', type: 'application/xhtml+xml' })
  }
  for (const [index, article] of articles.entries()) {
    const path = `article-${index + 1}.xhtml`
    const { body, hasMath } = toXhtml(article.html, address => book.pathOf(article, address))
    files[`EPUB/${path}`] = bytesOf(chapterDocument(article, body))
    chapters.push({ id: `article-${index + 1}`, path, type: 'application/xhtml+xml', ...(hasMath && { hasMath }) })
    entries.push({ path, title: titleOf(article), source: article.feedTitle })
  }
  const manifest: Manifest = { chapters, pictures: book.resources }
  files['EPUB/nav.xhtml'] = bytesOf(navigation(entries, title, articles))
  files['EPUB/package.opf'] = bytesOf(packageDocument(articles, manifest, { title, at, id: identifierOf(articles) }))
  return zipSync(files, { level: 6, mtime: Math.max(at, firstZipTime) })
}

/** Those of a source together, sources in the order in which they come up. */
function bySource(articles: LeavingArticle[]): LeavingArticle[] {
  return [...Map.groupBy(articles, ({ feedTitle }) => feedTitle).values()].flat()
}

/** Puts pictures into the book, each once, when an article shows them. */
class Pictures {
  readonly resources: Resource[] = []
  readonly #files: Zippable
  readonly #paths = new Map<string, string>()

  constructor(files: Zippable) {
    this.#files = files
  }

  pathOf(article: LeavingArticle, address: string): string | null {
    const picture = article.pictures.get(address)
    const extension = picture && extensions[picture.type]
    if (!picture || !extension) return null
    const key = hash('sha256', picture.bytes)
    const known = this.#paths.get(key)
    if (known) return known
    const number = this.resources.length + 1
    const path = `pictures/${number}.${extension}`
    this.#paths.set(key, path)
    // They are compressed already.
    this.#files[`EPUB/${path}`] = [picture.bytes, { level: 0 }]
    this.resources.push({ id: `picture-${number}`, path, type: picture.type })
    return path
  }
}

/** The same articles are the same publication whenever they are saved: a reading system then keeps the place in it. */
function identifierOf(articles: LeavingArticle[]): string {
  const names = articles.map(({ url, feedTitle, title, publishedAt }) => url ?? `${feedTitle} ${title} ${publishedAt}`)
  const digits = hash('sha256', names.join('\n'))
  // A UUID of version 8 (RFC 9562, 5.8).
  const part = (from: number, to: number) => digits.slice(from, to)
  return `urn:uuid:${part(0, 8)}-${part(8, 12)}-8${part(13, 16)}-a${part(17, 20)}-${part(20, 32)}`
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
