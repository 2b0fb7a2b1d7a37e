/** Kinds of article that Broadsheet is to set well, each in a feed of its own, served on loopback with painted pictures. */
import { escapeHtml } from '../../src-main/lib/escape.ts'
import { paintScene, type Scene } from './demo/painting.ts'
import type { ServedFeed } from './feed-formats.ts'
import { type FeedServer, startFeedServer } from './feed-server.ts'
import type { Kind } from './kinds/kind.ts'
import { pictorial } from './kinds/pictures.ts'
import { prose } from './kinds/prose.ts'
import { technical } from './kinds/technical.ts'
import { worldly } from './kinds/world.ts'
import { silence } from './sounds.ts'

export const kinds: readonly Kind[] = [...prose, ...technical, ...pictorial, ...worldly]

/** `opml` lists all feeds. */
export async function startKindsServer(now = Date.now()): Promise<FeedServer & { opml: string }> {
  const server = await startFeedServer({ now, feeds: new Map(kinds.map(kind => feedOf(kind, now))), pictures: paint })
  for (const { sound } of kinds) {
    if (sound)
      server.answer(
        sound,
        (_, response) => void response.writeHead(200, { 'content-type': 'audio/wav' }).end(silence(60)),
      )
  }
  // The page of one of them is gone.
  server.answer('/headline', (_, response) => void response.writeHead(404).end())
  const outlines = kinds.map(
    ({ slug, source }) => `<outline type="rss" text="${escapeHtml(source)}" xmlUrl="${server.url}/${slug}.xml"/>`,
  )
  return { ...server, opml: `<opml version="2.0"><body>${outlines.join('')}</body></opml>` }
}

function feedOf(kind: Kind, now: number): [path: string, feed: ServedFeed] {
  const { slug, source, language, title, author, categories, html, sound } = kind
  const item = {
    ...{ id: slug, title, url: `/${slug}`, html, author, categories, publishedAt: now - 3_600_000 },
    ...(sound ? { enclosure: { url: sound, type: 'audio/wav', length: 480_044 } } : {}),
  }
  return [`/${slug}.xml`, { format: 'rss', title: source, siteUrl: '/', description: source, language, items: [item] }]
}

const painted = new Map<string, Buffer>()

/** As kinds/kind.ts writes the address. */
function paint(path: string): { type: string; body: Uint8Array } | null {
  const [, scene, width, height] = /^\/painted\/(\w+)-(\d+)x(\d+)-/.exec(path) ?? []
  if (!scene) return null
  const body = painted.get(path) ?? paintScene(path, scene as Scene, Number(width), Number(height))
  painted.set(path, body)
  return { type: 'image/png', body }
}
