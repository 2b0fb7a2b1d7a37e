/** The invented feeds that the feed server has from the start, one in each format, and twenty more to count with. */
import type { ServedFeed, ServedFormat, ServedItem } from './feed-formats.ts'

const hour = 3_600_000
const formats: ServedFormat[] = ['rss', 'atom', 'rdf', 'json']
export const endings: Record<ServedFormat, string> = { rss: 'xml', atom: 'atom', rdf: 'rdf', json: 'json' }

/** The address on the feed server of the n-th numbered feed (1 to 20): all four formats in turn. */
export function numberedPath(n: number): string {
  return `/many/${n}.${endings[formats[(n - 1) % formats.length] ?? 'rss']}`
}

/** Everything the server has when it starts, by path. `now` is in milliseconds since 1970. */
export function sampleFeeds(now: number): Map<string, ServedFeed> {
  const feeds = new Map<string, ServedFeed>([
    ['/rss.xml', harbourGazette(now, 'rss', 'Harbour Gazette')],
    ['/atom.xml', harbourGazette(now, 'atom', 'Orchard Notes')],
    ['/rdf.xml', harbourGazette(now, 'rdf', 'Signal Box')],
    ['/feed.json', harbourGazette(now, 'json', 'Paper Kite')],
    ['/comments.xml', harbourGazette(now, 'rss', 'Comments for Harbour Gazette')],
    ['/empty.xml', { ...harbourGazette(now, 'rss', 'Nothing Yet'), items: [] }],
  ])
  for (let n = 1; n <= 20; n += 1) feeds.set(numberedPath(n), numberedFeed(now, n))
  return feeds
}

function harbourGazette(now: number, format: ServedFormat, title: string): ServedFeed {
  const slug = title.toLowerCase().replaceAll(' ', '-')
  return {
    format,
    title,
    siteUrl: `/sites/${slug}`,
    description: `${title}, served by the test server`,
    language: 'en',
    iconUrl: `/icons/${slug}.png`,
    items: [
      {
        id: `${slug}:3`,
        title: `${title}: the ferry runs again`,
        url: `/articles/${slug}-3`,
        html: `<p>The first boat left at <b>six</b>, with eleven passengers and a dog.</p><p><img src="/images/${slug}-3.png" alt="The ferry"></p><p>Fares stay as they were. <a href="/articles/${slug}-2">Why it stopped.</a></p>`,
        summary: 'The first boat left at six, with eleven passengers and a dog.',
        author: 'Maren Holt',
        publishedAt: now - hour,
        categories: ['Transport', 'Harbour'],
        imageUrl: `/images/${slug}-3.png`,
        commentsUrl: `/articles/${slug}-3#comments`,
      },
      {
        id: `${slug}:2`,
        title: `${title}: why the ferry stopped`,
        url: `/articles/${slug}-2`,
        html: '<p>A bearing, says the yard. Nobody had it in stock.</p>',
        author: 'Tomás Rey',
        publishedAt: now - 26 * hour,
        categories: ['Transport'],
      },
      {
        id: `${slug}:1`,
        title: `${title}: an ordinary Tuesday & its weather`,
        url: `/articles/${slug}-1`,
        html: '<p>Rain in the morning, sun at noon.</p>',
        author: 'Maren Holt',
        publishedAt: now - 50 * hour,
        enclosure: { url: `/audio/${slug}-1.mp3`, type: 'audio/mpeg', length: 12_345 },
      },
    ],
  }
}

function numberedFeed(now: number, n: number): ServedFeed {
  const title = `Numbered Paper ${n}`
  return {
    format: formats[(n - 1) % formats.length] ?? 'rss',
    title,
    siteUrl: `/sites/numbered-${n}`,
    description: `Paper ${n} of twenty`,
    items: [3, 2, 1].map(k => numberedItem(now, n, k)),
  }
}

function numberedItem(now: number, n: number, k: number): ServedItem {
  return {
    id: `numbered-${n}-${k}`,
    title: `Paper ${n}, story ${k}`,
    url: `/articles/numbered-${n}-${k}`,
    html: `<p>This is story ${k} of paper ${n}, <em>told in full</em>.</p>`,
    author: `Writer ${n}`,
    // Two days apart and never on the hour, so that each date can be told from all the others.
    publishedAt: now - (4 - k) * 48 * hour - n * 60_000,
    categories: [`Paper${n}`],
  }
}
