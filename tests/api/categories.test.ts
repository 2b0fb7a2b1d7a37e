/** Which spellings of publishers are one category, how it is called, and what the reader joins. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  joined,
  readAliases,
  separated,
  shownCategories,
  withAliasesOf,
} from '../../src-main/api/categories/aliases.ts'
import { categoryKey, isTelling, mergedCategories } from '../../src-main/api/categories/names.ts'
import { fold } from '../../src-main/api/search/folding.ts'

test.each([
  [
    'Open Source',
    ['open-source', '#OpenSource', 'OPEN_SOURCE', ' ##open source', 'ｏｐｅｎ　ｓｏｕｒｃｅ', 'Open\u00adSource'],
  ],
  ['Café', ['cafe', '#CAFÉ', 'Cafe\u0301']],
  ['Straße', ['strasse', '#STRASSE']],
  ['日本', ['#日本', '日 本']],
  ['🎮', ['#🎮']],
])('%s is spelled in many ways', (name, others) => {
  expect(others.map(categoryKey)).toEqual(others.map(() => categoryKey(name)))
})

test('what differs by a sign that means something is not one', () => {
  const names = ['C', 'C++', 'C#', 'R', 'US', 'USA', 'AT&T', 'Web 2.0', '.NET', 'Net', 'Tom’s', 'Toms']
  expect(new Set(names.map(categoryKey)).size).toBe(names.length)
})

test('fillers, addresses and bare numbers tell nothing', () => {
  const junk = [
    'Uncategorized',
    'allgemein',
    'Sin categoría',
    '#',
    ' - ',
    '2026',
    '12.5',
    'https://a.example/x',
    'x'.repeat(200),
  ]
  expect(junk.filter(isTelling)).toEqual([])
  const telling = ['C', 'C++', '日', '🎮', '5G', 'Web 2.0', '2026 election', 'Otherworld']
  expect(telling.filter(isTelling)).toEqual(telling)
})

describe('the categories of one article', () => {
  test.each<[string, string[], string[]]>([
    [
      'each once, as it is best to read',
      ['#opensource', 'open-source', 'Open Source', 'Linux'],
      ['Open Source', 'Linux'],
    ],
    ['a beginning in the longer one', ['Global', 'Boats', 'Global News'], ['Boats', 'Global News']],
    ['also of a hashtag', ['#Global', '#GlobalNews'], ['GlobalNews']],
    [
      'only whole words begin',
      ['Art', 'Artificial Intelligence', 'Car', 'Cars'],
      ['Art', 'Artificial Intelligence', 'Car', 'Cars'],
    ],
    ['through several', ['A1', 'A1 B', 'A1 B C'], ['A1 B C']],
    [
      'what begins two is what they have in common',
      ['Apple', 'Apple TV', 'Apple Watch'],
      ['Apple', 'Apple TV', 'Apple Watch'],
    ],
    ['without what says nothing', ['Uncategorized', 'Boats', '2026'], ['Boats']],
    ['in capitals only where it is short', ['UKRAINE WAR', 'Ukraine War', 'NASA'], ['Ukraine War', 'NASA']],
  ])('%s', (_, names, merged) => expect(mergedCategories(names)).toEqual(merged))
})

const word = fc.constantFrom(
  'global',
  'Global',
  'News',
  'open',
  'Source',
  'café',
  'C',
  '#',
  '-',
  '日本',
  'ß',
  '2026',
  '🎮',
)
const aName = fc.oneof(
  fc
    .tuple(fc.array(word, { minLength: 1, maxLength: 4 }), fc.constantFrom(' ', '-', '_', ''))
    .map(([all, by]) => all.join(by)),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
)

describe('whatever publishers write,', () => {
  test('the key of a key is the key', () => {
    const keepsFolded = aName.filter(one => fold(fold(one)) === fold(one))
    const keyed = fc.property(keepsFolded, one => void expect(categoryKey(categoryKey(one))).toBe(categoryKey(one)))
    fc.assert(keyed, { numRuns: 2_000 })
  })

  test('merging what is merged changes nothing, and the order of the names changes no result', () => {
    fc.assert(
      fc.property(fc.array(aName, { maxLength: 8 }), names => {
        const merged = mergedCategories(names)
        expect(mergedCategories(merged)).toEqual(merged)
        expect(mergedCategories(names.toReversed()).toSorted()).toEqual(merged.toSorted())
        expect(new Set(merged.map(categoryKey)).size).toBe(merged.length)
      }),
    )
  })
})

describe('joined by the reader,', () => {
  test('a category is shown as the other one, wherever it comes', () => {
    const aliases = readAliases(joined([], 'US politics', 'Politics'))
    expect(shownCategories(['#us-politics', 'politics', 'Boats'], aliases)).toEqual(['Politics', 'Boats'])
    expect(aliases.joinedTo('politics')).toEqual(['US politics'])
  })

  test('one takes with it what was joined to it, and follows what the other is joined to', () => {
    const list = joined(joined(joined([], 'a', 'b'), 'c', 'd'), 'b', 'c')
    expect(list).toEqual([
      { name: 'a', as: 'd' },
      { name: 'b', as: 'd' },
      { name: 'c', as: 'd' },
    ])
  })

  test('two can change places, and be separated', () => {
    const turned = joined(joined(joined([], 'a', 'B'), 'c', 'b'), 'b', 'a')
    expect(turned).toEqual([
      { name: 'B', as: 'a' },
      { name: 'c', as: 'a' },
    ])
    expect(separated(turned, '#C')).toEqual([{ name: 'B', as: 'a' }])
  })

  test('those of another library are added where nothing was said', () => {
    const here = joined([], 'a', 'b')
    expect(
      withAliasesOf(here, [
        { name: 'a', as: 'x' },
        { name: 'y', as: 'B' },
      ]),
    ).toEqual([
      { name: 'a', as: 'b' },
      { name: 'y', as: 'b' },
    ])
  })

  test('none ever leads to another, nor to itself', () => {
    const few = fc.constantFrom('a', 'b', 'c', 'd', 'e', '#A', 'B ')
    fc.assert(
      fc.property(fc.array(fc.tuple(few, few), { maxLength: 12 }), pairs => {
        const list = pairs.reduce((all, [from, to]) => joined(all, from, to), joined([], 'x', 'y'))
        const names = list.map(alias => categoryKey(alias.name))
        expect(new Set(names).size).toBe(names.length)
        for (const { as } of list) expect(names).not.toContain(categoryKey(as))
        for (const [from, to] of pairs.slice(-1))
          expect(readAliases(list).keyOf(from)).toBe(readAliases(list).keyOf(to))
      }),
    )
  })
})
