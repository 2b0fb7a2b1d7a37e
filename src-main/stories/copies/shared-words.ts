/** How much of one text is in another: by runs of words, which an edit at one place leaves as they are at all others. */

/** Words in a run. Two texts on one subject share many pairs of words, but few runs of three. */
export const runLength = 3
/** Words of a text that are compared. */
const comparedWords = 1_500

/** In scripts without spaces each letter counts as a word. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}'
const letterPattern = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{M}\\p{N}])+`, 'gu')
const hasUnspaced = new RegExp(`[${unspaced}]`, 'u')
const wordPattern = /[\p{L}\p{M}\p{N}]+/gu

/** The words of a plain text, at most 1,500: lower-case, without signs. */
export function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKC').toLowerCase()
  return (folded.match(hasUnspaced.test(folded) ? letterPattern : wordPattern) ?? []).slice(0, comparedWords)
}

/** The share of the shorter text's runs of words that the longer one has, too: 0 to 1. Both as `wordsOf` answers them. */
export function sharedRuns(one: string[], other: string[]): number {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  const known = runsOf(long)
  const runs = runsOf(short)
  let common = 0
  for (const run of runs) if (known.has(run)) common++
  return runs.size === 0 ? 0 : common / runs.size
}

/** The runs of words of a text. */
function runsOf(words: string[]): Set<string> {
  const runs = new Set<string>()
  for (let at = 0; at + runLength <= words.length; at++) runs.add(words.slice(at, at + runLength).join(' '))
  return runs
}
