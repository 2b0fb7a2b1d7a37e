import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Evidence, type Mark, weigh, weights } from '../../../src-main/store/identity/evidence.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/identity.md'), 'utf8')

test('docs/identity.md says what each mark weighs', () => {
  const told = [...page.matchAll(/^\| (\w+) \| .* \| `([\w-]+)` \| ([+-]?\d+) \|$/gm)].map(
    ([, mark, relation, weight]) => [mark, relation, Number(weight)],
  )
  const held = Object.entries(weights).flatMap(([mark, relations]) =>
    Object.entries(relations)
      .filter(([relation]) => relation !== 'unknown')
      .map(([relation, weight]) => [mark, relation, weight]),
  )
  expect(told.map(String).sort()).toEqual(held.map(String).sort())
})

test('the sums of docs/identity.md are those of its rows', () => {
  const rows = [...page.matchAll(/^\| [^|]+ \|((?:[^|]*\|){6}) (-?\d+) \| (same|another) \|$/gm)]
  expect(rows.length).toBeGreaterThan(10)
  for (const [row, figures = '', sum, verdict] of rows) {
    const total = figures.split('|').reduce((all, figure) => all + Number(figure), 0)
    expect([row, total, total > 0 ? 'same' : 'another']).toEqual([row, Number(sum), verdict])
  }
})

const unknown: Evidence = {
  guid: 'unknown',
  link: 'unknown',
  title: 'unknown',
  text: 'unknown',
  enclosures: 'unknown',
  pictures: 'unknown',
  date: 'unknown',
}

test('a mark that agrees never speaks against an article, and one that differs never for it', () => {
  for (const mark of Object.keys(weights) as Mark[]) {
    for (const [relation, weight] of Object.entries(weights[mark])) {
      const evidence = { ...unknown, [mark]: relation } as Evidence
      expect(weigh(evidence)).toBe(weight)
      if (relation.startsWith('same')) expect(weight, `${mark} ${relation}`).toBeGreaterThan(0)
      if (/^(?:differ|unlike|far|near|other)/.test(relation)) expect(weight, `${mark} ${relation}`).toBeLessThan(0)
    }
  }
})
