/**
 * The tasks of the disposable workers, made of the steps in feeds/.
 * A step is loaded when it is first needed, so that a worker that only reads feeds never has the page extractor in memory.
 */
import type { Document, ExtractedPage, Failed, FeedDocument } from '../feeds/documents.ts'
import type { OpmlSource } from '../feeds/opml/file.ts'
import type { ParseResult } from '../feeds/parsed.ts'
import type { Tasks } from './task-types.ts'

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

async function readFeed(input: FeedDocument): ReturnType<Tasks['readFeed']> {
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
}

async function extractPage({ bytes, url, contentType }: Document): Promise<ExtractedPage | Failed> {
  const [{ decode }, { extractArticle }] = await Promise.all([
    import('../feeds/formats/decode.ts'),
    import('../feeds/full-text/extract.ts'),
  ])
  const decoded = decode(bytes, contentType)
  if (!decoded.ok) return decoded
  return extractArticle(decoded.text, url)
}

async function readOpml(source: OpmlSource): ReturnType<Tasks['readOpml']> {
  const opml = await import('../feeds/opml/file.ts')
  return { ok: true, reading: opml.readOpmlSource(source) }
}

async function readPage(input: Document): ReturnType<Tasks['readPage']> {
  const page = await import('../feeds/discover/page.ts')
  return page.readPage(input)
}

async function drawSvg({ bytes, purpose }: Parameters<Tasks['drawSvg']>[0]): ReturnType<Tasks['drawSvg']> {
  const drawing = await import('../drawing/draw.ts')
  return { ok: true, drawn: await drawing.drawSvg(bytes, purpose) }
}

async function openArchive({ archive }: { archive: string }): ReturnType<Tasks['openArchive']> {
  const everything = await import('../archive/read.ts')
  return everything.openArchive(archive)
}

async function readArticles({ bytes }: { bytes: Uint8Array }): ReturnType<Tasks['readArticles']> {
  const everything = await import('../archive/read-articles.ts')
  return everything.readArticles(bytes)
}

export const tasks: Tasks = {
  openArchive,
  readArticles,
  readOpml,
  readPage,
  drawSvg,
  readFeed,
  extractPage,
  parseOnly: parse,
}
