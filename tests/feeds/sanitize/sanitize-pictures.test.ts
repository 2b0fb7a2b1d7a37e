/** Which picture an article shows, where publishers leave the address to a script. */
import { expect, test } from 'vitest'
import { sanitizeHtml } from '../../../src-main/feeds/sanitize/sanitize.ts'

const base = 'https://paper.example/a/'
const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
const drawing = `data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%20800%20600'%3E%3C/svg%3E`
const blur = `data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD${'A'.repeat(600)}`
const cdn = 'https://cdn.example/image/upload'

/** The addresses of the pictures that are shown, in their order. */
function shown(html: string): string[] {
  const { html: clean } = sanitizeHtml(html, { base })
  return [...clean.matchAll(/<img src="([^"]*)"/g)].map(match => (match[1] ?? '').replaceAll('&amp;', '&'))
}

test.each([
  ['an attribute of any name that holds a picture', '<img data-lazy="https://i.example/lazy.jpg">', 'lazy.jpg'],
  ['one without data- in its name', '<img file="https://i.example/forum.jpg" src="static/none.gif">', 'forum.jpg'],
  ['one that a framework reads', '<img v-lazy="https://i.example/vue/1" alt="">', 'vue/1'],
  ['one behind a pixel', `<img src="${pixel}" data-src="https://i.example/a.jpg">`, 'a.jpg'],
  ['one behind an empty drawing', `<img src="${drawing}" data-lazy-src="https://i.example/a.jpg">`, 'a.jpg'],
  ['one behind a blur of bytes', `<img src="${blur}" data-source="https://i.example/a.jpg">`, 'a.jpg'],
  [
    'one behind a blurred address',
    '<img src="https://i.example/b.png?w=20&blur=50" data-image-src="https://i.example/b.png">',
    'b.png',
  ],
  ['one behind a small copy', '<img src="https://i.example/p-20x20.jpg" data-full="https://i.example/p.jpg">', 'p.jpg'],
  [
    'one behind a copy 30 wide',
    '<img src="https://i.example/max/30/p.jpg" data-original="https://i.example/max/900/p.jpg">',
    'max/900/p.jpg',
  ],
  [
    'one behind a copy of low quality',
    '<img src="https://i.example/p.jpg?q=1" data-hd="https://i.example/p.jpg?q=80">',
    'p.jpg?q=80',
  ],
  ['one behind about:blank', '<img src="about:blank" nitro-lazy-src="https://i.example/a.webp">', 'a.webp'],
  ['one behind a numbered GIF', '<img src="/static/1.gif" data-pagespeed-lazy-src="https://i.example/a.jpg">', 'a.jpg'],
  ['one behind #', '<img src="#" data-echo="https://i.example/a.webp">', 'a.webp'],
  ['one without an ending, by its name', '<img data-src="https://i.example/photo/8123">', 'photo/8123'],
  [
    'one whose format stands in its query',
    `<img src="${pixel}" data-x="https://i.example/r?id=3&fm=webp">`,
    'r?id=3&fm=webp',
  ],
  ['one of a background', `<img src="${pixel}" style="background-image: url('https://i.example/bg.jpg')">`, 'bg.jpg'],
])('a lazy picture is shown: %s', (_, html, expected) => {
  expect(shown(html)).toEqual([`https://i.example/${expected}`])
})

test.each([
  [
    'the fitting size of a gallery',
    `<img src="${pixel}" data-orig-file="https://i.example/o.jpg" data-medium-file="https://i.example/m.jpg?w=300" data-large-file="https://i.example/l.jpg?w=1024" data-permalink="https://i.example/page/">`,
    'l.jpg?w=1024',
  ],
  ['a thumbnail where there is nothing else', '<img data-thumb="https://i.example/t.jpg">', 't.jpg'],
  [
    'no thumbnail where there is something else',
    '<img data-thumb="https://i.example/t.jpg" data-x="https://i.example/x.jpg">',
    'x.jpg',
  ],
  [
    'a set in an attribute of any name',
    `<img src="${pixel}" data-sizes-auto="x" data-bgset="https://i.example/s.jpg 300w, https://i.example/m.jpg 1100w">`,
    'm.jpg',
  ],
  ['JSON with an address', `<img data-image='{"src":"https://i.example/j.jpg","width":800}'>`, 'j.jpg'],
  [
    'JSON with sizes',
    `<img data-srcs='{"https://i.example/s.jpg":{"w":400},"https://i.example/m.jpg":{"w":1200}}'>`,
    'm.jpg',
  ],
  [
    'JSON in a list',
    `<img data-images='[{"url":"https://i.example/s.jpg","width":200},{"url":"https://i.example/m.jpg","width":1000}]'>`,
    'm.jpg',
  ],
  [
    'an address with a place for the width',
    `<img src="https://i.example/p_180x.jpg" data-src="https://i.example/p_{width}x.jpg" data-widths="[180, 540, 1080, 2048]">`,
    'p_1080x.jpg',
  ],
])('an image offers several pictures: %s', (_, html, expected) => {
  expect(shown(html)).toEqual([`https://i.example/${expected}`])
})

