/** Finds what was typed anywhere in a text, also within words, folded as the search folds: accents, case, ß. */
import { fold } from './folding.ts'
import type { Span } from './matches.ts'

/** More places than this nobody steps through. */
const mostFound = 10_000

/** The places where `typed` stands, in their order. Any run of white space is one space. */
export function findIn(text: string, typed: string): Span[] {
  const wanted = foldedWithPlaces(typed.trim()).text
  if (wanted === '') return []
  const { text: folded, starts, ends } = foldedWithPlaces(text)
  const found: Span[] = []
  for (let at = folded.indexOf(wanted); at >= 0 && found.length < mostFound; at = folded.indexOf(wanted, at)) {
    found.push({ start: starts[at]!, end: ends[at + wanted.length - 1]! })
    at += wanted.length
  }
  return found
}

/** `starts` and `ends`: where each folded character comes from. */
type Folded = { text: string; starts: number[]; ends: number[] }

/** White space, plain letters, or a letter with the marks on it: they are folded together. */
const marked = /\s+|[\0!-~]+(?!\p{M})|\P{M}\p{M}*|\p{M}+/gu

function foldedWithPlaces(text: string): Folded {
  const folded: Folded = { text: '', starts: [], ends: [] }
  for (const { 0: part, index } of text.matchAll(marked)) {
    const letters = /^\s/.test(part) ? ' ' : isPlain(part) ? part.toLowerCase() : fold(part)
    folded.text += letters
    // Plain letters stay as many as they are; of others one may become two.
    const isEach = letters.length === part.length
    for (let letter = 0; letter < letters.length; letter++) {
      folded.starts.push(isEach ? index + letter : index)
      folded.ends.push(isEach ? index + letter + 1 : index + part.length)
    }
  }
  return folded
}

/** Of a part of `marked`: marks come last in it. */
function isPlain(part: string): boolean {
  return part.charCodeAt(part.length - 1) < 0x7f
}
