/**
 * Finds duplicates of formulas. Beside MathML most pages have the formula once more, for browsers that could not show MathML: as
 * spans (KaTeX, MathJax) or as a picture (Wikipedia), with `aria-hidden`. Only the MathML is kept. Other elements with
 * `aria-hidden` are icons and ornaments, which stay.
 */
import type { OpenTag } from './open-tag.ts'

/** A tag that may be a duplicate. `isMarked`: it has `aria-hidden`; otherwise it is a picture, which is one beside hidden MathML. */
export type Candidate = { number: number; isMarked: boolean }

/**
 * Adds what was found in a closing tag to `outer`, the one around it. Candidates in it are duplicates, and added to `doubles`, if
 * the tag has otherwise only formulas.
 */
export function findDoubles(inner: OpenTag, outer: OpenTag | undefined, doubles: Set<number>): void {
  if (inner.formulas > 0 && !inner.hasWords) {
    for (const { number, isMarked } of inner.candidates) {
      if (isMarked || inner.hiddenFormulas > 0) doubles.add(number)
    }
  }
  if (!outer) return
  outer.formulas += inner.formulas
  outer.hiddenFormulas += inner.isHidden ? inner.formulas : inner.hiddenFormulas
  const isMarked = inner.formulas === 0 && inner.given['aria-hidden']?.trim().toLowerCase() === 'true'
  if (isMarked || (inner.formulas === 0 && inner.tag === 'img'))
    outer.candidates.push({ number: inner.number, isMarked })
  outer.hasWords ||= inner.hasWords && !isMarked
}
