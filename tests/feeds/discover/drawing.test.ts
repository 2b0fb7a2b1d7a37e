/** SVGs as what is shown of them: a bitmap and words. */
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import type { Purpose } from '../../../src-main/drawing/draw.ts'
import { isDrawn } from '../../../src-main/drawing/drawn.ts'
import { plainSheet } from '../../../src-main/drawing/svg-style.ts'
import { imageKind } from '../../../src-main/feeds/icons/image-kind.ts'
import { drawsIn } from '../../../src-main/intake/drawing.ts'
import { drawingLimits } from '../../../src-main/workers/limits.ts'
import { createPool } from '../../../src-main/workers/pool.ts'
import { monsters } from '../../support/monsters.ts'

const workerFile = fileURLToPath(new URL('../../../src-main/workers/worker.ts', import.meta.url))
// Less time than in life: some of these would use it all.
const pool = createPool({ workerFile, size: 2, ...drawingLimits, deadlineMs: 1_000 })
const drawSvg = drawsIn(pool, new AbortController().signal)
afterAll(() => pool.close())

async function draw(svg: string | Uint8Array, purpose: Purpose = 'picture') {
  const drawn = await drawSvg(typeof svg === 'string' ? Buffer.from(svg) : svg, purpose)
  if (!drawn) return null
  const text = drawn.type === 'image/svg+xml' ? Buffer.from(drawn.bytes).toString() : ''
  const png = text.match(/href="data:image\/png;base64,([^"]*)"/)?.[1]
  const bitmap = text ? (png ? Buffer.from(png, 'base64') : null) : drawn.bytes
  return { ...drawn, text: text.replace(/base64,[^"]*/, 'base64,'), bitmap: bitmap && imageKind(bitmap) }
}

const svg = (inside: string, root = 'width="40" height="40"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${root}>${inside}</svg>`
const square = '<rect width="40" height="40" fill="red"/>'

test('a picture is drawn for a fine screen and keeps its own size', async () => {
  const drawn = await draw(svg(square))
  expect(drawn?.type).toBe('image/svg+xml')
  expect(drawn?.bitmap).toEqual({ type: 'image/png', width: 600, height: 600 })
  expect(drawn?.text).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg" data-drawn="1" width="40" height="40" viewBox="0 0 40 40">' +
      '<image width="40" height="40" preserveAspectRatio="none" href="data:image/png;base64,"/></svg>',
  )
  expect(isDrawn(drawn!.bytes)).toBe(true)
})

test.each([
  ['wide', 'viewBox="0 0 3000 300"', [1_400, 140]],
  ['tall', 'viewBox="0 0 100 1000"', [400, 4_000]],
  ['huge', 'width="1000000" height="1000000"', [1_400, 1_400]],
])('a %s one has as many pixels as are shown', async (_name, root, [width, height]) => {
  const everywhere = '<rect width="100%" height="100%" fill="red"/>'
  expect((await draw(svg(everywhere, root)))?.bitmap).toMatchObject({ width, height })
})

test('an icon is a bitmap and nothing else', async () => {
  const drawn = await draw(svg(square), 'icon')
  expect(drawn?.type).toBe('image/png')
  expect(drawn?.bitmap).toMatchObject({ width: 128, height: 128 })
})

test('words are set by the browser, over the bitmap, in their place', async () => {
  const drawn = await draw(
    svg(
      `<style>/* of a chart */ .tick { font: 10px serif; fill: #333; stroke: red } @media print { .tick { fill: blue } }</style>
       ${square}<g transform="translate(3 4)" onclick="alert(1)"><g opacity=".5"><path d="M0 0H9V9z"/></g>
       <text class="tick" x="1 2" style="fill:red;filter:url(#f)">A &amp; B<tspan dy="1">c</tspan></text></g>`,
      'viewBox="0 0 40 40"',
    ),
  )
  expect(drawn?.text).toContain(
    '<svg width="40" height="40" viewBox="0 0 40 40"><style>.tick{font:10px serif;fill:#333}</style>' +
      '<g transform="translate(3 4)"><text class="tick" x="1 2" style="fill:red">A &amp; B<tspan dy="1">c</tspan></text></g></svg>',
  )
})

test.each([
  ['an emoji as an icon', '<text y=".9em" font-size="90">🎯</text>', '🎯'],
  ['Chinese', '<text>\u65b0\u95fb</text>', '\u65b0\u95fb'],
  [
    'the label of a diagram in HTML',
    `<foreignObject x="10" y="10" width="20" height="8"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <b>box</b></p></div></foreignObject>`,
    '<text x="20" y="14" text-anchor="middle" dominant-baseline="central">One box</text>',
  ],
  [
    'what stands in its place, once',
    '<switch><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">Crate</p></foreignObject><text>Crate</text></switch>',
    '<g><text>Crate</text></g>',
  ],
])('%s is shown', async (_name, inside, shown) => {
  const drawn = await draw(svg(inside), 'icon')
  expect(drawn?.text).toContain(shown)
  expect(drawn?.text.split('Crate').length ?? 0).toBeLessThan(3)
})

test.each<[string, string | Uint8Array]>([
  ['compressed', gzipSync(svg(square))],
  ['in UTF-16', Buffer.from(`\ufeff${svg(square)}`, 'utf16le')],
  [
    'in Latin-1',
    Buffer.from(`<?xml version="1.0" encoding="iso-8859-1"?>${svg(`<title>\u00e9</title>${square}`)}`, 'latin1'),
  ],
  [
    'cut out of a page',
    `<svg width="40" height="40"><defs>${square.replace('<rect', '<rect id="a"')}</defs><use xlink:href="#a"/></svg>`,
  ],
  [
    'with a document type and entities of its own',
    `<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;" width="40" height="40">${square}</svg>`,
  ],
  [
    'with a bitmap in it',
    svg(
      '<image width="9" height="9" href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="/>',
    ),
  ],
  ['coloured by its style sheet', svg(`<style>.a{fill:red}</style><rect class="a" width="9" height="9"/>`)],
  [
    'with a pattern, a mask, a marker and a filter',
    svg(
      `<pattern id="p" width="1" height="1">${square}</pattern><mask id="m"><rect width="9" height="9" fill="#fff"/></mask><filter id="f"><feGaussianBlur stdDeviation="1"/></filter><rect width="9" height="9" fill="url(#p)" mask="url(#m)" filter="url(#f)"/>`,
    ),
  ],
])('one %s is drawn', async (_name, bytes) => {
  expect((await draw(bytes, 'icon'))?.bitmap).toMatchObject({ width: 128, height: 128 })
})

test.each<[string, string | Uint8Array]>([
  ['a page', '<html><svg></svg></html>'],
  ['nothing drawn', svg('')],
  ['only a script', svg('<script>alert(1)</script>')],
  ['what lies elsewhere', svg('<image width="9" height="9" href="http://127.0.0.1:1/x.png"/>')],
  ['a file of this computer', svg('<image width="9" height="9" href="file:///etc/hostname"/>')],
  ['cut off', svg(square).slice(0, -20)],
  ['something compressed', gzipSync('hello')],
  ['compressed and damaged', gzipSync(svg(square)).subarray(0, 40)],
  ['a hundred million zeros, compressed', gzipSync(Buffer.alloc(100_000_000))],
  ['bytes', Buffer.from('1f8b08ffffffffff', 'hex')],
  ['nothing', ''],
])('%s is no picture', async (_name, bytes) => {
  expect(await draw(bytes)).toBeNull()
})

test.each([
  '<script>alert(1)</script>',
  '<text onload="alert(1)">w</text>',
  '<a xlink:href="javascript:alert(1)"><text>w</text></a>',
  '<foreignObject><iframe src="//evil.test"></iframe><p>w</p></foreignObject>',
  '<text fill="url(//evil.test)" style="fill:url(//evil.test)">w</text>',
  '<style>@import url(//evil.test); text{fill:url("//evil.test")} @font-face{src:url(//evil.test)}</style><text>w</text>',
  '<text>w<set attributeName="href" to="javascript:alert(1)"/><animate onbegin="alert(1)"/></text>',
  '<text>&lt;script>alert(1)&lt;/script></text>',
  '<text><![CDATA[</text><script>alert(1)</script>]]></text>',
  '<text class="&quot;>&lt;script>alert(1)&lt;/script>">w</text>',
  '<text style="fill:red&quot;>&lt;script>alert(1)&lt;/script>">w</text>',
  '<style>text{fill:red}&lt;/style>&lt;script>alert(1)&lt;/script></style><text>w</text>',
])('nothing of %s but its words is handed on', async inside => {
  const drawn = await draw(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">${square}${inside}</svg>`,
  )
  expect(drawn?.text.replace(/^<svg [^>]*><image [^>]*>/, '')).not.toMatch(
    /<(?!\/?(?:svg|style|g|text|tspan)[\s>])|\son\w+=|evil\.test|javascript|href|url\(/i,
  )
})

test('a style sheet is read to its end in time that grows with its length', () => {
  for (const piece of ['/*', '{', '@', 'a{', '@media{', '}', ';', 'a{b:c', '*/'])
    expect(plainSheet(piece.repeat(50_000))).not.toContain('url')
})

describe('a monster', () => {
  test.each(monsters)(
    'of %s costs its own drawing only',
    async (_name, monster) => {
      const [drawn, next] = await Promise.all([draw(monster), draw(svg(square), 'icon')])
      expect(next?.type).toBe('image/png')
      // Drawn within the limits, or not at all; and what is handed on can't multiply.
      if (!drawn) return
      expect(drawn.text).not.toMatch(/<(?:use|pattern|mask|clipPath|marker|filter|path|linearGradient)\b|dasharray/)
      expect(drawn.text.replace(/<[^>]*>/g, '').length).toBeLessThanOrEqual(10_000)
      expect(drawn.text).not.toMatch(/\p{M}{9}/u)
    },
    60_000,
  )
})
