/**
 * The tasks of the disposable workers, made of the steps in feeds/.
 * A step is loaded when it is first needed, so that a worker that only reads feeds never has the page extractor in memory.
 */
import type { Purpose } from '../drawing/draw.ts'
import type {
  ArticleDocument,
  ChapterBytes,
  Document,
  ExtractedPage,
  Failed,
  FeedDocument,
} from '../feeds/documents.ts'
import type { MboxState } from '../feeds/mail/mbox.ts'
import type { ReadMail } from '../feeds/mail/message.ts'
import type { OpmlSource } from '../feeds/opml/read.ts'
import type { FeedEnd, ParseResult, ReadyArticle, ReadyFeed } from '../feeds/parsed.ts'
import type { WrittenDigest } from '../feeds/prepare/digest.ts'
import type { StoredVersion } from '../store/edits/trivial.ts'

export type Tasks = typeof tasks
export type TaskName = keyof Tasks
export type TaskInput<K extends TaskName> = Parameters<Tasks[K]>[0]
export type TaskOutput<K extends TaskName> = Awaited<ReturnType<Tasks[K]>>

/** A feed with more items is an attack or a mistake. */
const mostItems = 5_000

type Limits = { maxItems?: number; onlyWholeItems?: boolean }

async function parse({ bytes, url, contentType }: Document, limits: Limits = {}): Promise<ParseResult> {
  const [{ decode }, { parseFeed }] = await Promise.all([
    import('../feeds/formats/decode.ts'),
    import('../feeds/formats/parse.ts'),
  ])
  const decoded = decode(bytes, contentType)
  if (!decoded.ok) return decoded
  return parseFeed(decoded.text, { url, contentType, ...limits })
}

