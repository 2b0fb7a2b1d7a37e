import { describe, expect, test } from 'vitest'
import type { ParsedFeed, ParsedItem } from '../../../src-main/feeds/parsed.ts'
import { canonicalUrl, fingerprint, fold, titleKey } from '../../../src-main/feeds/prepare/identity-keys.ts'
import { prepareFeed } from '../../../src-main/feeds/prepare/prepare.ts'
import { noFeed, noItem } from '../../support/parsed.ts'

const paper = { ...noFeed, title: 'The Paper', link: 'https://paper.example/', language: 'en' }
const options = { url: 'https://paper.example/feed.xml' }

function prepared(item: Partial<ParsedItem>, feed: Partial<ParsedFeed['feed']> = {}) {
  const whole: ParsedFeed = { format: 'rss', feed: { ...paper, ...feed }, items: [{ ...noItem, ...item }] }
  return prepareFeed(whole, options).articles[0]!
}

test('an item becomes an article that may be stored', () => {
  const article = prepared({
    id: 'tag:paper.example,2026:1',
    title: 'Rain',
    link: 'http://www.paper.example/rain?utm_source=rss&page=2#top',
    authors: [
      { name: 'Ann', email: '', url: '' },
      { name: '', email: 'bo@paper.example', url: '' },
    ],
    publishedAt: '2026-11-22T10:00:00Z',
    contentHtml: '<p>It rained <script>x</script>all day.</p><img src="rain.jpg">',
    summaryHtml: '<i>Wet, and wetter: the week in short.</i>',
    categories: ['Weather', 'Weather', ' '],
    enclosures: [
      { url: 'https://paper.example/rain.mp3', type: 'audio/mpeg', length: 0 },
      { url: 'javascript:x', type: 'audio/mpeg', length: 1 },
    ],
  })
  expect(article).toEqual({
    guid: 'tag:paper.example,2026:1',
    url: 'http://www.paper.example/rain?utm_source=rss&page=2#top',
    canonicalUrl: 'paper.example/rain?page=2#top',
    fingerprint: fingerprint('Rain', 'It rained all day.'),
    titleKey: titleKey('Rain'),
    title: 'Rain',
    author: 'Ann, bo@paper.example',
    summary: 'Wet, and wetter: the week in short.',
    text: 'It rained all day.',
    html: '<p>It rained all day.</p><img src="http://www.paper.example/rain.jpg" loading="lazy" referrerpolicy="no-referrer" />',
    media: ['http://www.paper.example/rain.jpg'],
    publishedAt: Date.UTC(2026, 10, 22, 10),
    updatedAt: null,
    categories: ['Weather'],
    enclosures: [{ url: 'https://paper.example/rain.mp3', type: 'audio/mpeg', length: null }],
    image: 'http://www.paper.example/rain.jpg',
    commentsUrl: null,
    commentsCount: null,
  })
})

describe('titles', () => {
  test.each([
    [
      'of a note are its first sentence',
      { contentHtml: '<p>Rain again today! The roof leaks.</p>' },
      'Rain again today!',
    ],
    ['of a long note are its first words', { contentHtml: 'word '.repeat(60) }, `${'word '.repeat(15).trim()}…`],
    ['lose line breaks and control characters', { title: ' A\n b\u0007\u202Ec ' }, 'A bc'],
    ['show markup as text', { title: '<b>x</b> & y' }, '<b>x</b> & y'],
    ['are freed from references escaped too often', { title: '&#39;AT&amp;T&#39; don&#8217;t' }, "'AT&T' don’t"],
    ['are freed from them between words', { title: 'Tom &amp; Jerry' }, 'Tom & Jerry'],
    [
      'keep references that are shown',
      { title: '&nbsp; and &#160; or List&lt;B&gt;' },
      '&nbsp; and &#160; or List&lt;B&gt;',
    ],
    ['are cut at 500 characters', { title: 'x'.repeat(10_000) }, `${'x'.repeat(499)}…`],
  ])('%s', (_, item, title) => expect(prepared(item).title).toBe(title))
})

