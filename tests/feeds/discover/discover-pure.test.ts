import { describe, expect, test } from 'vitest'
import { readAddress } from '../../../src-main/api/names/typed-address.ts'
import { looksLike } from '../../../src-main/feeds/discover/discover.ts'
import { podcastLookup, serverFeeds, siteFeeds } from '../../../src-main/feeds/discover/known-sites.ts'
import { readPage } from '../../../src-main/feeds/discover/page.ts'
import { linkHeaderFeeds, usualFeeds } from '../../../src-main/feeds/discover/usual-paths.ts'
import { secondsAtWork } from '../../support/work.ts'

describe('what is typed becomes an address', () => {
  test.each([
    ['example.com', 'https://example.com/', 'http://example.com/'],
    ['  "https://example.com/feed" ', 'https://example.com/feed', null],
    ['“example.com/feed”', 'https://example.com/feed', 'http://example.com/feed'],
    ['<https://example.com/feed>', 'https://example.com/feed', null],
    ['feed:https://example.com/f', 'https://example.com/f', null],
    ['feed://example.com/f', 'https://example.com/f', 'http://example.com/f'],
    ['feed:feed://example.com/f', 'https://example.com/f', 'http://example.com/f'],
    ['feed://https//example.com/f', 'https://example.com/f', null],
    ['podcast://example.com/f', 'https://example.com/f', 'http://example.com/f'],
    ['itms-pcast://example.com/f', 'https://example.com/f', 'http://example.com/f'],
    ['feed:example.com', 'https://example.com/', 'http://example.com/'],
    ['broadsheet:https://example.com/f', 'https://example.com/f', null],
    ['broadsheet://add?url=https%3A%2F%2Fexample.com%2Ff%3Fx%3D1', 'https://example.com/f?x=1', null],
    ['localhost:8080/feed', 'https://localhost:8080/feed', 'http://localhost:8080/feed'],
    ['127.0.0.1:99', 'https://127.0.0.1:99/', 'http://127.0.0.1:99/'],
    ['[::1]:8080/x', 'https://[::1]:8080/x', 'http://[::1]:8080/x'],
    ['nas/feed.xml', 'https://nas/feed.xml', 'http://nas/feed.xml'],
    ['münchen.de/feed', 'https://xn--mnchen-3ya.de/feed', 'http://xn--mnchen-3ya.de/feed'],
    ['例え。jp', 'https://xn--r8jz45g.jp/', 'http://xn--r8jz45g.jp/'],
    ['HTTP://EXAMPLE.COM/F#x', 'http://example.com/F', null],
    ['https:/example.com/x', 'https://example.com/x', null],
    ['//example.com/x', 'https://example.com/x', 'http://example.com/x'],
    ['https://example.com/my feed.xml', 'https://example.com/my%20feed.xml', null],
    ['https://example.com/very/\n  long/feed', 'https://example.com/very/long/feed', null],
    ['\u200bhttps://example.com/f\u200e', 'https://example.com/f', null],
    ['Subscribe here: https://example.com/feed.xml.', 'https://example.com/feed.xml', null],
    ['[News](https://example.com/feed)', 'https://example.com/feed', null],
    ['(see https://example.com/a_(b)).', 'https://example.com/a_(b)', null],
    ['https://en.wikipedia.org/wiki/A_(b)', 'https://en.wikipedia.org/wiki/A_(b)', null],
    ['@me@mastodon.social', 'https://mastodon.social/@me', null],
    ['r/linux', 'https://www.reddit.com/r/linux/', null],
  ])('%j', (typed, url, otherwise) => {
    expect(readAddress(typed)).toEqual({ url, otherwise })
  })

  test.each([
    '',
    '   ',
    'guardian',
    'the guardian',
    'https://',
    'https://exa mple.com',
    'http://[bad',
    'a..b',
    'me@example.com',
    'mailto:a@example.com',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ftp://example.com',
    'view-source:https://example.com',
    'feed:javascript:alert(1)',
  ])('%j is none', typed => {
    expect(readAddress(typed)).toBeNull()
  })
})

