/**
 * What each mark of an article says for and against its being one that is known. The table in docs/identity.md is this one,
 * with a reason for each figure; a test compares the two.
 */

/** How an item of a document compares with an article that is known, mark by mark; `unknown` where either has none. */
export type Evidence = {
  /** `same-shared`: several articles of the feed carry this guid. */
  guid: 'same' | 'same-shared' | 'differs' | 'unknown'
  /**
   * `same-page`: one of the two names a place within the page (a fragment), the other does not. `other-fragment`: both do,
   * and not the same. `same-path`: the same path and query on another host.
   */
  link: 'same' | 'same-page' | 'other-fragment' | 'same-path' | 'differs' | 'unknown'
  title: 'same' | 'similar' | 'unlike' | 'unknown'
  /** `same-long`: too long to come twice by chance. */
  text: 'same-long' | 'same' | 'similar' | 'unlike' | 'unknown'
  enclosures: 'same' | 'differ' | 'unknown'
  /** `...-alone`: there is neither a title nor a text, the picture is the article. */
  pictures: 'same' | 'differ' | 'same-alone' | 'differ-alone' | 'unknown'
  /** `same-shared`: other items of the document have this very date. */
  date: 'same' | 'same-shared' | 'near' | 'far' | 'unknown'
}

export type Mark = keyof Evidence

export const weights: { [M in Mark]: Record<Evidence[M], number> } = {
  guid: { same: 8, 'same-shared': 1, differs: -4, unknown: 0 },
  link: { same: 4, 'same-page': 1, 'same-path': 2, 'other-fragment': -3, differs: -2, unknown: 0 },
  title: { same: 2, similar: 0, unlike: -2, unknown: 0 },
  text: { 'same-long': 5, same: 2, similar: 2, unlike: -3, unknown: 0 },
  enclosures: { same: 1, differ: -5, unknown: 0 },
  pictures: { same: 1, differ: -2, 'same-alone': 4, 'differ-alone': -5, unknown: 0 },
  date: { same: 3, 'same-shared': 1, near: -1, far: -4, unknown: 0 },
}

/** The sum of what the marks say. Above 0 it is the same article, and the higher the surer. */
export function weigh(evidence: Evidence): number {
  return marks.reduce((sum, mark) => sum + weightOf(mark, evidence), 0)
}

/**
 * The least and the most that the sum can become while some marks have not been looked at. A title that has been compared can
 * only turn out to say nothing; pictures are all there is only where there is no title.
 */
export function range(evidence: Evidence, open: Mark[], isUntitled: boolean): { least: number; most: number } {
  let least = 0
  let most = 0
  for (const mark of marks) {
    const weight = weightOf(mark, evidence)
    if (!open.includes(mark)) {
      least += weight
      most += weight
    } else if (mark === 'title') {
      least += Math.min(0, weight)
      most += Math.max(0, weight)
    } else {
      const { differ, same } = weights.pictures
      least += mark === 'pictures' && !isUntitled ? differ : extremes[mark].least
      most += mark === 'pictures' && !isUntitled ? same : extremes[mark].most
    }
  }
  return { least, most }
}

const marks = Object.keys(weights) as Mark[]
const extremes = Object.fromEntries(
  marks.map(mark => {
    const values = Object.values(weights[mark])
    return [mark, { least: Math.min(...values), most: Math.max(...values) }]
  }),
) as Record<Mark, { least: number; most: number }>

function weightOf<M extends Mark>(mark: M, evidence: Evidence): number {
  return weights[mark][evidence[mark]]
}
