/** Feeds for measuring: as large and as messy as those of busy sites, the same on every run. */

const words =
  'the of report council minister storm harbour market new study said would after river light paper garden winter company people year school science open small found early city water music early café naïve – “quoted” house story train'.split(
    ' ',
  )

/** A generator of numbers below n that is the same on every run. */
function dice(seed: number): (n: number) => number {
  let state = seed
  return n => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return Math.floor((state / 0x80000000) * n)
  }
}

function sentence(roll: (n: number) => number, length: number): string {
  return Array.from({ length }, () => words[roll(words.length)]).join(' ')
}

function paragraphs(roll: (n: number) => number, count: number): string {
  return Array.from({ length: count }, (_, n) => {
    const text = `<p>${sentence(roll, 50 + roll(60))} &amp; <a href="https://news.example/${roll(9999)}?a=1&amp;b=2">${sentence(roll, 3)}</a> ${sentence(roll, 30)}.</p>`
    const image = `<figure><img src="/images/${roll(9999)}.jpg" alt="${sentence(roll, 4)}" width="640" height="480" /><figcaption>${sentence(roll, 8)}</figcaption></figure>`
    return n % 3 === 0 ? text + image : text
  }).join('\n')
}

function date(n: number): Date {
  return new Date(Date.UTC(2026, 0, 1) - n * 3_600_000)
}

function escaped(html: string): string {
  return html.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function each(count: number, item: (n: number) => string): string {
  return Array.from({ length: count }, (_, n) => item(n)).join('\n')
}

export function rssFeed(count: number): string {
  const roll = dice(1)
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel><title>News of the Example</title><atom:link href="https://news.example/feed/" rel="self" type="application/rss+xml" /><link>https://news.example</link><description>All of it</description><lastBuildDate>${date(0).toUTCString()}</lastBuildDate><language>en-GB</language><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>
${each(
  count,
  n => `<item>
  <title>${sentence(roll, 9)} &#8217;s</title>
  <link>https://news.example/2026/${n}/</link>
  <comments>https://news.example/2026/${n}/#comments</comments>
  <dc:creator><![CDATA[Ann Author]]></dc:creator>
  <pubDate>${date(n).toUTCString().replace('GMT', '+0000')}</pubDate>
  <category><![CDATA[World]]></category><category><![CDATA[${words[roll(words.length)]}]]></category>
  <guid isPermaLink="false">https://news.example/?p=${n}</guid>
  <description><![CDATA[<p>${sentence(roll, 40)} [&#8230;]</p>]]></description>
  <content:encoded><![CDATA[${paragraphs(roll, 8)}]]></content:encoded>
  <wfw:commentRss>https://news.example/2026/${n}/feed/</wfw:commentRss><slash:comments>${roll(40)}</slash:comments>
</item>`,
)}
</channel></rss>`
}

export function podcastFeed(count: number): string {
  const roll = dice(2)
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>A Podcast</title><link>https://pod.example</link><language>en</language><itunes:author>Ann &amp; Bob</itunes:author><itunes:image href="https://pod.example/cover.jpg"/><itunes:category text="News"><itunes:category text="Daily News"/></itunes:category>
${each(
  count,
  n => `<item><title>${n}: ${sentence(roll, 6)}</title><guid isPermaLink="false">pod-${n}</guid><pubDate>${date(n).toUTCString()}</pubDate>
<description>${escaped(`<p>${sentence(roll, 120)}</p><ul><li><a href="https://pod.example/${n}">${sentence(roll, 5)}</a></li></ul>`)}</description>
<itunes:summary>${sentence(roll, 60)}</itunes:summary><itunes:duration>01:${10 + roll(49)}:${10 + roll(49)}</itunes:duration><itunes:explicit>no</itunes:explicit><itunes:image href="https://pod.example/${n}.jpg"/>
<enclosure url="https://pod.example/audio/${n}.mp3" type="audio/mpeg" length="${10_000_000 + roll(9999999)}"/><media:content url="https://pod.example/audio/${n}.mp3" type="audio/mpeg"/></item>`,
)}
</channel></rss>`
}

export function atomFeed(count: number): string {
  const roll = dice(3)
  return `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://blog.example/"><title type="html">A &amp;amp; B</title><id>https://blog.example/</id><link href="https://blog.example/"/><link rel="self" href="feed.atom"/><updated>${date(0).toISOString()}</updated><author><name>Ann Author</name><uri>https://ann.example/</uri></author>
${each(count, n => {
  const html = paragraphs(roll, 8)
  const content =
    n % 2 === 0
      ? `<content type="html">${escaped(html)}</content>`
      : `<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">${html}</div></content>`
  return `<entry><title type="html">${sentence(roll, 8)}</title><id>tag:blog.example,2026:${n}</id><link rel="alternate" type="text/html" href="/2026/${n}.html"/><published>${date(n).toISOString()}</published><updated>${date(n).toISOString()}</updated><category term="world" label="World"/><summary type="html">${escaped(`<p>${sentence(roll, 30)}</p>`)}</summary>${content}</entry>`
})}
</feed>`
}

export function rdfFeed(count: number): string {
  const roll = dice(4)
  return `<?xml version="1.0" encoding="utf-8"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel rdf:about="https://dot.example/"><title>Dot</title><link>https://dot.example/</link><description>News</description><dc:language>en-us</dc:language></channel>
${each(
  count,
  n => `<item rdf:about="https://dot.example/story/${n}"><title>${sentence(roll, 8)}</title><link>https://dot.example/story/${n}</link>
<description>${escaped(`${sentence(roll, 150)}<p><a href="https://dot.example/story/${n}">Read more</a> ${sentence(roll, 20)}</p>`)}</description>
<dc:creator>ann</dc:creator><dc:date>${date(n).toISOString().slice(0, 19)}+00:00</dc:date><dc:subject>world</dc:subject><slash:comments>${roll(99)}</slash:comments></item>`,
)}
</rdf:RDF>`
}
