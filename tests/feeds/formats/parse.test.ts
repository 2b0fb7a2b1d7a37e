import { describe, expect, test } from 'vitest'
import { parseFeed } from '../../../src-main/feeds/formats/parse.ts'
import type { ParsedFeed, ParsedItem, ParseResult } from '../../../src-main/feeds/parsed.ts'

const url = 'https://news.example/feeds/all.xml'

function parse(text: string, contentType: string | null = 'application/xml'): ParseResult {
  return parseFeed(text, { url, contentType })
}

function feedOf(text: string): ParsedFeed {
  const parsed = parse(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure))
  return parsed.feed
}

const modules =
  'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'

function rss(inner: string): string {
  return `<?xml version="1.0"?><rss version="2.0" ${modules}><channel><title>News</title><link>https://news.example/</link>${inner}</channel></rss>`
}

function atom(inner: string): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><id>urn:blog</id>${inner}</feed>`
}

function firstItem(text: string): ParsedItem {
  const item = feedOf(text).items[0]
  if (!item) throw new Error('no item')
  return item
}

function item(inner: string): ParsedItem {
  return firstItem(rss(`<item>${inner}</item>`))
}

function entry(inner: string): ParsedItem {
  return firstItem(atom(`<entry>${inner}</entry>`))
}

describe('RSS 2.0', () => {
  test('an item with everything', () => {
    expect(
      item(`<title>Storm &amp;amp; &lt;b&gt;rain&lt;/b&gt;</title><link>/storm</link><guid isPermaLink="false"> tag:1 </guid>
        <pubDate>Sat, 07 Sep 2002 00:00:01 GMT</pubDate><author>ann@example.org (Ann Author)</author><category>Weather</category>
        <comments>https://news.example/storm#c</comments><description>&lt;p&gt;Short&lt;/p&gt;</description>
        <content:encoded><![CDATA[<p>Long <img src="/a.png"></p>]]></content:encoded>
        <enclosure url="https://cdn.example/a.mp3" type="audio/mpeg" length="12"/><media:thumbnail url="https://cdn.example/t.jpg"/>
        <itunes:duration>1:02:03</itunes:duration>`),
    ).toEqual({
      id: 'tag:1',
      title: 'Storm & rain',
      link: 'https://news.example/storm',
      originalLink: null,
      authors: [{ name: 'Ann Author', email: 'ann@example.org', url: '' }],
      publishedAt: '2002-09-07T00:00:01.000Z',
      updatedAt: null,
      summaryHtml: '<p>Short</p>',
      contentHtml: '<p>Long <img src="https://news.example/a.png"></p>',
      categories: ['Weather'],
      enclosures: [{ url: 'https://cdn.example/a.mp3', type: 'audio/mpeg', length: 12 }],
      image: 'https://cdn.example/t.jpg',
      commentsUrl: 'https://news.example/storm#c',
      commentsCount: null,
      durationSeconds: 3723,
      player: null,
      isEpisode: true,
    })
  })

  test('a guid is the link only where it is a permalink and an address', () => {
    expect(item('<guid>https://news.example/1</guid>').link).toBe('https://news.example/1')
    expect(item('<guid isPermaLink="false">https://news.example/1</guid>').link).toBeNull()
    expect(item('<guid>1</guid>').link).toBeNull()
  })

  test('all enclosures are kept, those of Media RSS too, each once', () => {
    const { enclosures } = item(
      `<enclosure url="/a.mp3" type="audio/mpeg" length="1"/><enclosure url="/b.ogg" type="audio/ogg"/>
       <media:group><media:content url="/a.mp3"/><media:content url="/c.mp4" type="video/mp4" fileSize="3"/></media:group>`,
    )
    expect(enclosures.map(({ url, type, length }) => ({ url, type, length }))).toEqual([
      { url: 'https://news.example/a.mp3', type: 'audio/mpeg', length: 1 },
      { url: 'https://news.example/b.ogg', type: 'audio/ogg', length: null },
      { url: 'https://news.example/c.mp4', type: 'video/mp4', length: 3 },
    ])
  })

  test('how often to ask: ttl, skipHours and skipDays, else the syndication module', () => {
    const { feed } = feedOf(
      rss(
        '<ttl>90</ttl><skipHours><hour>24</hour><hour>1</hour><hour>99</hour></skipHours><skipDays><day>Sunday</day><day>friday</day></skipDays>',
      ),
    )
    expect([feed.ttl, feed.skipHours, feed.skipDays]).toEqual([90, [0, 1], [0, 5]])
    expect(
      feedOf(rss('<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>')).feed.ttl,
    ).toBe(360)
    expect(feedOf(rss('')).feed.ttl).toBeNull()
  })

  test('a channel forgotten, items beside it, and a missing version', () => {
    expect(feedOf('<rss><title>Bare</title><item><title>a</title></item></rss>').items).toHaveLength(1)
    const { feed, items } = feedOf('<rss><channel><title>Out</title></channel><item><title>a</title></item></rss>')
    expect([feed.title, items.length]).toEqual(['Out', 1])
  })

  test('xml:base of the item is where its addresses start', () => {
    const found = firstItem(
      rss(
        '<item xml:base="https://other.example/a/"><link>b</link><description>&lt;a href="c"&gt;c&lt;/a&gt;</description></item>',
      ),
    )
    expect([found.link, found.summaryHtml]).toEqual([
      'https://other.example/a/b',
      '<a href="https://other.example/a/c">c</a>',
    ])
  })
})

describe('RSS 1.0', () => {
  test('items stand beside the channel and are known by rdf:about', () => {
    const feed =
      feedOf(`<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
      <channel r:about="https://news.example/"><title>RDF</title><link>https://news.example/</link><d:language>fr</d:language></channel>
      <image r:about="x"><url>/logo.png</url></image>
      <item r:about="https://news.example/1"><title>One</title><link>https://news.example/1</link><d:creator>Ann</d:creator><d:date>2026-01-02T03:04:05+01:00</d:date></item></r:RDF>`)
    expect(feed.format).toBe('rdf')
    expect([feed.feed.title, feed.feed.language, feed.feed.image]).toEqual([
      'RDF',
      'fr',
      'https://news.example/logo.png',
    ])
    expect(feed.items[0]).toMatchObject({
      id: 'https://news.example/1',
      title: 'One',
      authors: [{ name: 'Ann' }],
      publishedAt: '2026-01-02T02:04:05.000Z',
    })
  })
})

