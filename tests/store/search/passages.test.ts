import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { htmlToText } from '../../../src-main/lib/html-text.ts'
import { makeMarker, makePassage, makeSummaryPassage } from '../../../src-main/store/search/passages.ts'

const filler = 'Long ago, and far away. '

function textOf(segments: { text: string }[]): string {
  return segments.map(segment => segment.text).join('')
}

function marked(segments: { text: string; isMatch: boolean }[]): string[] {
  return segments.filter(segment => segment.isMatch).map(segment => segment.text)
}

test('the same words are highlighted whether or not an accented one follows', () => {
  const pieces = [
    'storm',
    'Police',
    'storms',
    'ferry',
    '-',
    '…',
    '“ferry”',
    'Über',
    'Straße',
    'Bun\u00addes',
    '渡',
    '轮',
    '🌩',
    'storm-police',
    "it's",
  ]
  const text = fc
    .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(' ', ' ', '')), { maxLength: 40 })
    .map(parts => parts.flat().join(''))
  const searches = fc.constantFrom(
    'storm',
    'storm ',
    '"storm police" ferry',
    'ferry storm police',
    '渡轮',
    'uber',
    'strasse bundes',
    'it',
  )
  fc.assert(
    fc.property(text, searches, (one, search) => {
      // Only a text with letters to fold is split into words.
      const withAccent = makeMarker(search)(`${one} é`)
      expect(withAccent.at(-1)?.isMatch).toBe(false)
      const last = { text: withAccent.at(-1)!.text.slice(0, -2), isMatch: false }
      const expected = [...withAccent.slice(0, -1), last].filter(segment => segment.text !== '')
      expect(makeMarker(search)(one)).toEqual(expected)
    }),
    { numRuns: 1_000 },
  )
})

describe('a passage', () => {
  test.each([
    { name: 'a word', search: 'ferry', html: `<p>${filler.repeat(50)}The Ferry sails.</p>`, found: ['Ferry'] },
    { name: 'a word with marks', search: 'cafe', html: `<p>${filler.repeat(50)}Ein Café.</p>`, found: ['Café'] },
    {
      name: 'a phrase through markup',
      search: '"storm police"',
      html: `${filler.repeat(50)}<b>storm</b> <i>police</i>`,
      found: ['storm police'],
    },
    {
      name: 'a phrase after its first word alone',
      search: '"storm police"',
      html: `${'storm '.repeat(90)}police`,
      found: ['storm police'],
    },
    { name: 'a word that another holds', search: 'ferry ', html: `${'ferryman '.repeat(90)}a ferry`, found: ['ferry'] },
    { name: 'a beginning', search: 'fer', html: `${'offer '.repeat(90)}a ferry`, found: ['ferry'] },
    {
      name: 'Chinese, where nothing parts words',
      search: '渡轮',
      html: `<p>${'很久以前渡'.repeat(60)}渡轮${'开了'.repeat(200)}</p>`,
      found: ['渡轮'],
    },
    {
      name: 'what stands in an address before',
      search: 'ferry',
      html: `<a href="https://ferry.example/ferry">${filler.repeat(30)}</a> ferry`,
      found: ['ferry'],
    },
    {
      name: 'what stands among many tags',
      search: 'ferry',
      html: `${'<a href="https://gazette.example/a/b/c">x</a> '.repeat(60)}ferry ${'<a href="https://gazette.example/a/b/c">y</a> '.repeat(60)}`,
      found: ['ferry'],
    },
  ])('shows $name', ({ search, html, found }) => {
    const passage = makePassage(search)(html)
    expect(marked(passage)).toEqual(found)
    const lead = textOf(passage).indexOf(found[0]!)
    expect(lead).toBeLessThan(60)
    expect(textOf(passage).length).toBeLessThan(230)
  })

  test('is the beginning where only a title matched', () => {
    expect(textOf(makePassage('ferry')('<p>Coffee &amp; <b>tea</b></p>'))).toBe('Coffee & tea')
    expect(textOf(makePassage('"ferry tea"')(`<p>${'tea '.repeat(100)}</p>`))).toMatch(/^tea tea .* …$/)
  })

  test('says where it leaves something out, and only there', () => {
    const short = makePassage('ferry')('<p>The ferry sails.</p>\n')
    expect(textOf(short)).toBe('The ferry sails.')
    const middle = textOf(makePassage('ferry')(`${filler.repeat(40)}ferry ${filler.repeat(90)}`))
    expect(middle).toMatch(/^… .*ferry.* …$/)
    const end = textOf(makePassage('ferry')(`${filler.repeat(40)}The <b>ferry</b>.`))
    expect(end).toMatch(/^… .*ferry\.$/)
  })

  test('is the summary where the match stands in it, or where no words are asked for', () => {
    const early = makeSummaryPassage('ferry')('The Ferry sails at dawn.')
    expect(early && textOf(early)).toBe('The Ferry sails at dawn.')
    expect(early && marked(early)).toEqual(['Ferry'])
    const later = makeSummaryPassage('ferry')(`${filler.repeat(6)}The ferry. ${filler.repeat(6)}`)
    expect(later && textOf(later)).toMatch(/^… .*ferry/)
    expect(textOf(makeSummaryPassage('tag:sea is:unread')('The Ferry sails.') ?? [])).toBe('The Ferry sails.')
  })

  test('is not the summary where that says little around the match, or nothing', () => {
    expect(makeSummaryPassage('ferry')(`${filler.repeat(8)}The ferry.`)).toBeNull()
    expect(makeSummaryPassage('ferry')('The boat sails.')).toBeNull()
    expect(makeSummaryPassage('tag:sea')('')).toBeNull()
  })

  test('is as long where the HTML is mostly tags', () => {
    const link = '<a href="https://gazette.example/a/b/c/d/e/f">link</a> '
    expect(textOf(makePassage('ferry')(`${link.repeat(90)}ferry ${link.repeat(90)}`)).length).toBeGreaterThan(200)
  })

  test('shows the first match, as reading all of the text would', () => {
    const pieces = [
      'storm',
      'Police',
      'police',
      'ferry',
      'ferryman',
      'city',
      'ago.',
      '&amp;',
      '<b>',
      '</b>',
      '<p class="storm police">',
      'über',
      '渡轮',
      'a&lt;b',
      '<img alt="ferry">',
      '"so"',
    ]
    const document = fc
      .array(fc.constantFrom(...pieces, filler, filler), { maxLength: 120 })
      .map(parts => parts.join(' '))
    const searches = fc.constantFrom(
      'storm',
      'police',
      '"storm police"',
      'ferry city',
      'fer',
      'uber',
      '渡轮',
      '"ferry city" storm',
    )
    fc.assert(
      fc.property(document, searches, (html, search) => {
        const all = makeMarker(search)(htmlToText(html))
        const [first] = marked(all)
        const passage = makePassage(search)(html)
        expect(marked(passage)[0]).toBe(first)
        const at = all.findIndex(segment => segment.isMatch)
        // The same place: the same text before it.
        const before = textOf(all.slice(0, Math.max(0, at)))
        const shown = textOf(
          passage.slice(
            0,
            passage.findIndex(segment => segment.isMatch),
          ),
        ).replace(/^… /, '')
        if (first !== undefined) expect(before.endsWith(shown)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
