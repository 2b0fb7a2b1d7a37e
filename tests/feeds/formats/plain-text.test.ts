import { describe, expect, test } from 'vitest'
import { parseFeed } from '../../../src-main/feeds/formats/parse.ts'
import type { ReadyArticle } from '../../../src-main/feeds/parsed.ts'
import { readableHtml } from '../../../src-main/feeds/prepare/markup.ts'
import { prepareFeed } from '../../../src-main/feeds/prepare/prepare.ts'
import { secondsAtWork } from '../../support/work.ts'

const url = 'https://paper.example/feed'

function article(text: string, isOwn = false): ReadyArticle {
  const parsed = parseFeed(text, { url, contentType: null })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure))
  const [first] = prepareFeed(parsed.feed, { url, isOwn }).articles
  if (!first) throw new Error('no article')
  return first
}

const rss = (inner: string) =>
  article(`<rss xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
    <channel><item>${inner}</item></channel></rss>`)
const atom = (inner: string) =>
  article(`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
    <entry>${inner}</entry></feed>`)
const json = (item: object) =>
  article(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [{ id: 1, ...item }] }))

const lines = 'First line\nSecond <two> & https://shop.example/deal\n\n00:00 Intro'
const escaped = lines.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

describe('plain text keeps its lines, its words in angle brackets and its addresses', () => {
  test.each([
    ['an RSS description', () => rss(`<description>${escaped}</description>`)],
    ['an RSS description in CDATA', () => rss(`<description><![CDATA[${lines}]]></description>`)],
    ['an itunes:summary', () => rss(`<itunes:summary>${escaped}</itunes:summary>`)],
    ['a media:description', () => atom(`<media:group><media:description>${escaped}</media:description></media:group>`)],
    ['an Atom summary without a type', () => atom(`<summary>${escaped}</summary>`)],
    ['Atom content of type text', () => atom(`<content type="text">${escaped}</content>`)],
    ["JSON Feed's content_text", () => json({ content_text: lines })],
    ["JSON Feed's content_html that holds no HTML", () => json({ content_html: lines })],
    ['lines that end as in Windows', () => json({ content_text: lines.replaceAll('\n', '\r\n') })],
  ])('%s', (_, read) => {
    const { html, text } = read()
    expect(html).toMatch(/First line<br\s?\/?>\s*Second &lt;two&gt; &amp; <a [^>]*href="https:\/\/shop.example\/deal"/)
    expect(html).toMatch(/<\/p>\s*<p>00:00 Intro/)
    expect(text).toBe('First line Second <two> & https://shop.example/deal 00:00 Intro')
  })

  test('also where the words in angle brackets are names of HTML', () => {
    const text = 'How to use <canvas>,\nand List<String>, Func<P>, a < b'
    expect(readableHtml(text)).toBe('How to use &lt;canvas&gt;,<br>\nand List&lt;String&gt;, Func&lt;P&gt;, a &lt; b')
  })

  test('what has been stored before is left as it is', () => {
    const feed = `<rss><channel><item><description>One\nTwo https://x.example/</description></item></channel></rss>`
    expect(article(feed, true).html).toBe('One\nTwo https://x.example/')
  })
})

describe('HTML stays as it is', () => {
  test.each([
    '<p>One\nTwo https://x.example/</p>',
    'old text<br>of the web\nand more',
    'a paragraph<p>and another',
    'words <b>bold</b>\nwords',
    '<img src="x.png">',
    'cut off <a href="https://x.ex',
    'a <!-- comment -->\nb',
    '<p>Write <code>&lt;p&gt;Hi&lt;/p&gt;</code></p>',
    '<my-element>x</my-element>\ny',
    '<table><td>x',
  ])('%s', html => expect(readableHtml(html)).toBe(html))
})

describe('addresses in plain text', () => {
  const link = (href: string, words = href) => `<a href="${href}">${words}</a>`
  test.each([
    ['See https://x.example/a. Or?', `See ${link('https://x.example/a')}. Or?`],
    ['(https://en.wiki.example/A_(b))', `(${link('https://en.wiki.example/A_(b)')})`],
    ['(see https://x.example/a)', `(see ${link('https://x.example/a')})`],
    ['www.x.example/a?b=1&c=2!', `${link('http://www.x.example/a?b=1&amp;c=2', 'www.x.example/a?b=1&amp;c=2')}!`],
    ['详见https://例子.example/路，谢谢', `详见${link('https://例子.example/路')}，谢谢`],
    ['“https://x.example/”', `“${link('https://x.example/')}”`],
    ['[words](https://x.example/a)', `[words](${link('https://x.example/a')})`],
    ['Mail:ann@paper.example.', `Mail:${link('mailto:ann@paper.example', 'ann@paper.example')}.`],
    ['?a=1&copy=2 https://x.example/?a=1&copy=2', `?a=1&amp;copy=2 ${link('https://x.example/?a=1&amp;copy=2')}`],
    ['https://x.example/"onclick="x', `${link('https://x.example/')}"onclick="x`],
    ['HTTPS://X.example/', link('HTTPS://X.example/')],
    ['http://nowhere @ann@social.example javascript:x', 'http://nowhere @ann@social.example javascript:x'],
  ])('%s', (text, html) => expect(readableHtml(text)).toBe(html))
})

