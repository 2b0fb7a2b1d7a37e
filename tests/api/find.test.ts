import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findIn } from '../../src-main/api/search/find.ts'

function found(text: string, typed: string): string[] {
  return findIn(text, typed).map(({ start, end }) => text.slice(start, end))
}

test.each([
  {
    name: 'within words, whatever the case',
    text: 'The lighthouse. Houses; greenHOUSE.',
    typed: 'house',
    is: ['house', 'House', 'HOUSE'],
  },
  {
    name: 'without the accents, and with them',
    text: 'Café, cafe\u0301, CAFE',
    typed: 'cafe',
    is: ['Café', 'cafe\u0301', 'CAFE'],
  },
  {
    name: 'ß as ss, and the other way round',
    text: 'Die Straße, die Strasse',
    typed: 'strasse',
    is: ['Straße', 'Strasse'],
  },
  {
    name: 'over a line break as over a space',
    text: 'the last\n   keeper',
    typed: 'last keeper',
    is: ['last\n   keeper'],
  },
  { name: 'in a script without spaces', text: '海角灯塔由管理员买下', typed: '灯塔', is: ['灯塔'] },
  { name: 'nothing for nothing', text: 'words', typed: '  ', is: [] },
  { name: 'no place twice', text: 'aaaa', typed: 'aa', is: ['aa', 'aa'] },
])('finds $name', ({ text, typed, is }) => {
  expect(found(text, typed)).toEqual(is)
})

test('whatever is cut out of a text is found in it, at places that lie in it one after another', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(), fc.nat(), (text, from, length) => {
      const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)
      const start = from % letters.length
      const typed = letters.slice(start, start + 1 + (length % 5)).join('')
      const spans = findIn(text, typed)
      let end = 0
      for (const span of spans) {
        expect(span.start).toBeGreaterThanOrEqual(end)
        expect(span.end).toBeGreaterThan(span.start)
        end = span.end
      }
      expect(end).toBeLessThanOrEqual(text.length)
    }),
  )
})
