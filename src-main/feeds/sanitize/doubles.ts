/**
 * A formula that is written as MathML mostly stands there a second time, for browsers that once could not show MathML: as
 * spans (KaTeX, MathJax) or as a picture (Wikipedia), marked as nothing for screen readers (`aria-hidden`). The MathML is
 * shown. Other things with that mark are icons and ornaments; they are seen, and stay.
 */
import type { Attributes } from './attributes.ts'

type Candidate = { number: number; isMarked: boolean }

/** What an open tag was found to hold. */
export type Holding = {
  /** How many formulas with words in them; how many of those a style hides. */
  formulas: number
  hiddenFormulas: number
  /** Whether there are words besides formulas and their doubles. */
  hasWords: boolean
  candidates: Candidate[] | null
}

export function holdsNothing(): Holding {
  return { formulas: 0, hiddenFormulas: 0, hasWords: false, candidates: null }
}

/** Whether a tag may be a double: marked as one, or a picture, which is one beside MathML that is hidden. */
function candidateOf(tag: string, given: Attributes, number: number): Candidate | null {
  const isMarked = given['aria-hidden']?.trim().toLowerCase() === 'true'
  return isMarked || tag === 'img' ? { number, isMarked } : null
}

/**
 * Passes on to `outer` what the tag that closes holds, and adds to `doubles` the numbers of those in it that are doubles: all
 * that the tag holds besides is formulas.
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