describe('known sites', () => {
  const youTube = 'https://www.youtube.com/feeds/videos.xml'
  test.each([
    ['https://www.youtube.com/channel/UCsooa4yRKGN_zEE8iknghZA', [`${youTube}?channel_id=UCsooa4yRKGN_zEE8iknghZA`]],
    [
      'https://m.youtube.com/playlist?list=PLZHQObOWTQDPD3MizzM2xVFitgF8hE_ab',
      [`${youTube}?playlist_id=PLZHQObOWTQDPD3MizzM2xVFitgF8hE_ab`],
    ],
    ['https://youtube.com/user/vihart', [`${youTube}?user=vihart`]],
    ['https://www.youtube.com/@vihart', []],
    ['https://www.reddit.com/r/linux', ['https://www.reddit.com/r/linux/.rss']],
    ['https://old.reddit.com/r/linux/top/?t=week', ['https://www.reddit.com/r/linux/top/.rss?t=week']],
    ['https://www.reddit.com/u/spez', ['https://www.reddit.com/user/spez/.rss']],
    [
      'https://github.com/nodejs/node',
      ['releases', 'commits', 'tags'].map(kind => `https://github.com/nodejs/node/${kind}.atom`),
    ],
    ['https://github.com/nodejs/node/releases', ['https://github.com/nodejs/node/releases.atom']],
    ['https://github.com/nodejs/node/commits/main', ['https://github.com/nodejs/node/commits/main.atom']],
    ['https://github.com/nodejs', ['https://github.com/nodejs.atom']],
    ['https://github.com/features', []],
    [
      'https://gitlab.com/inkscape/inkscape',
      [
        'https://gitlab.com/inkscape/inkscape/-/releases.atom',
        'https://gitlab.com/inkscape/inkscape/-/tags?format=atom',
        'https://gitlab.com/inkscape/inkscape.atom',
      ],
    ],
    ['https://medium.com/@someone', ['https://medium.com/feed/@someone']],
    ['https://medium.com/tag/news', ['https://medium.com/feed/tag/news']],
    ['https://someone.medium.com/a-story', ['https://someone.medium.com/feed']],
    ['https://someone.substack.com/p/a-story', ['https://someone.substack.com/feed']],
    ['https://someone.wordpress.com/', ['https://someone.wordpress.com/feed/']],
    ['https://someone.blogspot.com/2020/', ['https://someone.blogspot.com/feeds/posts/default']],
    ['https://bsky.app/profile/someone.bsky.social', ['https://bsky.app/profile/someone.bsky.social/rss']],
    ['https://example.com/channel/UCsooa4yRKGN_zEE8iknghZA', []],
    ['https://evil.test/www.youtube.com/channel/x', []],
  ])('%s', (address, urls) => {
    expect(siteFeeds(address)).toEqual(urls)
  })

  test('a podcast in the directory of Apple is looked up there', () => {
    expect(podcastLookup('https://podcasts.apple.com/us/podcast/a-show/id1200361736?i=1')).toBe(
      'https://itunes.apple.com/lookup?entity=podcast&id=1200361736',
    )
  })

  test.each([
    ['https://any.test/@editor', ['https://any.test/@editor.rss', 'https://any.test/feed/@editor']],
    [
      'https://any.test/c/films/videos',
      ['https://any.test/feeds/videos.xml?videoChannelName=films', 'https://any.test/feeds/c/films.xml'],
    ],
    ['https://any.test/a/anna', ['https://any.test/feeds/videos.xml?accountName=anna']],
    ['https://any.test/about', []],
  ])('servers that anybody may run: %s', (address, urls) => {
    expect(serverFeeds(address)).toEqual(urls)
  })
})

describe('the usual places', () => {
  test('are in the folder that was typed', () => {
    expect(usualFeeds('https://a.test/blog', '').slice(0, 2)).toEqual([
      'https://a.test/blog/feed',
      'https://a.test/blog/rss.xml',
    ])
    expect(usualFeeds('https://a.test/?x=1', '')[0]).toBe('https://a.test/feed')
    expect(usualFeeds('https://a.test/index.html', '')[0]).toBe('https://a.test/feed')
    expect(usualFeeds('https://a.test/2026/story.html', '')).toEqual([])
  })

  test('begin with what the generator uses', () => {
    expect(usualFeeds('https://a.test/', 'Hugo 0.140')[0]).toBe('https://a.test/index.xml')
    expect(usualFeeds('https://a.test/2026/story.html', 'WordPress 7.0')).toEqual(['https://a.test/feed'])
  })
})

test.each([
  [
    '</feed>; rel="alternate"; type="application/rss+xml"; title="News"',
    [{ url: 'https://a.test/feed', title: 'News', type: 'application/rss+xml' }],
  ],
  [
    '<https://b.test/f>;type=application/atom+xml;rel=alternate, </x>; rel=next',
    [{ url: 'https://b.test/f', title: '', type: 'application/atom+xml' }],
  ],
  ['</de>; rel="alternate"; hreflang="de"', []],
  ['', []],
])('the Link header %j', (header, feeds) => {
  expect(linkHeaderFeeds(header, 'https://a.test/')).toEqual(feeds)
})

test.each([
  ['<?xml version="1.0"?><rss version="2.0">', 'feed'],
  ['\ufeff<?xml version="1.0"?>\n<!-- x --><feed xmlns="http://www.w3.org/2005/Atom">', 'feed'],
  ['<rdf:RDF xmlns:rdf="x">', 'feed'],
  ['{"version":"https://jsonfeed.org/version/1.1","items":[]}', 'feed'],
  ['<!doctype html><p>about <rss>', 'page'],
  ['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', 'page'],
  ['hello', 'other'],
  ['', 'other'],
])('%j is a %s', (text, shape) => {
  expect(looksLike(Buffer.from(text), 'text/plain')).toBe(shape)
})

