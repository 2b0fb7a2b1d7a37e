import { expect, test } from 'vitest'
import { isTeaser, teaserSign } from '../../../src-main/feeds/full-text/teaser.ts'
import { secondsAtWork } from '../../support/work.ts'

const url = 'https://paper.example/2026/flood'
const words =
  'The river rose through the night, and by the morning it stood in the lower streets of the town, where people were carrying what they had up the stairs.'
const link = (text: string, href = url) => `<a href="${href}" rel="noopener" target="_blank">${text}</a>`
const sign = (html: string, given: { title?: string; hasRecording?: boolean } = {}) =>
  teaserSign({ html, title: 'Flood in the lower town', url, ...given })

test.each([
  ['a headline alone', '', 'nothing'],
  ['the first words of a page, cut by WordPress', `<p>${words} [&#8230;]</p>`, 'cut-off'],
  ['words cut in the middle', `${words} And then the …`, 'cut-off'],
  [
    'the same above the line that WordPress adds',
    `<p>${words} […]</p><p>The post ${link('Flood in the lower town')} appeared first on ${link('The Paper')}.</p>`,
    'cut-off',
  ],
  ['a link called Read more', `<p>${words.repeat(3)}</p><p>${link('Read more')}</p>`, 'read-more'],
  [
    'one that names the article',
    `<p>${words}</p><p>${link('Continue reading “Flood in the lower town”')}</p>`,
    'read-more',
  ],
  ['one in German', `<p>${words}</p><p>${link('[Weiterlesen …]')}</p>`, 'read-more'],
  ['one in French', `<p>${words}</p>${link('Lire la suite »')}`, 'read-more'],
  ['one in Spanish', `<p>${words}</p>${link('Seguir leyendo')}`, 'read-more'],
  ['one in Italian', `<p>${words}</p>${link('Leggi tutto l’articolo')}`, 'read-more'],
  ['one in Russian', `<p>${words}</p>${link('Читать далее →')}`, 'read-more'],
  ['one in Japanese', `<p>${words}</p>${link('続きを読む')}`, 'read-more'],
  ['one in Chinese', `<p>${words}</p>${link('阅读全文')}`, 'read-more'],
  ['one in Arabic', `<p>${words}</p>${link('اقرأ المزيد')}`, 'read-more'],
  ['the words without a link', `${words} Read the full story at The Paper`, 'read-more'],
  ['the summary of a news agency', `<p>${words}</p>`, 'summary'],
  [
    'one with its picture, and tags of the site',
    `<img src="https://paper.example/a.jpg" />${words} (${link('Floods', 'https://paper.example/tag/floods')})`,
    'summary',
  ],
])('%s is a teaser', (_, html, expected) => {
  expect(sign(html)).toBe(expected)
})

const whole = `<p>${words.repeat(20)}</p>`
test.each([
  ['a long article', whole],
  ['one that leads on to others below', `${whole}${whole}<p>${link('Read more')}</p>`],
  [
    'one below which WordPress names its origin',
    `${whole}<p>The post ${link('Flood')} appeared first on ${link('The Paper')}.</p>`,
  ],
  ['a long article that ends in dots', `${whole}<p>And so it goes …</p>`],
  ['a short post with a link elsewhere', `<p>${words} ${link('The map', 'https://maps.example/flood')}</p>`],
  ['a comic', '<img src="https://paper.example/comic.png" alt="A joke" />'],
  ['a poem', `<p>${words}<br />${words}<br />And so it goes.</p>`],
  ['a post that quotes', `<blockquote>${words}</blockquote><p>Well said.</p>`],
  ['a post with code', `<p>${words}</p><pre>make</pre>`],
  ['a post that ends with the sign of its blog', `<p>${words} ${link('★')}</p>`],
  ['a wish', `<p>${words.repeat(4)} I should like to read more.</p>`],
])('%s is whole', (_, html) => {
  expect(sign(html)).toBeNull()
})

test('a post without a title of its own is whole, however short, unless it says that there is more', () => {
  expect(sign(`<p>${words}</p>`, { title: '' })).toBeNull()
  expect(sign(`<p>${words}</p>`, { title: words.slice(0, 60) })).toBeNull()
  expect(sign(`<p>${words} ${link('Read more')}</p>`, { title: '' })).toBe('read-more')
})

test('notes beside a recording are whole, and so is a text without a page of its own', () => {
  expect(sign(`<p>${words}</p>`, { hasRecording: true })).toBeNull()
  expect(isTeaser({ html: `<p>${words} […]</p>`, title: 'Flood', url: null })).toBe(false)
})

test('text that was made to take long takes no longer than other', async () => {
  const html = [link('Read mor'), 'The post ', '<br />', 'Read ']
    .map(part => part.repeat(14_000 / part.length))
    .join('')
  expect(await secondsAtWork(() => sign(html))).toBeLessThan(1)
})
