import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Evidence, type Field, weigh, weights } from '../../../src-main/store/identity/evidence.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/identity.md'), 'utf8')

test('docs/identity.md has the weights of all fields', () => {
  const documented = [...page.matchAll(/^\| (\w+) \| .* \| `([\w-]+)` \| ([+-]?\d+) \|$/gm)].map(
    ([, field, relation, weight]) => [field, relation, Number(weight)],
  )
  const actual = Object.entries(weights).flatMap(([field, relations]) =>
    Object.entries(relations)
      .filter(([relation]) => relation !== 'unknown')
      .map(([relation, weight]) => [field, relation, weight]),
  )
  expect(documented.map(String).sort()).toEqual(actual.map(String).sort())
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

test('a field that agrees never speaks against an article, and one that differs never for it', () => {
  for (const field of Object.keys(weights) as Field[]) {
    for (const [relation, weight] of Object.entries(weights[field])) {
      const evidence = { ...unknown, [field]: relation } as Evidence
      expect(weigh(evidence)).toBe(weight)
      if (relation.startsWith('same')) expect(weight, `${field} ${relation}`).toBeGreaterThan(0)
      if (/^(?:differ|unlike|far|near|other)/.test(relation)) expect(weight, `${field} ${relation}`).toBeLessThan(0)
    }
  }
})