test.each([
  [
    'unrelated addresses beside it',
    '<img src="https://i.example/real.jpg" data-share-url="https://i.example/s.jpg" data-author-avatar="https://i.example/a.png">',
    'real.jpg',
  ],
  [
    'another copy for sharing',
    '<img src="https://i.example/real.jpg" data-pin-media="https://i.example/pin.jpg">',
    'real.jpg',
  ],
  [
    'the original of a camera',
    '<img src="https://i.example/real-1024x683.jpg" data-orig-file="https://i.example/real.jpg">',
    'real-1024x683.jpg',
  ],
  [
    'one for when it fails',
    '<img src="https://i.example/real.jpg" data-error-src="https://i.example/broken.png">',
    'real.jpg',
  ],
  [
    'a set with nothing larger',
    '<img src="https://i.example/full.jpg" srcset="https://i.example/s.jpg 100w, https://i.example/m.jpg 320w">',
    'full.jpg',
  ],
  [
    'a link to its page',
    '<a href="https://i.example/wiki/File:Real.jpg"><img src="https://i.example/real.jpg"></a>',
    'real.jpg',
  ],
  ['a name like a placeholder', '<img src="https://i.example/loading.gif">', 'loading.gif'],
  [
    'a small size, since it is an icon',
    '<img src="https://i.example/icon-32x32.png" width="32" height="32">',
    'icon-32x32.png',
  ],
  [
    'a lazy attribute that holds a placeholder',
    `<img src="https://i.example/real.jpg" data-src="${pixel}">`,
    'real.jpg',
  ],
])('a real picture stays: %s', (_, html, expected) => {
  expect(shown(html)).toEqual([`https://i.example/${expected}`])
})

test.each([
  ['by width', 'srcset="/s.jpg 300w, /m.jpg 1200w, /l.jpg 4000w"', '/m.jpg'],
  ['by density', 'srcset="/1.jpg 1x, /2.jpg 2x"', '/2.jpg'],
  [
    'with commas in addresses',
    `srcset="${cdn}/w_100,h_100/x.jpg 100w, ${cdn}/w_1200,h_800/x.jpg 1200w"`,
    `${cdn}/w_1200,h_800/x.jpg`,
  ],
  ['with heights', 'srcset="/s.jpg 300w 200h, /m.jpg 1000w 700h"', '/m.jpg'],
  ['without spaces', 'srcset="/s.jpg 300w,/m.jpg 1000w"', '/m.jpg'],
  ['with an inline placeholder first', `srcset="${pixel} 1w, /m.jpg 1000w"`, '/m.jpg'],
  ['where an address tells its width', 'srcset="/p.jpg?w=430 1x, /p.jpg?w=860 2x"', '/p.jpg?w=860'],
  ['of a lazy name before the other', `srcset="${pixel}" data-srcset="/s.jpg 300w, /m.jpg 900w"`, '/m.jpg'],
])('the fitting picture of a set: %s', (_, attributes, expected) => {
  expect(shown(`<img src="${pixel}" ${attributes}>`)).toEqual([new URL(expected, base).href])
})

