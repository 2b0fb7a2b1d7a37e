/** Where sites put their feed without saying so. Pure. */

const usual = ['feed', 'rss.xml', 'atom.xml', 'index.xml', 'feed.xml', 'rss', 'feed.json', 'feeds/posts/default']

/** Programs that make sites, and where each puts the feed. */
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

/** Addresses worth a try, likeliest first: what the generator uses, then below the page's own folder, then at the top. */
export function usualFeeds(pageUrl: string, generator: string): string[] {
  const page = new URL(pageUrl)
  page.search = ''
  page.hash = ''
  const likely = byGenerator.filter(([name]) => name.test(generator)).flatMap(([, paths]) => paths)
  const names = [...new Set([...likely, ...usual])]
  const top = `${page.origin}/`
  // 'site.org/blog' and 'site.org/blog/' both mean the folder; 'site.org/blog/post.html' is a page in it.
  const folder = /\.\w{2,5}$/.test(page.pathname) ? new URL('.', page).href : `${page.href.replace(/\/+$/, '')}/`
  if (folder === top) return names.map(name => `${top}${name}`)
  const [first, second, ...others] = names
  return [
    `${folder}${first}`,
    `${top}${first}`,
    `${folder}${second}`,
    ...[second!, ...others].map(name => `${top}${name}`),
  ]
}

/** Feeds that an HTTP Link header names (RFC 8288). */
export function linkHeaderFeeds(header: string, base: string): { url: string; title: string; type: string }[] {
  const feeds: { url: string; title: string; type: string }[] = []
  for (const match of header.slice(0, 16_384).matchAll(/<([^<>]{1,2048})>([^<]{0,1024})/g)) {
    const parameters = new Map<string, string>()
    for (const part of match[2]!.matchAll(/;\s*([a-z-]{1,20})\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/gi)) {
      parameters.set(part[1]!.toLowerCase(), part[2] ?? part[3] ?? '')
    }
    const relations = (parameters.get('rel') ?? '').toLowerCase().split(/\s+/)
    const type = (parameters.get('type') ?? '').toLowerCase()
    const isFeed = relations.includes('feed') || (relations.includes('alternate') && isFeedType(type))
    if (isFeed && URL.canParse(match[1]!, base)) {
      feeds.push({ url: new URL(match[1]!, base).href, title: parameters.get('title') ?? '', type })
    }
  }
  return feeds
}

/** Types by which feeds are declared; 'application/json' is left out, since WordPress declares its API by it. */
export function isFeedType(type: string): boolean {
  return /^(?:application|text)\/(?:x-)?(?:rss|atom|rdf|feed)(?:\+(?:xml|json))?\b/.test(type)
}
