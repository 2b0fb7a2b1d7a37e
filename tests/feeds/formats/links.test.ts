import { describe, expect, test } from 'vitest'
import { parseFeed } from '../../../src-main/feeds/formats/parse.ts'
import type { ReadyArticle } from '../../../src-main/feeds/parsed.ts'
import { prepareFeed } from '../../../src-main/feeds/prepare/prepare.ts'
import { mended } from '../../../src-main/lib/urls.ts'

const url = 'https://paper.example/feeds/all.xml'

function article(text: string): ReadyArticle {
  const parsed = parseFeed(text, { url, contentType: null })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure))
  const [first] = prepareFeed(parsed.feed, { url }).articles
  if (!first) throw new Error('no article')
  return first
}

const rss = (inner: string) =>
  article(`<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:p="http://www.pheedo.com/namespace/pheedo"
    xmlns:f="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>${inner}</item></channel></rss>`)
const atom = (inner: string) =>
  article(`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0">
    <entry>${inner}</entry></feed>`)

describe('an address escaped twice is decoded', () => {
  const written = 'https://paper.example/view?a=1&amp;amp;b=2'
  const meant = 'https://paper.example/view?a=1&b=2'
  test.each([
    ['a link', () => rss(`<link>${written}</link>`).url],
    ['a link escaped three times', () => rss(`<link>https://paper.example/view?a=1&amp;amp;amp;b=2</link>`).url],
    ['a link with a number for the sign', () => rss(`<link>https://paper.example/view?a=1&amp;#038;b=2</link>`).url],
    ['a link in CDATA', () => rss(`<link><![CDATA[https://paper.example/view?a=1&amp;b=2]]></link>`).url],
    ['a permalink', () => rss(`<guid>${written}</guid>`).url],
    ["Atom's link", () => atom(`<link href="${written}"/>`).url],
    ['a relative link', () => atom(`<link href="/view?a=1&amp;amp;b=2"/>`).url],
    ["JSON Feed's link", () => article(`{"items":[{"url":"https://paper.example/view?a=1&amp;b=2"}]}`).url],
    ['an enclosure', () => rss(`<enclosure url="${written}" type="audio/mpeg"/>`).enclosures[0]?.url],
    ['a picture of the text', () => rss(`<description><![CDATA[<img src="${written}">]]></description>`).media[0]],
    ['the page of the comments', () => rss(`<comments>${written}</comments>`).commentsUrl],
  ])('%s', (_, read) => expect(read()).toBe(meant))

  test('a link of the text', () => {
    expect(rss(`<description><![CDATA[<a href="${written}">x</a>]]></description>`).html).toContain('view?a=1&amp;b=2"')
  })

  test('and nothing else in it is touched', () => {
    for (const address of ['https://paper.example/a&amp;b', 'https://paper.example/?q=%26amp%3B&b=amp;', '/a?b&c#&amp'])
      expect(mended(address, url)).toBe(address)
  })
})

describe('an address is read as it was meant', () => {
  test.each([
    ['on several lines', 'https://paper.example/\n      a/\n   b', 'https://paper.example/a/b'],
    ['without a scheme', 'www.other.example/a', 'https://www.other.example/a'],
    ['with no more than its own host', 'paper.example/a?b', 'https://paper.example/a?b'],
    ['with one slash', 'https:/other.example/a', 'https://other.example/a'],
    ['with two schemes', 'http://https://other.example/a', 'https://other.example/a'],
    ['relative to its feed', 'story.html', 'https://paper.example/feeds/story.html'],
    ['relative and looking like a host', 'other.example/a', 'https://paper.example/feeds/other.example/a'],
    ['of the same scheme', '//other.example/a', 'https://other.example/a'],
  ])('%s', (_, written, address) => expect(rss(`<link>${written}</link>`).url).toBe(address))
})