export const tasks = {
  /** Decode, parse, normalise, sanitise: a feed that may be stored. */
  async readFeed(input: FeedDocument): Promise<{ ok: true; feed: ReadyFeed; end: FeedEnd } | Failed> {
    // An item that was cut off may lack its id or title, and would come again as another one.
    const parsed = await parse(input, { maxItems: mostItems, onlyWholeItems: true })
    if (!parsed.ok) return parsed
    const [{ prepareFeed }, { packArticles }] = await Promise.all([
      import('../feeds/prepare/prepare.ts'),
      import('../store/articles/pack.ts'),
    ])
    const feed = prepareFeed(parsed.feed, { url: input.url })
    const articles = packArticles(feed.articles, input.isFirst === true)
    return { ok: true, feed: { ...feed, articles }, end: parsed.end }
  },

  /** Decode and parse only: the neutral form that `broadsheet parse` prints. */
  parseOnly: (input: Document) => parse(input),

  /** The article of a web page, sanitised; a failure where it shows none, or less of it than the feed gave. */
  async extractPage({ bytes, url, contentType, ...expected }: ArticleDocument): Promise<ExtractedPage | Failed> {
    const [{ decode }, { extractArticle }] = await Promise.all([
      import('../feeds/formats/decode.ts'),
      import('../feeds/full-text/extract.ts'),
    ])
    const decoded = decode(bytes, contentType)
    return decoded.ok ? extractArticle(decoded.text, url, expected) : decoded
  },

  /** The article of a web page that is saved by its address, found at `url`, ready to be stored. */
  async preparePage({ page, url }: { page: ExtractedPage; url: string }): Promise<{ ok: true; article: ReadyArticle }> {
    const [{ preparePage }, { packArticles }] = await Promise.all([
      import('../feeds/prepare/page.ts'),
      import('../store/articles/pack.ts'),
    ])
    const [article] = packArticles([preparePage(page, url)], true)
    return { ok: true, article: article! }
  },

  /** A digest that Broadsheet has written, ready to be stored. */
  async prepareDigest(written: WrittenDigest): Promise<{ ok: true; article: ReadyArticle }> {
    const [{ prepareDigest }, { packArticles }] = await Promise.all([
      import('../feeds/prepare/digest.ts'),
      import('../store/articles/pack.ts'),
    ])
    const [article] = packArticles([prepareDigest(written)], true)
    return { ok: true, article: article! }
  },

  /** The edits of an article, from its versions, oldest first; the last edit first. */
  async compareVersions({ versions }: { versions: StoredVersion[] }) {
    const [{ editsOf }, { isTrivialEdit }] = await Promise.all([
      import('../feeds/edits/edits.ts'),
      import('../store/edits/trivial.ts'),
    ])
    return { ok: true as const, edits: editsOf(versions, isTrivialEdit) }
  },

  /** The feeds and icons that a page links to. */
  async readPage(input: Document) {
    const { readPage } = await import('../feeds/discover/page.ts')
    return readPage(input)
  },

  /** The chapters of an episode: of a file of them, or of the beginning of the sound. */
  async readChapters(input: ChapterBytes) {
    if (input.kind === 'json') {
      const { readJsonChapters } = await import('../feeds/chapters/json-chapters.ts')
      return { ok: true as const, chapters: readJsonChapters(input.bytes) }
    }
    const { readTagChapters } = await import('../feeds/chapters/tag-chapters.ts')
    return { ok: true as const, chapters: await readTagChapters(input.bytes) }
  },

  /** An SVG as a bitmap, with its text over it where it has any; null where it is no SVG or shows nothing. */
  async drawSvg({ bytes, purpose }: { bytes: Uint8Array; purpose: Purpose }) {
    const { drawSvg } = await import('../drawing/draw.ts')
    return { ok: true as const, drawn: await drawSvg(bytes, purpose) }
  },

  /** A subscription list. */
  async readOpml(source: OpmlSource) {
    const { readOpmlSource } = await import('../feeds/opml/read.ts')
    return { ok: true as const, reading: readOpmlSource(source) }
  },

  /** An exported archive, in base64: its contents, with the articles still as bytes. */
  async openArchive({ archive }: { archive: string }) {
    const { openArchive } = await import('../archive/read.ts')
    return openArchive(archive)
  },

  /** Some articles of an archive, prepared and sanitised as a feed's are. */
  async readArticles({ bytes }: { bytes: Uint8Array }) {
    const { readArticles } = await import('../archive/read-articles.ts')
    return readArticles(bytes)
  },

  /** What the headers of messages say, of many at once. `now` in ms. */
  async readMailHeads({ heads, now }: { heads: Uint8Array[]; now: number }) {
    const { readHead } = await import('../feeds/mail/head.ts')
    return { ok: true as const, heads: heads.map(head => readHead(head, now)) }
  },

  /** Where messages begin in an mbox file, of which `bytes` is the next piece; the first comes with `mboxStart`. */
  async splitMbox({ bytes, state }: { bytes: Uint8Array; state: MboxState }) {
    const { findMessages } = await import('../feeds/mail/mbox.ts')
    return { ok: true as const, ...findMessages(bytes, state) }
  },

  /** One message as an article, prepared and sanitised as a feed's is. `now` in ms; `omission`: see `omissionLine`. */
  async readMail({
    bytes,
    now,
    isFirst = false,
    omission,
  }: {
    bytes: Uint8Array
    now: number
    isFirst?: boolean
    omission?: string | undefined
  }): Promise<{ ok: true; mail: ReadMail } | Failed> {
    const { readItem } = await import('../feeds/mail/article.ts')
    // One after the other: both need one library, which Node refuses to load in two ways at once.
    const { prepareMail } = await import('../feeds/prepare/mail.ts')
    const { packArticles } = await import('../store/articles/pack.ts')
    const read = await readItem(bytes, now, omission)
    if (!read.ok) return read
    const [article] = packArticles([prepareMail(read.item)], isFirst)
    return { ok: true, mail: { head: read.head, article: article!, isSealed: read.isSealed } }
  },
}
