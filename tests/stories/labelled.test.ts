/** The labelled headlines lie beside the repository; where they don't, there is nothing to judge by. */
import { expect, test } from 'vitest'
import { groupInOrder, labelledHeadlines, mixed, score, scoreOf } from '../bench/lib-stories-score.ts'

const labelled = labelledHeadlines()

test.skipIf(!labelled)(
  'stories agree with the labels: of 20 pairs 19 are right, and B-cubed F1 is .77 at least',
  () => {
    const { pairs, f1 } = scoreOf(labelled!)
    expect(pairs).toBeGreaterThanOrEqual(0.95)
    expect(f1).toBeGreaterThanOrEqual(0.77)
  },
)

test.skipIf(!labelled)(
  'in orders mixed by hours, 19 of 20 pairs are right on the average, and in none much fewer',
  () => {
    const scores = [1, 3, 6].map((hours, seed) => scoreOf(mixed(labelled!, hours, seed)))
    const pairs = scores.map(score => score.pairs)
    expect(pairs.reduce((sum, one) => sum + one) / pairs.length).toBeGreaterThanOrEqual(0.95)
    expect(Math.min(...pairs)).toBeGreaterThanOrEqual(0.92)
    expect(Math.min(...scores.map(({ f1 }) => f1))).toBeGreaterThanOrEqual(0.77)
  },
)

test.skipIf(!labelled)('the order in which they come makes a difference to few', () => {
  const stories = groupInOrder(labelled!)
  const others = groupInOrder(mixed(labelled!, 1, 1))
  const [found, expected] = [others, stories].map(groups => labelled!.map(({ id }) => groups.get(id)!))
  // Of an article's story nine tenths are of its other story, and the other way round.
  expect(score(found!, expected!).f1).toBeGreaterThan(0.85)
})