describe('summaries', () => {
  const text = 'The story begins here. '.repeat(40)
  test.each([
    ['are the beginning of the text where the publisher gives none', { contentHtml: text }, /^The story .{200,288}…$/],
    [
      'are the beginning of the text where the publisher repeats the title',
      { title: 'A title of some length', summaryHtml: 'A title of some length', contentHtml: text },
      /^The story/,
    ],
    [
      'hold no tags',
      { summaryHtml: '<p>one</p><p>two &amp; three, and something more</p>' },
      /^one two & three, and something more$/,
    ],
  ])('%s', (_, item, pattern) => {
    const { summary } = prepared(item)
    expect(summary).toMatch(pattern)
    expect(summary.length).toBeLessThanOrEqual(300)
  })
})

test('what cannot be an address is none, and one with a password loses it', () => {
  const article = prepared({
    link: 'javascript:alert(1)',
    image: 'file:///x',
    commentsUrl: 'https://a:b@paper.example/c',
  })
  expect(article).toMatchObject({ url: null, canonicalUrl: null, image: null, commentsUrl: 'https://paper.example/c' })
})

test('an id of a megabyte is known by its hash, and two of them are told apart', () => {
  const [one, two] = ['a', 'b'].map(end => prepared({ id: 'x'.repeat(1_000_000) + end }).guid)
  expect(one).toMatch(/^sha256:.{43}$/)
  expect(one).not.toBe(two)
})

test('images of a feed on a private host are shown from that host only', () => {
  const feed: ParsedFeed = {
    format: 'rss',
    feed: paper,
    items: [{ ...noItem, contentHtml: '<img src="http://192.168.1.5:80/a.png"><img src="http://192.168.1.1/b.png">' }],
  }
  const { articles } = prepareFeed(feed, { ...options, url: 'http://192.168.1.5/feed' })
  expect(articles[0]?.media).toEqual(['http://192.168.1.5/a.png'])
})

describe('the key of a link', () => {
  test.each([
    ['http://www.paper.example/a/', 'https://paper.example/a'],
    ['https://paper.example:443/a#', 'http://paper.example:80/a'],
    ['https://paper.example/a#xtor=RSS-1', 'https://paper.example/a'],
    ['https://paper.example/a#:~:text=rain', 'https://paper.example/a'],
    ['https://paper.example/a?utm_campaign=x&ref=rss', 'https://paper.example/a'],
    ['https://paper.example/a/index.html', 'https://paper.example/a'],
    ['https://PAPER.example./a', 'https://paper.example/a'],
  ])('%s is that of %s', (one, other) => expect(canonicalUrl(one)).toBe(canonicalUrl(other)))

  test.each([
    ['https://paper.example/a?id=1', 'https://paper.example/a?id=2'],
    ['https://paper.example/a', 'https://paper.example/A'],
    ['https://paper.example:8080/a', 'https://paper.example/a'],
    ['https://paper.example/#!/1', 'https://paper.example/#!/2'],
    ['https://paper.example/changes#v1', 'https://paper.example/changes#v2'],
    ['https://one.example/a', 'https://two.example/a'],
    ['https://paper.example/a?ref=main', 'https://paper.example/a'],
  ])('%s is not that of %s', (one, other) => expect(canonicalUrl(one)).not.toBe(canonicalUrl(other)))
})

test('a fingerprint does not see case, punctuation and spacing', () => {
  expect(fingerprint('Rain!', 'It  rained.')).toBe(fingerprint('rain', 'it rained'))
  expect(fingerprint('Rain', 'It rained.')).not.toBe(fingerprint('Rain', 'It snowed.'))
  expect(fingerprint('a b', '')).not.toBe(fingerprint('a', 'b'))
})

const foldSlowly = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

test('folding by the letter comes to the same as folding by the book', () => {
  const codes = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code))
  const texts = codes.flatMap(letter => [letter, `a${letter}b`, ` ${letter}É${letter}`])
  expect(texts.filter(text => fold(text) !== foldSlowly(text))).toEqual([])
})

test('what has been stored before is prepared as it is: title, text and every file', () => {
  const enclosures = ['720.mp4', '1080.mp4'].map(name => ({
    url: `https://paper.example/${name}`,
    type: 'video/mp4',
    length: null,
  }))
  const item = { ...noItem, title: 'Tom &amp; Jerry', contentHtml: 'One\nTwo', enclosures }
  const stored = prepareFeed({ format: 'json', feed: paper, items: [item] }, { ...options, isOwn: true })
  expect(stored.articles[0]).toMatchObject({ title: item.title, html: 'One\nTwo', enclosures })
  expect(prepared(item)).toMatchObject({ title: 'Tom & Jerry', enclosures: [enclosures[0]] })
})