test('only attributes of tags are resolved, not words like them', () => {
  const html = '<!-- <a> --> href="one" <b title="src=two">or</b> <a title=\'>\' href=three>there</a>'
  const { html: shown } = rss(`<link>https://paper.example/a/</link><description><![CDATA[${html}]]></description>`)
  expect(shown).toContain(' href="one" <b title="src=two">or</b> ')
  expect(shown).toContain('/three"')
})

describe('the page wins over the service that counts clicks', () => {
  const proxy = 'https://feedproxy.example/~r/x/~3/abc/'
  const page = 'https://paper.example/story'
  test.each([
    ['RSS', () => rss(`<link>${proxy}</link><feedburner:origLink>${page}</feedburner:origLink>`)],
    ['another prefix', () => rss(`<link>${proxy}</link><f:origLink> ${page} </f:origLink>`)],
    ['Pheedo', () => rss(`<link>${proxy}</link><p:origLink>${page}</p:origLink>`)],
    ['Atom', () => atom(`<link href="${proxy}"/><fb:origLink>${page}</fb:origLink>`)],
    [
      'a prefix that nobody declared',
      () =>
        article(`<rss><channel><item><link>${proxy}</link>
      <feedburner:origLink>${page}</feedburner:origLink></item></channel></rss>`),
    ],
  ])('%s', (_, read) => expect(read().url).toBe(page))

  test.each(['not an address', 'javascript:alert(1)', ''])('unless it is none: %s', said => {
    expect(rss(`<link>${proxy}</link><feedburner:origLink>${said}</feedburner:origLink>`).url).toBe(proxy)
  })
})

describe('an address that no browser opens stands in the text, to be copied', () => {
  const magnet = 'magnet:?xt=urn:btih:0123456789abcdef&amp;dn=A'
  const words = 'magnet:?xt=urn:btih:0123456789abcdef&dn=A'
  test.each([
    ['the link of an item', rss(`<link>${magnet}</link><description>Words</description>`)],
    [
      'an enclosure',
      rss(`<enclosure url="${magnet}" type="application/x-bittorrent"/><description>Words</description>`),
    ],
    [
      "a torrent's own element",
      rss(`<torrent:magnetURI>${magnet}</torrent:magnetURI><description>Words</description>`),
    ],
    ["Atom's link", atom(`<link href="${magnet}"/><summary>Words</summary>`)],
    ['plain text that has it', rss(`<link>${magnet}</link><description>Words ${magnet}</description>`)],
  ])('%s', (_, { text, url: link }) => {
    expect(text).toBe(`Words ${words}`)
    expect(link).toBeNull()
  })

  test('gemini: and ftp: too, and nothing that runs or only names', () => {
    expect(rss('<link>gemini://paper.example/a</link>').text).toBe('gemini://paper.example/a')
    expect(rss('<link>ftp://paper.example/a</link>').text).toBe('ftp://paper.example/a')
    for (const link of [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'urn:uuid:1',
      'tag:paper.example,2026:1',
    ])
      expect(rss(`<link>${link}</link><description>Words</description>`).text).toBe('Words')
  })
})

test('rdf:resource is known under any prefix', () => {
  const parsed = parseFeed(
    `<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:a="http://webns.net/mvcb/"
     xmlns:enc="http://purl.oclc.org/net/rss_2.0/enc#">
     <channel><title>T</title><image r:resource="https://paper.example/i.png"/><a:generatorAgent r:resource="https://maker.example/"/></channel>
     <item r:about="https://paper.example/1"><enc:enclosure r:resource="https://paper.example/a.mp3" enc:type="audio/mpeg" enc:length="5"/></item></r:RDF>`,
    { url, contentType: null },
  )
  expect(parsed).toMatchObject({
    feed: {
      feed: { image: 'https://paper.example/i.png', generator: 'https://maker.example/' },
      items: [{ enclosures: [{ url: 'https://paper.example/a.mp3', type: 'audio/mpeg', length: 5 }] }],
    },
  })
})
