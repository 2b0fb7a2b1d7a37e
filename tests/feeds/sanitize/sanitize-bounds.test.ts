/** Text that would take a browser minutes to lay out comes as text that it lays out at once, with its words kept. */
import { describe, expect, test } from 'vitest'
import { sanitizeHtml } from '../../../src-main/feeds/sanitize/sanitize.ts'
import { cleanText } from '../../../src-main/lib/text.ts'

const sanitized = (html: string) => sanitizeHtml(html, { base: 'https://paper.example/' })
const clean = (html: string) => sanitized(html).html
const alternating = (a: string, b: string, count: number) =>
  Array.from({ length: count }, (_, n) => (n % 2 ? b : a)).join('')

describe('marks on one letter', () => {
  test.each([
    ['in one run', `a${'\u0301'.repeat(100_000)}b`],
    ['as references', `a${'&#769;'.repeat(10_000)}b`],
    ['as references without an end', `a${'&#769'.repeat(9_999)}&#769;b`],
    ['joined', `a${'\u0301\u200d'.repeat(10_000)}b`],
  ])('%s', (_, html) => expect(clean(html)).toMatch(/^a[\u0301\u200d]{8}b$/))

  test('in tags of their own', () => {
    expect(clean(`a${'<b>\u0301</b>'.repeat(1_000)}`).match(/\u0301/g)).toHaveLength(8)
  })

  test('in a title', () => expect(cleanText(`a${'\u0301'.repeat(400)}b`)).toBe(`a${'\u0301'.repeat(8)}b`))

  test.each(['בְּרֵאשִׁ֖ית', 'ที่นี่', 'क्षत्रिय', 'བསྒྲུབས', 'Việt Nam', '👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿🇩🇪❤️‍🔥', 'می‌خواهم', 'ใน֑ך'])(
    '%s stays as it is',
    word => {
      expect(clean(word)).toBe(word)
      expect(cleanText(word)).toBe(word)
    },
  )
})

describe('words without an end', () => {
  test('may end where a line does; the index has them whole', () => {
    const { html, text } = sanitized(`<p>${'a'.repeat(1_200)}</p>`)
    expect(html).toBe(`<p>${'a'.repeat(500)}<wbr />${'a'.repeat(500)}<wbr />${'a'.repeat(200)}</p>`)
    expect(text).toBe('a'.repeat(1_200))
    expect(clean(html)).toBe(html)
  })

  test('are counted across tags, and no letter is parted from its marks', () => {
    expect(clean(`${'a'.repeat(499)}<b>bc</b>`)).toBe(`${'a'.repeat(499)}<b>b<wbr />c</b>`)
    expect(clean(`${'a'.repeat(500)}\u0301b`)).toBe(`${'a'.repeat(500)}\u0301<wbr />b`)
  })

  test('of usual length stay as they are, and so does a page of Chinese', () => {
    const chinese = '我们在这里写一个很长的句子，没有空格。'.repeat(100)
    expect(clean(chinese)).toBe(chinese)
    expect(clean('Donaudampfschifffahrtsgesellschaft '.repeat(100))).not.toContain('<wbr')
  })
})

describe('directions', () => {
  test.each([
    ['letter by letter', alternating('a', 'א', 400_000)],
    ['by references', alternating('a', '&#1488;', 40_000)],
    ['in words', alternating('a ', 'א ', 400_000)],
    ['by marks', '\u202ea\u202db'.repeat(100_000)],
    ['in tags', alternating('<b>a</b>', '<b>א</b>', 50_000)],
  ])('that turn %s are cut off; the index has the words', (_, html) => {
    const result = sanitized(`<p>${html}</p>`)
    expect(result.html.match(/א|[\u202a-\u202e]/g)?.length ?? 0).toBeLessThan(5_001)
    expect(result.html).toContain('…')
    expect(result.text.length).toBeGreaterThan(30_000)
  })

  test('of a long Hebrew article with names in it stay', () => {
    const article = `<p>${'הספינה Neptun יוצאת בשעה 9 מנמל חיפה אל Piraeus. '.repeat(300)}</p>`
    expect(clean(article)).toBe(article.replace(' </p>', ' </p>'))
  })
})

describe('elements beyond number', () => {
  test.each([
    ['readings', '<ruby>a<rt>b</rt></ruby> ', 100_000],
    ['bold words', '<b>a</b> ', 100_000],
    ['lines', '<li>a</li>', 100_000],
    ['cells', '<tr><td>a</td><td>b</td></tr>', 50_000],
  ])('%s go, and the words stay', (_, html, count) => {
    const result = sanitized(html.repeat(count))
    expect(result.html.match(/</g)?.length ?? 0).toBeLessThan(100_000)
    expect(result.html.match(/a/g)?.length ?? 0).toBeGreaterThan(count * 0.99)
  })

  test('a chapter with a reading over each word, and a table of 2,000 rows, stay', () => {
    const chapter = '<p><ruby>漢字<rt>かんじ</rt></ruby>と<ruby>仮名<rt>かな</rt></ruby>。</p>'.repeat(1_000)
    expect(clean(chapter)).toBe(chapter)
    const table = `<table>${'<tr><td>a</td><td>b</td><td>c</td></tr>'.repeat(2_000)}</table>`
    expect(clean(table)).toBe(table)
  })

  test.each([
    ['lines of text', '<br>', 300_000, 15_000],
    ['parts that open', '<details>a</details>', 100_000, 5_000],
    ['blocks', '<div>a</div>', 300_000, 25_000],
  ])('%s are as many as are laid out within a second', (_, html, count, most) => {
    const elements = clean(html.repeat(count)).match(/<[a-z]/g)?.length ?? 0
    expect(elements).toBeLessThanOrEqual(most)
    expect(elements).toBeGreaterThan(most * 0.9)
  })

  test('a chapter of 5,000 paragraphs, a poem of 10,000 lines and a table of 20,000 cells stay', () => {
    const chapter = '<p>He said <em>nothing</em> to <a href="#n">her</a>.</p>'.repeat(5_000)
    expect(clean(chapter).match(/<(?:p|em)>/g)).toHaveLength(10_000)
    expect(clean('a line<br>'.repeat(10_000)).match(/<br/g)).toHaveLength(10_000)
    const table = `<table>${`<tr>${'<td>1.5</td>'.repeat(10)}</tr>`.repeat(2_000)}</table>`
    expect(clean(table)).toBe(table)
  })

  test('a cell spans at most 200 rows', () => {
    expect(clean('<table><tr><td rowspan="9999">a</td></tr></table>')).toContain('rowspan="200"')
  })
})