describe('Atom', () => {
  test('XHTML keeps the order of its words and loses its namespace', () => {
    expect(
      entry(
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">one <b>two</b> three<br/>four &lt; five</div></content>',
      ).contentHtml,
    ).toBe('one <b>two</b> three<br>four &lt; five')
    expect(
      entry('<content type="xhtml"><h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>x</h:p></h:div></content>')
        .contentHtml,
    ).toBe('<p>x</p>')
  })

  test.each([
    ['<title>a &lt;b&gt; c</title>', 'a <b> c'],
    ['<title type="html">a &lt;b&gt;b&lt;/b&gt; &amp;amp; c</title>', 'a b & c'],
    ['<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a <i>b</i></div></title>', 'a b'],
  ])('a title is read by its type: %s', (title, expected) => expect(entry(title).title).toBe(expected))

  test('links by their rel, whatever their order', () => {
    const found = entry(
      `<link rel="self" href="/self"/><link rel="enclosure" href="/a.mp3" type="audio/mpeg" length="5"/><link rel="alternate" type="application/json" href="/j"/><link href="/page"/><link rel="replies" type="text/html" href="/c"/>`,
    )
    expect([found.link, found.commentsUrl, found.enclosures.map(({ url }) => url)]).toEqual([
      'https://news.example/page',
      'https://news.example/c',
      ['https://news.example/a.mp3'],
    ])
  })

  test("authors: the entry's own, else its source's, else the feed's", () => {
    const author = (name: string) => `<author><name>${name}</name></author>`
    const { items } = feedOf(
      atom(
        `${author('Feed')}<entry>${author('Own')}</entry><entry><source>${author('Source')}</source></entry><entry/>`,
      ),
    )
    expect(items.map(({ authors }) => authors[0]?.name)).toEqual(['Own', 'Source', 'Feed'])
  })

  test('one bad date spoils only itself', () => {
    const { items } = feedOf(
      atom(
        '<entry><published>soon</published><updated>never</updated></entry><entry><published>2026-01-01T00:00:00Z</published></entry>',
      ),
    )
    expect(items.map(({ publishedAt }) => publishedAt)).toEqual([null, '2026-01-01T00:00:00.000Z'])
  })

  test('xml:base is inherited and stacked, inside XHTML too', () => {
    const found = firstItem(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/x/"><entry xml:base="y/"><link href="z"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><a href="q">1</a><p xml:base="/w/"><a href="q">2</a></p></div></content></entry></feed>`,
    )
    expect(found.link).toBe('https://a.example/x/y/z')
    expect(found.contentHtml).toBe(
      '<a href="https://a.example/x/y/q">1</a><p><a href="https://a.example/w/q">2</a></p>',
    )
  })

  test('Atom 0.3: modes, tagline, issued and modified', () => {
    const feed = feedOf(`<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><tagline>Tag</tagline>
      <entry><title mode="base64" type="text/html">PGI+Qm9sZDwvYj4=</title><issued>2003-12-13T08:29:29-04:00</issued><modified>2003-12-14T00:00:00Z</modified>
      <content mode="escaped" type="text/html">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>`)
    expect(feed.feed.description).toBe('Tag')
    expect(feed.items[0]).toMatchObject({
      title: 'Bold',
      publishedAt: '2003-12-13T12:29:29.000Z',
      updatedAt: '2003-12-14T00:00:00.000Z',
      contentHtml: '<p>x</p>',
    })
  })

  test('an entry alone is a feed of one', () => {
    expect(feedOf('<entry xmlns="http://www.w3.org/2005/Atom"><title>One</title></entry>').items[0]?.title).toBe('One')
  })
})

