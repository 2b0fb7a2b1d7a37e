/** Where sites usually have a feed that their pages do not declare, and feeds that HTTP headers declare. */
import { subscribedAddress } from '../../api/names/typed-address.ts'
import type { FeedLink } from './feed-links.ts'

const usual = ['feed', 'rss.xml', 'atom.xml', 'index.xml', 'feed.xml', 'rss', 'feed.json', 'feeds/posts/default']

/** Where each site generator puts its feed. */
const byGenerator: [generator: RegExp, paths: string[]][] = [
  [/wordpress|substack|medium|squarespace/i, ['feed']],
  [/ghost/i, ['rss']],
  [/hugo/i, ['index.xml']],
  [/jekyll/i, ['feed.xml']],
  [/blogger/i, ['feeds/posts/default']],
  [/drupal/i, ['rss.xml']],
  [/discourse/i, ['latest.rss']],
  [/peertube/i, ['feeds/videos.xml']],
  [/mediawiki/i, ['index.php?title=Special:RecentChanges&feed=atom']],
  [/gatsby|eleventy|astro|hexo|pelican/i, ['rss.xml', 'atom.xml']],
]

/**
 * Guesses, likeliest first: in the page's own folder, and at the site's root where its generator puts the feed. The other
 * usual names are not tried at the root of a page deep in a site: a feed there may be about something else.
 */
export function usualFeeds(pageUrl: string, generator: string): string[] {
  const page = new URL(pageUrl)
  page.search = ''
  page.hash = ''
  const likely = byGenerator.filter(([name]) => name.test(generator)).flatMap(([, paths]) => paths)
  const top = `${page.origin}/`
  const atTop = likely.map(path => `${top}${path}`)
  const isFile = /\.\w{2,5}$/.test(page.pathname)
  const isIndex = /\/(?:index|default|home)\.\w{2,5}$/i.test(page.pathname)
  if (isFile && !isIndex) return atTop
  // 'site.org/blog' and 'site.org/blog/' both mean the folder.
  const folder = isIndex ? new URL('.', page).href : `${page.href.replace(/\/+$/, '')}/`
  const inFolder = [...new Set([...likely, ...usual])].map(path => `${folder}${path}`)
  return [...new Set([...inFolder.slice(0, likely.length), ...atTop, ...inFolder])]
}

/** Feeds that an HTTP Link header names (RFC 8288). */
export function linkHeaderFeeds(header: string, base: string): FeedLink[] {
  const feeds: FeedLink[] = []
  for (const match of header.slice(0, 16_384).matchAll(/<([^<>]{1,2048})>([^<]{0,1024})/g)) {
    const parameters = new Map<string, string>()
    for (const part of match[2]!.matchAll(/;\s*([a-z-]{1,20})\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/gi)) {
      parameters.set(part[1]!.toLowerCase(), part[2] ?? part[3] ?? '')
    }
    const relations = (parameters.get('rel') ?? '').toLowerCase().split(/\s+/)
    const type = (parameters.get('type') ?? '').toLowerCase()
    const isFeed = relations.includes('feed') || (relations.includes('alternate') && isFeedType(type))
    const url = isFeed ? URL.parse(subscribedAddress(match[1]!, base), base) : null
    if (url) feeds.push({ url: url.href, title: parameters.get('title') ?? '', type })
  }
  return feeds
}

/** Media types that declare a feed. Not 'application/json': WordPress declares its API with that. */
export function isFeedType(type: string): boolean {
  return /^(?:application|text)\/(?:x-)?(?:rss|atom|rdf|feed)(?:\+(?:xml|json))?\b/.test(type)
}
