/**
 * The weights of evidence: how much each field says for or against an item being a known article. docs/identity.md has the
 * same table, in words; a test compares the two.
 */

/** How an item of a document compares with a known article, field by field; `unknown` where either lacks the field. */
export type Evidence = {
  /** `same-shared`: several articles of the feed have this guid. */
  guid: 'same' | 'same-shared' | 'differs' | 'unknown'
  /**
   * `same-page`: one of the two has a fragment, the other has none. `other-fragment`: both have one, and not the same.
   * `same-path`: the same path and query on another host.
   */
  link: 'same' | 'same-page' | 'other-fragment' | 'same-path' | 'differs' | 'unknown'
  title: 'same' | 'similar' | 'unlike' | 'unknown'
  /** `same-long`: too long to come twice by chance. */
  text: 'same-long' | 'same' | 'similar' | 'unlike' | 'unknown'
  enclosures: 'same' | 'differ' | 'unknown'
  /** `...-alone`: neither has a title or a text: the picture is the article. */
  pictures: 'same' | 'differ' | 'same-alone' | 'differ-alone' | 'unknown'
  /** `same-shared`: other items of the document have the same date. */
  date: 'same' | 'same-shared' | 'near' | 'far' | 'unknown'
}

export type Field = keyof Evidence

export const weights: { [F in Field]: Record<Evidence[F], number> } = {
  guid: { same: 8, 'same-shared': 1, differs: -4, unknown: 0 },
  link: { same: 4, 'same-page': 1, 'same-path': 2, 'other-fragment': -3, differs: -2, unknown: 0 },
  title: { same: 2, similar: 0, unlike: -2, unknown: 0 },
  text: { 'same-long': 5, same: 2, similar: 2, unlike: -3, unknown: 0 },
  enclosures: { same: 1, differ: -5, unknown: 0 },
  pictures: { same: 1, differ: -2, 'same-alone': 4, 'differ-alone': -5, unknown: 0 },
  date: { same: 3, 'same-shared': 1, near: -1, far: -4, unknown: 0 },
}

/** The sum of all weights. Above 0 it is the same article, and the higher the surer. */
export function weigh(evidence: Evidence): number {
  return fields.reduce((sum, field) => sum + weightOf(field, evidence), 0)
}

/**
 * The least and the most that the sum can become while the `open` fields have not been compared. The weight of a title that
 * was compared can only become 0; pictures can be `...-alone` only where there is no title.
 */
export function range(evidence: Evidence, open: Field[], isUntitled: boolean): { least: number; most: number } {
  let least = 0
  let most = 0
  for (const field of fields) {
    const weight = weightOf(field, evidence)
    if (!open.includes(field)) {
      least += weight
      most += weight
    } else if (field === 'title') {
      least += Math.min(0, weight)
      most += Math.max(0, weight)
    } else {
      const { differ, same } = weights.pictures
      least += field === 'pictures' && !isUntitled ? differ : extremes[field].least
      most += field === 'pictures' && !isUntitled ? same : extremes[field].most
    }
  }
  return { least, most }
}

const fields = Object.keys(weights) as Field[]
const extremes = Object.fromEntries(
  fields.map(field => {
    const values = Object.values(weights[field])
    return [field, { least: Math.min(...values), most: Math.max(...values) }]
  }),
) as Record<Field, { least: number; most: number }>

function weightOf<F extends Field>(field: F, evidence: Evidence): number {
  return weights[field][evidence[field]]
}
