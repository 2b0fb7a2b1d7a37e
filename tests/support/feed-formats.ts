/** Writes one invented feed in each of the formats Broadsheet reads. */
import { escapeHtml as xml } from '../../src-main/lib/escape.ts'

export type ServedFormat = 'rss' | 'atom' | 'rdf' | 'json'

/** An article as an invented publisher has it. Times are milliseconds since 1970. Relative addresses are resolved on the server. */
export type ServedItem = {
  id: string
  title: string
  url: string
  html: string
  summary?: string
  author?: string
  publishedAt: number
  updatedAt?: number
  categories?: string[]
  imageUrl?: string
  enclosure?: { url: string; type: string; length: number }
  commentsUrl?: string
}

export type ServedFeed = {
  format: ServedFormat
  title: string
  siteUrl: string
  description: string
  language?: string
  iconUrl?: string
  items: ServedItem[]
}

export const contentTypes: Record<ServedFormat, string> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  rdf: 'application/rdf+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
}

/** The feed as a publisher would send it from `selfUrl`. */
export function writeFeed(feed: ServedFeed, selfUrl: string): string {
  const whole = (address: string) => new URL(address, selfUrl).href
  const writers = { rss: writeRss, atom: writeAtom, rdf: writeRdf, json: writeJson }
  return writers[feed.format](feed, selfUrl, whole)
}

type Whole = (address: string) => string

function writeRss(feed: ServedFeed, selfUrl: string, whole: Whole): string {
  const items = feed.items.map(
    item => `    <item>
      <title>${xml(item.title)}</title>
      <link>${xml(whole(item.url))}</link>
      <guid isPermaLink="false">${xml(item.id)}</guid>
      <pubDate>${new Date(item.publishedAt).toUTCString()}</pubDate>
${line(item.author, author => `      <dc:creator>${xml(author)}</dc:creator>`)}${(item.categories ?? []).map(category => `      <category>${xml(category)}</category>\n`).join('')}${line(item.commentsUrl, address => `      <comments>${xml(whole(address))}</comments>`)}${line(item.imageUrl, address => `      <media:thumbnail url="${xml(whole(address))}"/>`)}${line(item.enclosure, file => `      <enclosure url="${xml(whole(file.url))}" type="${xml(file.type)}" length="${file.length}"/>`)}      <description>${xml(item.summary ?? item.html)}</description>
      <content:encoded><![CDATA[${item.html.replaceAll(']]>', ']]&gt;')}]]></content:encoded>
    </item>
`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
  <channel>
    <title>${xml(feed.title)}</title>
    <link>${xml(whole(feed.siteUrl))}</link>
    <description>${xml(feed.description)}</description>
${line(feed.language, language => `    <language>${xml(language)}</language>`)}${line(feed.iconUrl, address => `    <image><url>${xml(whole(address))}</url><title>${xml(feed.title)}</title><link>${xml(whole(feed.siteUrl))}</link></image>`)}    <atom:link rel="self" type="application/rss+xml" href="${xml(selfUrl)}"/>
${items.join('')}  </channel>
</rss>
`
}

function writeAtom(feed: ServedFeed, selfUrl: string, whole: Whole): string {
  const entries = feed.items.map(
    item => `  <entry>
    <id>${xml(item.id)}</id>
    <title type="text">${xml(item.title)}</title>
    <link rel="alternate" type="text/html" href="${xml(whole(item.url))}"/>
    <published>${new Date(item.publishedAt).toISOString()}</published>
    <updated>${new Date(item.updatedAt ?? item.publishedAt).toISOString()}</updated>
${line(item.author, author => `    <author><name>${xml(author)}</name></author>`)}${(item.categories ?? []).map(category => `    <category term="${xml(category)}"/>\n`).join('')}${line(item.commentsUrl, address => `    <link rel="replies" type="text/html" href="${xml(whole(address))}"/>`)}${line(item.enclosure, file => `    <link rel="enclosure" type="${xml(file.type)}" length="${file.length}" href="${xml(whole(file.url))}"/>`)}${line(item.summary, summary => `    <summary type="text">${xml(summary)}</summary>`)}    <content type="html">${xml(item.html)}</content>
  </entry>
`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"${feed.language ? ` xml:lang="${xml(feed.language)}"` : ''}>
  <id>${xml(selfUrl)}</id>
  <title>${xml(feed.title)}</title>
  <subtitle>${xml(feed.description)}</subtitle>
  <updated>${new Date(newest(feed)).toISOString()}</updated>
  <link rel="self" href="${xml(selfUrl)}"/>
  <link rel="alternate" type="text/html" href="${xml(whole(feed.siteUrl))}"/>
${line(feed.iconUrl, address => `  <icon>${xml(whole(address))}</icon>`)}${entries.join('')}</feed>
`
}

function writeRdf(feed: ServedFeed, selfUrl: string, whole: Whole): string {
  const items = feed.items.map(
    item => `  <item rdf:about="${xml(whole(item.url))}">
    <title>${xml(item.title)}</title>
    <link>${xml(whole(item.url))}</link>
    <dc:date>${new Date(item.publishedAt).toISOString()}</dc:date>
${line(item.author, author => `    <dc:creator>${xml(author)}</dc:creator>`)}${(item.categories ?? []).map(category => `    <dc:subject>${xml(category)}</dc:subject>\n`).join('')}    <description>${xml(item.summary ?? item.html)}</description>
    <content:encoded>${xml(item.html)}</content:encoded>
  </item>
`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
  <channel rdf:about="${xml(selfUrl)}">
    <title>${xml(feed.title)}</title>
    <link>${xml(whole(feed.siteUrl))}</link>
    <description>${xml(feed.description)}</description>
${line(feed.language, language => `    <dc:language>${xml(language)}</dc:language>`)}    <items><rdf:Seq>
${feed.items.map(item => `      <rdf:li rdf:resource="${xml(whole(item.url))}"/>\n`).join('')}    </rdf:Seq></items>
  </channel>
${items.join('')}</rdf:RDF>
`
}

function writeJson(feed: ServedFeed, selfUrl: string, whole: Whole): string {
  const items = feed.items.map(item => ({
    id: item.id,
    url: whole(item.url),
    title: item.title,
    content_html: item.html,
    summary: item.summary,
    date_published: new Date(item.publishedAt).toISOString(),
    date_modified: item.updatedAt === undefined ? undefined : new Date(item.updatedAt).toISOString(),
    authors: item.author === undefined ? undefined : [{ name: item.author }],
    tags: item.categories,
    image: item.imageUrl === undefined ? undefined : whole(item.imageUrl),
    attachments:
      item.enclosure === undefined
        ? undefined
        : [
            {
              url: whole(item.enclosure.url),
              mime_type: item.enclosure.type,
              size_in_bytes: item.enclosure.length,
            },
          ],
  }))
  const whole11 = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: whole(feed.siteUrl),
    feed_url: selfUrl,
    description: feed.description,
    language: feed.language,
    icon: feed.iconUrl === undefined ? undefined : whole(feed.iconUrl),
    items,
  }
  return `${JSON.stringify(whole11, null, 2)}\n`
}

/** When the feed's latest article appeared; the time of an empty feed is the start of 2026. */
export function newest(feed: ServedFeed): number {
  return Math.max(Date.UTC(2026, 0, 1), ...feed.items.map(item => item.updatedAt ?? item.publishedAt))
}

function line<T>(value: T | undefined, write: (value: T) => string): string {
  return value === undefined ? '' : `${write(value)}\n`
}
