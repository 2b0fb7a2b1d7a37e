/** Folds and splits text into words, for the index, for queries, and to highlight matches. */
import { foldLetters, foldText, isInvisible, lookAt, unspacedScript } from './letters.ts'

/** Scripts written without spaces: every character is a word of its own, and a word is a phrase. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu
const hasUnspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/** ASCII needs no folding but lower case. */
const plain = /^[\x20-\x7e]*$/

/** A Persian word whose parts a zero width non-joiner separates. People type it in one, or as two words. */
const joined = /[\p{Script=Arabic}\p{M}\p{N}\u200c]+/gu

/** Text for the index: folded (store/folding/letters.ts), scripts without spaces split into single characters. */
export function forIndex(text: string): string {
  const seen = lookAt(text)
  if (seen === 0) return text
  const parted = text.includes('\u200c') ? text.replace(joined, withParts) : text
  return spaced(foldLetters(parted, seen), seen)
}

/** The same for a query, where a joined word is not split. */
export function forQuery(text: string): string {
  return spaced(foldText(text), lookAt(text))
}

function spaced(text: string, seen: number): string {
  return seen & unspacedScript ? text.replace(unspaced, ' $& ') : text
}

function withParts(word: string): string {
  return /\S\u200c\S/.test(word) ? `${word.replaceAll('\u200c', ' ')} ${word}` : word
}

/** Whether a word is of a script whose characters are indexed one by one. */
export function isUnspaced(word: string): boolean {
  return hasUnspaced.test(word)
}

export type Word = { word: string; start: number; end: number }

/** The words of a text as the tokenizer of the index sees them, folded, with their positions. */
export function* words(text: string): Generator<Word> {
  let start = -1
  let end = -1
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at)!
    const kind = kinds[code] || kindOf(code)
    const next = code > 0xffff ? at + 2 : at + 1
    if (kind === inWord) {
      if (start < 0) start = at
      end = next
    } else if (kind !== notSeen) {
      if (start >= 0) yield* wordAt(text, start, end)
      start = -1
      if (kind === wordAlone) yield* wordAt(text, at, next)
    }
    at = next
  }
  if (start >= 0) yield* wordAt(text, start, end)
}

const inWord = 1
const wordAlone = 2
const betweenWords = 3
const notSeen = 4
/** Cache by code point: a search goes through hundreds of thousands of letters for one page. */
const kinds = new Uint8Array(0x110000)

/** Whether the character at this position is part of a word with its neighbours. */
export function isWithinWord(text: string, at: number): boolean {
  const code = text.codePointAt(at)
  if (code === undefined) return false
  const kind = kinds[code] || kindOf(code)
  return kind === inWord || kind === notSeen
}

function kindOf(code: number): number {
  kinds[code] = kindOfLetter(String.fromCodePoint(code))
  return kinds[code]
}

function kindOfLetter(letter: string): number {
  if (isInvisible(letter)) return notSeen
  // An apostrophe, though Unicode takes it for a letter.
  if (letter === '\u02bc' || !/[\p{L}\p{N}\p{Co}\p{M}]/u.test(letter)) return betweenWords
  return hasUnspaced.test(letter) ? wordAlone : inWord
}

/** None where folding leaves nothing, as of an accent that stands alone. */
function wordAt(text: string, start: number, end: number): Word[] {
  const word = fold(text.slice(start, end))
  return word === '' ? [] : [{ word, start, end }]
}

/** Folds a word as the index is folded. */
export function fold(word: string): string {
  // Most words are ASCII: a fifth of the time.
  if (plain.test(word)) return word.toLowerCase()
  // In Chinese each character is a word; none of these folds.
  if (word.length === 1 && word >= '\u4e00' && word <= '\u9fff') return word
  return foldText(word)
}
