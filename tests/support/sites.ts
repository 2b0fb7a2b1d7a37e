/** The invented publishers' pages: sites with one feed, several or none, and a page for every article. */
import { escapeHtml as xml } from '../../src-main/lib/escape.ts'
import { contentTypes, type ServedFeed, type ServedItem } from './feed-formats.ts'

/** HTML of a site by its path, or null where there is none. */
export function sitePage(path: string, feeds: ReadonlyMap<string, ServedFeed>): string | null {
  switch (path) {
    case '/site':
      return page('Harbour Gazette', links(feeds, ['/rss.xml', '/atom.xml', '/comments.xml']), '<h1>Welcome</h1>')
    case '/site-with-one-feed':
      return page('Paper Kite', links(feeds, ['/feed.json']), '<h1>Kites and paper</h1>')
    case '/site-with-anchor':
      return page('Orchard Notes', '', '<p><a href="/atom.xml">Our feed</a></p>')
    case '/site-with-dead-feed':
      return page('Dead Link', '<link rel="alternate" type="application/rss+xml" href="/not-found">', '<h1>Old</h1>')
    case '/site-without-feed':
      return page('No Feed Here', '', '<h1>We are on social media</h1>')
    default:
      return publisherPage(path, feeds) ?? articlePage(path, feeds)
  }
}

function publisherPage(path: string, feeds: ReadonlyMap<string, ServedFeed>): string | null {
  for (const [feedPath, feed] of feeds)
    if (feed.siteUrl === path)
      return page(
        feed.title,
        `${links(feeds, [feedPath])}${feed.iconUrl === undefined ? '' : `<link rel="icon" href="${xml(feed.iconUrl)}">`}`,
        `<h1>${xml(feed.title)}</h1>${feed.items.map(item => `<p><a href="${xml(item.url)}">${xml(item.title)}</a></p>`).join('')}`,
      )
  return null
}

function articlePage(path: string, feeds: ReadonlyMap<string, ServedFeed>): string | null {
  for (const feed of feeds.values()) {
    const item = feed.items.find(item => item.url === path)
    if (item)
      return page(
        item.title,
        '',
        `<nav>Home</nav><article><h1>${xml(item.title)}</h1>${byline(item)}${item.html}</article>`,
      )
  }
  return null
}

function byline(item: ServedItem): string {
  return `<p>By ${xml(item.author ?? 'our desk')}, ${new Date(item.publishedAt).toUTCString()}</p>`
}

function links(feeds: ReadonlyMap<string, ServedFeed>, paths: string[]): string {
  return paths
    .flatMap(path => {
      const feed = feeds.get(path)
      if (!feed) return []
      const type = contentTypes[feed.format].split(';')[0]
      return [`<link rel="alternate" type="${type}" title="${xml(feed.title)}" href="${path}">`]
    })
    .join('\n')
}

function page(title: string, head: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${xml(title)}</title>${head}</head><body>${body}</body></html>`
}
