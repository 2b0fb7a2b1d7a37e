/**
 * A library of invented newspapers, blogs and a podcast, for screenshots and for trying Broadsheet out.
 * For people: `node tests/support/demo.ts --port 8090`, then import the OPML file whose address it prints.
 */
import { escapeHtml as xml } from '../../src-main/lib/escape.ts'
import { europe } from './demo/europe.ts'
import { leisure } from './demo/leisure.ts'
import { firstParagraph, htmlOf } from './demo/markup.ts'
import { newsOf, newsrooms } from './demo/news.ts'
import { paintMark, paintScene } from './demo/painting.ts'
import { papers } from './demo/papers.ts'
import { science } from './demo/science.ts'
import type { DemoArticle, DemoSource } from './demo/source.ts'
import type { ServedFeed, ServedItem } from './feed-formats.ts'
import { type FeedServer, startFeedServer } from './feed-server.ts'
import { endings } from './sample-feeds.ts'

export const demoSources: readonly DemoSource[] = [...papers, ...science, ...europe, ...leisure, ...newsrooms].map(
  source => ({ ...source, articles: [...source.articles, ...newsOf(source.slug)] }),
)

export type DemoServer = FeedServer & {
  /** The subscriptions as an OPML file with folders. */
  opml: string
}

/** Serves the library on loopback. `now` dates the articles; milliseconds since 1970. */
export async function startDemoServer({ port = 0, now = Date.now() } = {}): Promise<DemoServer> {
  const server = await startFeedServer({ port, now, feeds: demoFeeds(now), pictures: demoPictures() })
  const opml = demoOpml(server.url)
  server.answer('/library.opml', (_, response) => {
    response.writeHead(200, { 'content-type': 'text/x-opml; charset=utf-8' }).end(opml)
  })
  return { ...server, opml }
}

/** The library's feeds by path. */
export function demoFeeds(now: number): Map<string, ServedFeed> {
  return new Map(demoSources.map(source => [demoPath(source), demoFeed(source, now)]))
}

/** Where a source's feed is on the server. */
export function demoPath(source: DemoSource): string {
  return `/${source.slug}/feed.${endings[source.format]}`
}

function demoFeed(source: DemoSource, now: number): ServedFeed {
  const items = source.articles.map((article, index) => demoItem(source, article, index, now))
  return {
    format: source.format,
    title: source.title,
    siteUrl: `/${source.slug}/`,
    description: source.description,
    language: source.language,
    iconUrl: `/${source.slug}/icon.png`,
    items: items.sort((a, b) => b.publishedAt - a.publishedAt),
  }
}

function demoItem(source: DemoSource, article: DemoArticle, index: number, now: number): ServedItem {
  const picture = `/${source.slug}/picture-${index}.png`
  const hasPicture = article.picture !== undefined
  return {
    id: `${source.slug}:${index}`,
    title: article.title,
    url: `${article.isOnOwnSite ? `https://www.${source.slug}.example` : ''}/${source.slug}/article-${index}`,
    html: htmlOf(article.text.replaceAll('](picture)', `](${picture})`)),
    summary: firstParagraph(article.text),
    author: article.author,
    publishedAt: Math.round((now - article.hoursAgo * 3_600_000) / 1_000) * 1_000,
    categories: article.categories,
    ...(hasPicture ? { imageUrl: picture } : {}),
    ...(source.isPodcast
      ? { enclosure: { url: `/${source.slug}/episode-${index}.mp3`, type: 'audio/mpeg', length: 28_400_000 } }
      : {}),
  }
}

/** Paints on first request: a picture takes half a second. */
function demoPictures(): (path: string) => { type: string; body: Uint8Array } | null {
  const painted = new Map<string, Buffer>()
  return path => {
    const body = painted.get(path) ?? paint(path)
    if (!body) return null
    painted.set(path, body)
    return { type: 'image/png', body }
  }
}

function paint(path: string): Buffer | null {
  const [, slug, file = ''] = path.split('/')
  const source = demoSources.find(source => source.slug === slug)
  if (!source) return null
  if (file === 'icon.png') return paintMark(source.mark, source.ink, source.paper)
  const scene = source.articles[Number(/^picture-(\d+)\.png$/.exec(file)?.[1] ?? -1)]?.picture
  return scene === undefined ? null : paintScene(path, scene)
}

function demoOpml(serverUrl: string): string {
  const folders = [...new Set(demoSources.map(source => source.folder))]
  const outlines = folders.map(folder => {
    const rows = demoSources.filter(source => source.folder === folder).map(source => outline(source, serverUrl))
    return folder === undefined
      ? rows.join('')
      : `    <outline text="${xml(folder)}">\n${rows.join('')}    </outline>\n`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head><title>A reader's morning</title></head>
  <body>
${outlines.join('')}  </body>
</opml>
`
}

function outline(source: DemoSource, serverUrl: string): string {
  return `      <outline type="rss" text="${xml(source.title)}" title="${xml(source.title)}" xmlUrl="${xml(serverUrl + demoPath(source))}" htmlUrl="${xml(`${serverUrl}/${source.slug}/`)}"/>\n`
}

/** Run by itself: serves until it is stopped. */
async function main(args: string[]): Promise<void> {
  const at = args.indexOf('--port')
  const server = await startDemoServer({ port: at < 0 ? 0 : Number(args[at + 1]) })
  console.log(`Serving ${demoSources.length} invented sources; their list is ${server.url}/library.opml`)
}

if (import.meta.main) await main(process.argv.slice(2))
