/** The labelled headlines lie beside the repository; where they don't, there is nothing to judge by. */
import { expect, test } from 'vitest'
import { randomFrom } from '../bench/lib-store-words.ts'
import { groupInOrder, type Labelled, labelledHeadlines, score, scoreOf } from '../bench/lib-stories-score.ts'

const hour = 60 * 60 * 1_000
const labelled = labelledHeadlines()

test.skipIf(!labelled)(
  'stories agree with the labels: of 20 pairs 19 are right, and B-cubed F1 is .77 at least',
  () => {
    const { pairs, f1 } = scoreOf(labelled!)
    expect(pairs).toBeGreaterThanOrEqual(0.95)
    expect(f1).toBeGreaterThanOrEqual(0.77)
  },
)

/** Each comes up to an hour earlier or later than it did, as feeds are polled. */
function jittered(all: Labelled[], seed: number): Labelled[] {
  const random = randomFrom(seed)
  const arrivals = all.map(headline => ({ headline, at: headline.publishedAt + (random() * 2 - 1) * hour }))
  return arrivals.toSorted((one, other) => one.at - other.at).map(({ headline }) => headline)
}

test.skipIf(!labelled)('the order in which they come makes a difference to few', () => {
  const stories = groupInOrder(labelled!)
  const others = groupInOrder(jittered(labelled!, 1))
  const [found, expected] = [others, stories].map(groups => labelled!.map(({ id }) => groups.get(id)!))
  // Of an article's story nine tenths are of its other story, and the other way round.
  expect(score(found!, expected!).f1).toBeGreaterThan(0.85)
})
