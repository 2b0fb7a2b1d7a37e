/**
 * Finds duplicates of formulas. Beside MathML most pages have the formula once more, for browsers that could not show MathML: as
 * spans (KaTeX, MathJax) or as a picture (Wikipedia), with `aria-hidden`. Only the MathML is kept. Other elements with
 * `aria-hidden` are icons and ornaments, which stay.
 */
import type { Attributes } from './attributes.ts'

type Candidate = { number: number; isMarked: boolean }

/** What was found inside of an open tag. */
export type Holding = {
  /** Formulas that have text, and those of them that a style hides. */
  formulas: number
  hiddenFormulas: number
  /** Whether there is text other than formulas and their duplicates. */
  hasWords: boolean
  candidates: Candidate[] | null
}

export function holdsNothing(): Holding {
  return { formulas: 0, hiddenFormulas: 0, hasWords: false, candidates: null }
}

/** A tag that may be a duplicate: one with `aria-hidden`, or a picture, which is one beside hidden MathML. */
function candidateOf(tag: string, given: Attributes, number: number): Candidate | null {
  const isMarked = given['aria-hidden']?.trim().toLowerCase() === 'true'
  return isMarked || tag === 'img' ? { number, isMarked } : null
}

/**
 * Adds what was found in a closing tag to `outer`. Candidates in it are duplicates, and added to `doubles`, if the tag has
 * otherwise only formulas.
 */
export function closeHolding(
  inner: { tag: string; given: Attributes; number: number; isHidden: boolean; holding: Holding },
  outer: Holding | undefined,
  doubles: Set<number>,
): void {
  const { holding } = inner
  if (holding.candidates && holding.formulas > 0 && !holding.hasWords) {
    for (const { number, isMarked } of holding.candidates) {
      if (isMarked || holding.hiddenFormulas > 0) doubles.add(number)
    }
  }
  if (!outer) return
  outer.formulas += holding.formulas
  outer.hiddenFormulas += inner.isHidden ? holding.formulas : holding.hiddenFormulas
  const candidate = holding.formulas > 0 ? null : candidateOf(inner.tag, inner.given, inner.number)
  if (candidate) {
    outer.candidates ??= []
    outer.candidates.push(candidate)
  }
  outer.hasWords ||= holding.hasWords && !candidate?.isMarked
}
