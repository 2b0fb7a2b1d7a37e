import { describe, expect, test } from 'vitest'
import { parseFeed } from '../../../src-main/feeds/formats/parse.ts'
import { secondsAtWork } from '../../support/work.ts'

function titleOf(text: string): string | undefined {
  const parsed = parseFeed(text, { url: 'https://paper.example/feed', contentType: null })
  return parsed.ok ? parsed.feed.items[0]?.title : undefined
}

const rss = (title: string) => titleOf(`<rss version="2.0"><channel><item>${title}</item></channel></rss>`)
const atom = (title: string) => titleOf(`<feed xmlns="http://www.w3.org/2005/Atom"><entry>${title}</entry></feed>`)
const inCdata = (title: string) => rss(`<title><![CDATA[${title}]]></title>`)

describe('words in angle brackets stay in a title', () => {
  test.each([
    'List<String> in Java',
    'The <canvas> element',
    'C++ <vector>',
    '<script> considered harmful',
    'Map<K, V>',
    'std::vector<std::pair<int,int>>',
    'a < b',
    'I <3 you',
    'if (a<b && c>d)',
    'i <b and c> d',
    'Set<S> and Vec<u>',
    'The <p> element and the <a> element',
    'The <code> element',
    'PHP <?php tags',
    '<!DOCTYPE html> explained',
    'Ann <ann@paper.example>',
  ])('%s', title => {
    expect(inCdata(title)).toBe(title)
    expect(rss(`<title>${title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</title>`)).toBe(title)
    expect(titleOf(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', items: [{ title }] }))).toBe(title)
  })

  test('where a publisher forgot to escape them', () => {
    expect(rss('<title>List<String> in Java</title><guid>1</guid>')).toBe('List<String> in Java')
    expect(rss('<title>The <canvas> element</title><guid>1</guid>')).toBe('The <canvas> element')
  })

  test("in Atom by the title's type", () => {
    expect(atom('<title type="html">List&amp;lt;String&amp;gt;</title>')).toBe('List<String>')
    expect(atom('<title type="html">List&lt;String&gt;</title>')).toBe('List<String>')
    expect(atom('<title type="text">The &lt;b&gt;bold&lt;/b&gt; one</title>')).toBe('The <b>bold</b> one')
  })

  test("in a channel's title, a category and a name", () => {
    const parsed = parseFeed(
      `<rss><channel><title>The &lt;canvas&gt; blog</title><item><category>C++ &lt;vector&gt;</category>
       <author>Ann &lt;Dev&gt; Author</author></item></channel></rss>`,
      { url: 'https://paper.example/', contentType: null },
    )
    expect(parsed).toMatchObject({
      feed: {
        feed: { title: 'The <canvas> blog' },
        items: [{ categories: ['C++ <vector>'], authors: [{ name: 'Ann <Dev> Author' }] }],
      },
    })
  })
})

describe('what formats a title is left out', () => {
  test.each([
    ['<b>Bold</b> word', 'Bold word'],
    ['<b>Never closed', 'Never closed'],
    ['never opened</b>', 'never opened'],
    ['H<sub>2</sub>O and E=mc<SUP>2</SUP>', 'H2O and E=mc2'],
    ['one<br>two<br/>three', 'one two three'],
    ['<a href="https://x.example/">A link</a>', 'A link'],
    ['<span class="x">A</span> <code>span</code>', 'A span'],
    ['<p>A paragraph</p>', 'A paragraph'],
    ['<img src="x.png" alt="A cat"> sleeps', 'A cat sleeps'],
    ['<!-- note -->Shown', 'Shown'],
    ['<script>alert(1)</script>Shown', 'Shown'],
    ['A &amp;amp; B &amp;lt;', 'A &amp; B &lt;'],
    ['the &lt;em&gt;real&lt;/em&gt; thing', 'the real thing'],
    ['the &lt;b&gt; tag', 'the <b> tag'],
  ])('%s', (written, title) => expect(inCdata(written)).toBe(title))
})

test('a title of 20,000 tags takes no time to speak of', async () => {
  const units = ['<b', '<a ', '<script>', '</b>', '<!--', '<x y=', '<![CDATA[']
  expect(await secondsAtWork(() => units.map(unit => inCdata(unit.repeat(20_000))))).toBeLessThan(5)
})