test.each([
  [
    'a lazy set',
    '<source media="(max-width: 767px)" data-srcset="/s.webp?w=430 1x"><source media="(min-width: 768px)" data-srcset="/l.webp?w=1200 1x"><img src="/b.png?w=20&blur=50">',
    '/l.webp?w=1200',
  ],
  ['only a source for narrow screens', '<source media="(max-width: 767px)" srcset="/s.webp 700w"><img>', '/s.webp'],
  [
    'not what is cut for narrow screens',
    '<source media="(max-width: 600px)" srcset="/cut.jpg 1200w"><img src="/whole.jpg">',
    '/whole.jpg',
  ],
  [
    'not the dark one',
    '<source media="(prefers-color-scheme: dark)" srcset="/dark.png 1000w"><img src="/light.png">',
    '/light.png',
  ],
  [
    'nothing Chromium does not show',
    '<source type="image/jxl" srcset="/x.jxl 1000w"><source type="image/avif" srcset="/x.avif 1000w"><img src="/x.jpg">',
    '/x.avif',
  ],
])('a picture element: %s', (_, inner, expected) => {
  expect(shown(`<picture>${inner}</picture>`)).toEqual([new URL(expected, base).href])
})

test.each([
  ['a set of the figure', '<figure data-srcset="/f.jpg 1x"><img alt="q"><figcaption>c</figcaption></figure>'],
  ['an address of the figure', '<figure data-image="https://paper.example/f.jpg"><img></figure>'],
  ['the picture that a link around it leads to', `<a href="/f.jpg"><img src="${pixel}"></a>`],
  ['a lazy set of the picture element', '<picture data-lazy-srcset="/f.jpg 800w"><img></picture>'],
])('an image without an address takes it from what is around: %s', (_, html) => {
  expect(shown(html)).toEqual(['https://paper.example/f.jpg'])
})

test.each([
  ['a pixel', `<img src="${pixel}">`],
  ['an empty drawing', `<img src="${drawing}">`],
  ['a template', '<img src="{{ image.url }}" data-src="{{ image.url }}">'],
  ['words', '<img data-original-title="and/or" data-index="3/4" data-count="12">'],
])('nothing is shown for %s', (_, html) => expect(shown(html)).toEqual([]))

test('a picture that is hidden in a script beside it is shown once', () => {
  const html = `<img src="${pixel}" data-src="/a.jpg"><noscript><img src="/a.jpg"></noscript>`
  expect(shown(html)).toEqual(['https://paper.example/a.jpg'])
})

test.each([
  [
    'for who has no scripts',
    '<img src="https://i.example/max/60/a.jpg?q=20"><noscript><img src="https://i.example/max/1400/a.jpg"></noscript>',
  ],
  [
    'in another element',
    `<figure><span><img src="${blur}"></span> <noscript><img src="https://i.example/max/1400/a.jpg"></noscript></figure>`,
  ],
  [
    'right after it',
    '<img src="https://i.example/max/30/a.jpg" class="blur"><img data-src="https://i.example/max/1400/a.jpg">',
  ],
])('a blur is not shown before its picture: %s', (_, html) => {
  expect(shown(html)).toEqual(['https://i.example/max/1400/a.jpg'])
})

test('a small picture before another one stays', () => {
  const html = '<p><img src="https://i.example/a-20x20.png"> <img src="https://i.example/photo.jpg"></p>'
  expect(shown(html)).toHaveLength(2)
})

test('attributes without end and JSON without end take no time', () => {
  const many = Array.from({ length: 20_000 }, (_, index) => `data-x${index}="https://i.example/${index}.jpg"`).join(' ')
  const deep = `<img data-json='${'['.repeat(9_000)}"https://i.example/a.jpg"${']'.repeat(9_000)}'>`
  const started = process.cpuUsage().user
  shown(`<img ${many}>`)
  shown(deep.repeat(20))
  shown(`<img data-src="https://i.example/${'-1x'.repeat(100_000)}">`)
  expect((process.cpuUsage().user - started) / 1e6).toBeLessThan(5)
})

const dot = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='

test.each([
  [
    'a dot that is described stays: nothing says that a script fills it in',
    `<img src="${dot}" width="300" alt="a line">`,
    1,
  ],
  ['one of a class may wait for a script', `<img src="${dot}" class="lazy" alt="a line">`, 0],
  ['one without words is a gap', `<img src="${dot}" width="300">`, 0],
])('%s', (_, html, images) => {
  expect(sanitizeHtml(html, { base: 'https://a.example/' }).html.split('<img').length - 1).toBe(images)
})
