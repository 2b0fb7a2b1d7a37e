/** The words for every reason a feed, a page or a file could not be had. For windows and the command line. */
import type { Failure } from './model.ts'

/** What happened, whose fault it probably is, what to do. */
export type Explanation = { what: string; why: string; next: string }

/** `feedTitle` is named where it is known. Plain text, for textContent. */
export function explain(failure: Failure, _about: { feedTitle?: string } = {}): Explanation {
  return { what: failure.reason, why: '', next: '' }
}

/** The same in one line, for the command line and the log. */
export function explainInOneLine(failure: Failure): string {
  return failure.reason
}
