/** Whether two titles or texts are the same, similar (one an edit of the other), or unlike. */
import { plainStart } from '../db/compressed-html.ts'

/** A text of this length is not repeated by chance, as 'Open thread' is. */
const longText = 200
/** Characters of a text that are compared; the rest only costs time. */
const comparedLength = 4_000
const gramLength = 4
/** The share of the shorter text's grams that the other must have for one to be an edit of the other. */
const similarShare = 0.6

/** Case, spacing and Unicode form (NFKC) don't count; signs do: 'C', 'C++' and 'C#' are three things. */
export function normalized(text: string): string {
  return text.slice(0, comparedLength).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

/** Both normalized. */
export function compareTitles(one: string, other: string): 'same' | 'similar' | 'unlike' | 'unknown' {
  if (one === '' || other === '') return 'unknown'
  if (one === other) return 'same'
  return isSimilar(one, other) ? 'similar' : 'unlike'
}

/** Both normalized. */
export function compareTexts(one: string, other: string): 'same-long' | 'same' | 'similar' | 'unlike' | 'unknown' {
  if (one === '' || other === '') return 'unknown'
  if (one === other) return one.length >= longText ? 'same-long' : 'same'
  return isSimilar(one, other) ? 'similar' : 'unlike'
}

/** The words of sanitised HTML, stored or not, normalized. */
export function wordsOf(html: string | Uint8Array): string {
  return normalized(plainStart(html, comparedLength * 5))
}

/** By runs of four characters, which works in any language. */
function isSimilar(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (short.length >= gramLength - 1 && long.includes(short)) return true
  const known = gramsOf(long)
  const grams = gramsOf(short)
  let common = 0
  for (const gram of grams) if (known.has(gram)) common++
  return common >= grams.size * similarShare
}

function gramsOf(text: string): Set<string> {
  const grams = new Set<string>()
  for (let at = 0; at === 0 || at + gramLength <= text.length; at++) grams.add(text.slice(at, at + gramLength))
  return grams
}
