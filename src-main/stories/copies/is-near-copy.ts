/**
 * Whether two articles with other links are one: a report of an agency as two papers print it, or the article of one site under
 * two addresses. In doubt they are two.
 */
import { day } from '../../lib/time.ts'
import { sharedRuns } from './shared-words.ts'

export type Printed = {
  feedId: number
  /** The registrable domain of its link. */
  site: string
  title: string
  /** Of the whole text, as `wordsOf` answers them. */
  words: string[]
  /** In ms. */
  publishedAt: number
}

/** An agency's report is printed within a day or two. */
const within = 2 * day
/**
 * Of the reports in tests/stories/near-copies.test.ts, those that were cut, begun anew, or broken by an advertisement have .96 or
 * more of the shorter one's runs in common, and two papers' own reports of one event .04. But two forecasts of one site have .93,
 * two releases of one program .96: what is like another on one site was written from a template.
 */
const sharedBetweenSites = 0.9
const sharedOnOneSite = 0.97
/** Below these, notices of one kind are like each other. Under one title, the shorter one may be a teaser. */
export const fewestWords = 60
const fewestUnderOneTitle = 20
/** Editors cut a report to its first half, not to its first paragraph: that is quoted, too. */
const leastLength = 0.4

export function isNearCopy(one: Printed, other: Printed): boolean {
  if (one.feedId === other.feedId || Math.abs(one.publishedAt - other.publishedAt) > within) return false
  const [short, long] = one.words.length < other.words.length ? [one.words, other.words] : [other.words, one.words]
  if (!hasNumbersOf(long, short)) return false
  if (one.site !== other.site) {
    const isLong = short.length >= Math.max(fewestWords, long.length * leastLength)
    return isLong && sharedRuns(short, long) >= sharedBetweenSites
  }
  const isOneTitle = one.title !== '' && one.title === other.title
  return isOneTitle && short.length >= fewestUnderOneTitle && sharedRuns(short, long) >= sharedOnOneSite
}

/** Results, prices and releases are the same words with other numbers. Of ten numbers, an editor may have changed one. */
function hasNumbersOf(long: string[], short: string[]): boolean {
  const left = new Map<string, number>()
  for (const word of long.filter(isNumber)) left.set(word, (left.get(word) ?? 0) + 1)
  const numbers = short.filter(isNumber)
  let missing = 0
  for (const number of numbers) {
    const count = left.get(number) ?? 0
    if (count === 0) missing++
    else left.set(number, count - 1)
  }
  return missing <= numbers.length / 10
}

function isNumber(word: string): boolean {
  return /\p{N}/u.test(word)
}