describe('what was escaped once too often is unwrapped', () => {
  test.each([
    ['CDATA within the text', rss('<description>&lt;![CDATA[&lt;p&gt;Inner&lt;/p&gt;]]&gt;</description>')],
    ['CDATA within CDATA', rss('<description><![CDATA[<![CDATA[<p>Inner</p>]]]]><![CDATA[>]]></description>')],
    [
      'CDATA, all of it escaped twice',
      rss('<description>&amp;lt;![CDATA[&amp;lt;p&amp;gt;Inner&amp;lt;/p&amp;gt;]]&amp;gt;</description>'),
    ],
    ['CDATA of plain words', rss('<description>&lt;![CDATA[Inner]]&gt;</description>')],
    ['an end of CDATA left over', rss('<description>&lt;p&gt;Inner&lt;/p&gt;]]&gt;</description>')],
    ['HTML escaped twice', rss('<description>&amp;lt;p&amp;gt;Inner&amp;lt;/p&amp;gt;</description>')],
    [
      'HTML escaped three times',
      rss('<description>&amp;amp;lt;p&amp;amp;gt;Inner&amp;amp;lt;/p&amp;amp;gt;</description>'),
    ],
    ['Atom of type text that is HTML', atom('<content>&lt;p&gt;Inner&lt;/p&gt;</content>')],
    ['Atom of type html, escaped twice', atom('<content type="html">&amp;lt;p&gt;Inner&amp;lt;/p&gt;</content>')],
    [
      'Atom of type xhtml, escaped',
      atom('<content type="xhtml">&lt;div&gt;&lt;p&gt;Inner&lt;/p&gt;&lt;/div&gt;</content>'),
    ],
    [
      'Atom of type xhtml, escaped within its div',
      atom(`<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">&lt;p&gt;Inner&lt;/p&gt;</div></content>`),
    ],
    ["JSON Feed's content_text that is HTML", json({ content_text: '<p>Inner</p>' })],
    ["JSON Feed's content_html, escaped", json({ content_html: '&lt;p&gt;Inner&lt;/p&gt;' })],
  ])('%s', (_, { text }) => expect(text).toBe('Inner'))

  test.each([
    ['one&lt;br /&gt;two', 'one<br />two'],
    ['Read &lt;a href="https://x.example/"&gt;this&lt;/a&gt;.', 'Read <a href="https://x.example/">this</a>.'],
    ['&lt;p&gt;One &lt;b&gt;two&lt;/b&gt; and a summary that was cut', '<p>One <b>two</b> and a summary that was cut'],
  ])('also %s', (given, html) => expect(readableHtml(given)).toBe(html))

  test.each([
    'Use &lt;p&gt; and &lt;/p&gt; around it',
    'Write &lt;h1&gt;Hello&lt;/h1&gt;',
    'The &lt;br /&gt; tag',
    'A &lt;div&gt; in a &lt;span&gt;',
    'Vec&lt;u8&gt; and 1 &lt; 2',
  ])('and not an example of how to write a tag: %s', html => expect(readableHtml(html)).toBe(html))
})

test('letters of windows-1252 that came as control characters are read as what was meant', () => {
  const { title, author, html } = rss(
    '<title>It\u0092s \u0093on\u0094</title><author>M\u009cller</author><description>\u0080 5 \u0096 \u0081ok</description>',
  )
  expect([title, author, html]).toEqual(['It’s “on”', 'Mœller', '€ 5 – ok'])
  expect(json({ title: 'It\u0092s' }).title).toBe('It’s')
  expect(article('{"items":[{"title":"It\\u0092s"}]}').title).toBe('It’s')
})

test('two megabytes of anything take no time to speak of', async () => {
  const units = [
    '@',
    'a@b.',
    'www.',
    'https://x.example/(',
    '<',
    '<p',
    '</',
    '&lt;',
    '&lt;p&gt;',
    '\n ',
    ')',
    '<![CDATA[',
    ']]>',
  ]
  const act = () => units.map(unit => readableHtml(unit.repeat(2_000_000 / unit.length)))
  expect(await secondsAtWork(act)).toBeLessThan(20)
})