test('UTF-16 feeds are seen, too', () => {
  expect(looksLike(Buffer.from('\ufeff<rss version="2.0">', 'utf16le'), '')).toBe('feed')
})

describe('a page', () => {
  const read = (html: string, url = 'https://a.test/x/') =>
    readPage({ bytes: Buffer.from(html), url, contentType: 'text/html' })

  test('says which icons it has, and how large they are', () => {
    const html = `<link rel="shortcut icon" href=/favicon.ico><link rel="icon" sizes="16x16 32x32" href="small.png">
      <link rel="apple-touch-icon" href="/apple.png"><link rel=icon type="image/svg+xml" sizes=any href=//cdn.test/i.svg>
      <link rel="mask-icon" href="/mask.svg"><link rel="icon" href="javascript:alert(1)"><link rel=manifest href="/app.webmanifest">`
    const page = read(html)
    expect(page.icons.map(icon => [icon.url, icon.size])).toEqual([
      ['https://a.test/favicon.ico', 0],
      ['https://a.test/x/small.png', 32],
      ['https://a.test/apple.png', 180],
      ['https://cdn.test/i.svg', Number.POSITIVE_INFINITY],
    ])
    expect(page.manifest).toBe('https://a.test/app.webmanifest')
  })

  test('never hands on an address that is no http, nor credentials', () => {
    const html =
      '<link rel=alternate type="application/rss+xml" href="javascript:alert(1)"><link rel=alternate type="application/rss+xml" href="file:///etc/passwd"><link rel=alternate type="application/rss+xml" href="https://me:secret@b.test/f"><a href="feed:javascript:alert(1)">RSS</a>'
    const page = read(html)
    expect(page.feeds.map(feed => feed.url)).toEqual(['https://b.test/f'])
    expect(page.anchors).toEqual([])
  })

  test.each([
    ['feed://b.test/f', 'http://b.test/f'],
    ['FEED://b.test:81/f', 'http://b.test:81/f'],
    ['feed:https://b.test/f', 'https://b.test/f'],
    ['feed://https://b.test/f', 'https://b.test/f'],
    ['feed://https//b.test/f', 'https://b.test/f'],
    ['feed:b.test/f', 'http://b.test/f'],
    ['feed:/f.xml', 'http://a.test/f.xml'],
    ['feed:f.xml', 'http://a.test/x/f.xml'],
    ['pcast://b.test/f', 'http://b.test/f'],
    ['itpc://b.test/f', 'http://b.test/f'],
    ['podcast://b.test/f', 'http://b.test/f'],
    ['rss://b.test/f', 'http://b.test/f'],
    ['broadsheet://add?url=https%3A%2F%2Fb.test%2Ff', 'https://b.test/f'],
  ])('may name a feed by %s, in links of both kinds', (href, url) => {
    const page = 'http://a.test/x/'
    expect(read(`<a href=" ${href} ">Subscribe</a>`, page).anchors.map(feed => feed.url)).toEqual([url])
    expect(read(`<link rel=alternate href="${href}">`, page).feeds.map(feed => feed.url)).toEqual([url])
    expect(read(`<a href="${href}">Subscribe</a>`, 'https://a.test/x/').anchors[0]?.url).toBe(
      url.startsWith('https') ? url : url.replace('http', 'https'),
    )
    expect(linkHeaderFeeds(`<${href}>; rel="feed"`, page).map(feed => feed.url)).toEqual([url])
  })

  test('of YouTube says whose channel it is', () => {
    const page = read(
      '<script>var x = {"externalId":"UCsooa4yRKGN_zEE8iknghZA"}</script>',
      'https://www.youtube.com/@vihart',
    )
    expect(page.youtubeChannel).toBe('UCsooa4yRKGN_zEE8iknghZA')
  })

  test('of a podcast may name its feed only in a script', () => {
    expect(read('<script>{"feedUrl":"https:\\/\\/feeds.test\\/show?a=1\\u0026b=2"}</script>').anchors[0]?.url).toBe(
      'https://feeds.test/show?a=1&b=2',
    )
  })

  test('with a button for another reader is not taken for a feed', () => {
    expect(read('<a href="https://feedly.com/i/subscription/feed/https://a.test/rss">RSS</a>').anchors).toEqual([])
  })

  test.each([
    ['2 MB of open tags', '<div>'.repeat(400_000)],
    ['2 MB of <', '< '.repeat(1_000_000)],
    ['an endless attribute', `<link rel="alternate" title="${'a'.repeat(2_000_000)}`],
    ['half a million anchors', '<a href=/rss>RSS</a>'.repeat(100_000)],
    ['scripts that nearly name a feed', '"feedUrl":"https:'.repeat(100_000)],
    ['a refresh without end', `<meta http-equiv=refresh content="0;url=${'x'.repeat(2_000_000)}">`],
  ])('of %s is read in no time', async (_name, html) => {
    expect(await secondsAtWork(() => expect(read(html).ok).toBe(true))).toBeLessThan(10)
  })
})