describe('names', () => {
  test('prefixes mean what they are declared to mean', () => {
    const found = firstItem(
      `<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:who="http://purl.org/dc/elements/1.1"><channel><item><c:encoded>full</c:encoded><who:creator>Ann</who:creator></item></channel></rss>`,
    )
    expect([found.contentHtml, found.authors[0]?.name]).toEqual(['full', 'Ann'])
  })

  test('undeclared prefixes mean what they usually do', () => {
    const found = firstItem(
      '<rss><channel><item><content:encoded>full</content:encoded><dc:creator>Ann</dc:creator></item></channel></rss>',
    )
    expect([found.contentHtml, found.authors[0]?.name]).toEqual(['full', 'Ann'])
  })

  test("a picture's title is not the item's", () => {
    expect(
      item('<media:title>m</media:title><title>t</title><svg xmlns="http://www.w3.org/2000/svg"><title>s</title></svg>')
        .title,
    ).toBe('t')
  })

  test('a prefixed root and tags in capitals', () => {
    expect(
      feedOf('<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>P</a:title><a:entry/></a:feed>').items,
    ).toHaveLength(1)
    expect(item('<TITLE>Big</TITLE><PubDate>2026-01-01</PubDate>')).toMatchObject({
      title: 'Big',
      publishedAt: '2026-01-01T00:00:00.000Z',
    })
  })

  test('names of JavaScript are only names', () => {
    const found = item(
      '<__proto__><polluted>1</polluted></__proto__><constructor>c</constructor><title __proto__="x">t</title>',
    )
    expect(found.title).toBe('t')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

describe('damage', () => {
  test.each([
    ['a bare ampersand', '<title>Fish & chips &c; a&b</title>', 'Fish & chips &c; a&b'],
    ['entities of HTML', '<title>caf&eacute;&nbsp;&mdash;&hellip;</title>', 'café —…'],
    ['numbers of windows-1252', '<title>&#146;&#x80;</title>', '’€'],
    ['a character in two halves', '<title>&#xD83D;&#xDE00;</title>', '😀'],
    ['control characters', '<title>a\u0000b\u0008c\u001f</title>', 'abc'],
    ['a stray <', '<title>1 < 2 and 3 <4</title>', '1 < 2 and 3 <4'],
    ['markup unescaped', '<title>a <b>b</b> c</title>', 'a b c'],
    ['CDATA in pieces', '<title>a<![CDATA[ & ]]>b<!-- c --></title>', 'a & b'],
  ])('%s', (_, inner, expected) => expect(item(inner).title).toBe(expected))

  test('junk around the feed', () => {
    const text = `\ufeff \n<br />\n<b>Warning</b>: header() <?xml version="1.0"?><?xml version="1.0"?>${rss('<item/>')}<script>x</script> trailing`
    expect(feedOf(text).items).toHaveLength(1)
  })

  test('a truncated end keeps what came before it', () => {
    const whole = rss('<item><title>One</title></item><item><title>Two</title><description>Some text')
    expect(feedOf(whole.slice(0, whole.indexOf('Some') + 4)).items.map(({ title }) => title)).toEqual(['One', 'Two'])
  })

  test('a missing end tag of an item, and tags closed in the wrong order', () => {
    const { items } = feedOf(
      rss('<item><title>One</title><item><description>a <b>b <i>c</b> d</i></description><title>Two</title></item>'),
    )
    expect(items.map(({ title }) => title)).toEqual(['One', 'Two'])
  })

  test('markup forgotten to be escaped stays in order', () => {
    expect(item('<description>a <b>b</b><img src="x.png"> c<br>d</description>').summaryHtml).toBe(
      'a <b>b</b><img src="https://news.example/feeds/x.png"> c<br>d',
    )
  })
})

describe('what is no feed is said in a reason', () => {
  test.each([
    ['', 'malformed'],
    ['  \n', 'malformed'],
    ['Just text', 'malformed'],
    ['<!doctype html><html><head><title>x</title></head><body>x</body></html>', 'not-a-feed'],
    ['<opml version="2.0"><body/></opml>', 'not-a-feed'],
    ['<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><Person/></rdf:RDF>', 'not-a-feed'],
  ])('%j', (text, reason) => expect(parse(text)).toMatchObject({ ok: false, failure: { reason } }))
})

describe('what is built to hurt', () => {
  test('entities that nest, grow or reach outside are refused', () => {
    for (const declaration of [
      '<!ENTITY a "aa"><!ENTITY b "&a;&a;">',
      '<!ENTITY x SYSTEM "file:///etc/passwd">',
      '<!ENTITY % p SYSTEM "x"> %p;',
    ]) {
      const text = rss('<item><title>&b;&x;</title></item>').replace('<rss', `<!DOCTYPE rss [${declaration}]><rss`)
      expect(parse(text)).toMatchObject({ ok: false, failure: { reason: 'unsafe' } })
    }
  })

  test('entities of plain short text are honoured, and an external type is ignored', () => {
    const text = rss('<item><title>&who;</title></item>')
    expect(firstItem(text.replace('<rss', '<!DOCTYPE rss [<!ENTITY who "Ann">]><rss')).title).toBe('Ann')
    expect(firstItem(text.replace('<rss', '<!DOCTYPE rss SYSTEM "https://a.example/x.dtd"><rss')).title).toBe('&who;')
  })

  test('nesting deeper than 256 and more than a million references are refused', () => {
    expect(parse(rss('<x>'.repeat(300)))).toMatchObject({ ok: false, failure: { reason: 'unsafe' } })
    expect(parse(rss(`<item><title>${'&lt;'.repeat(1_000_001)}</title></item>`))).toMatchObject({
      ok: false,
      failure: { reason: 'unsafe' },
    })
  })

  test('an attribute of more than a megabyte is left out, a tag of more than two is refused', () => {
    const enclosure = (size: number) => `<item><title>t</title><enclosure url="/${'a'.repeat(size)}"/></item>`
    expect(firstItem(rss(enclosure(1_100_000)))).toMatchObject({ title: 't', enclosures: [] })
    expect(parse(rss(enclosure(2_200_000)))).toMatchObject({ ok: false, failure: { reason: 'unsafe' } })
  })

  test('titles end at 500 characters', () => {
    expect(item(`<title>${'a'.repeat(10_000_000)}</title>`).title).toHaveLength(500)
  })

  test('a poll reads as many items as it is told to', () => {
    const parsed = parseFeed(rss('<item/>'.repeat(20)), { url, contentType: null, maxItems: 5 })
    expect(parsed.ok && parsed.feed.items).toHaveLength(5)
  })

  // Each of these takes time in the square of its length where a reader looks ahead without bound.
  test.each([
    ['<', '<description><![CDATA[', '<', ']]></description>'],
    ['unclosed tags', '<description><![CDATA[', '<p x="', ']]></description>'],
    ['ampersands', '<title>', '&', '</title>'],
    ['unclosed quotes', '<description>', "<a b='", '</description>'],
    ['scripts', '<title><![CDATA[', '<script>', ']]></title>'],
    ['spaces', '<title>a', ' ', 'b</title>'],
    ['end tags', '<description>', '</x>', '</description>'],
    ['values without quotes', '<description>', '<a b=', ' x <'],
  ])('a megabyte of %s takes less than two seconds', (_, before, flood, after) => {
    const text = rss(`<item>${before}${flood.repeat(1_000_000 / flood.length)}${after}</item>`)
    const start = process.cpuUsage()
    parse(text)
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2)
  })

  test('a megabyte of document types takes less than two seconds', () => {
    const start = process.cpuUsage()
    parse('<!doctype x>'.repeat(85_000))
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2)
  })
})
