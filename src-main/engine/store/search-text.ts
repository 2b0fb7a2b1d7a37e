/** One spelling for what is indexed and what is searched for. */

/** Scripts written without spaces: every character is a word of its own, and a word is a phrase. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu
const hasUnspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/** Only where one of these is can anything be changed: marks that stand apart, and scripts without spaces. */
const special = /[\u0300-\u1fff\u2028-\uffff]/

/** The letters of English, which have no marks to lose. */
const plain = /^[\x20-\x7e]*$/

/** Text as it goes into the index: letters with marks composed, since the index drops marks that stand apart. */
export function forIndex(text: string): string {
  if (!special.test(text)) return text
  const composed = text.normalize('NFC')
  return hasUnspaced.test(composed) ? composed.replace(unspaced, ' $& ') : composed
}

export type Word = { word: string; start: number; end: number }

/** The words of a text as the index sees them (unicode61, diacritics removed), with where each stands. */
export function* words(text: string): Generator<Word> {
  let start = -1
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at)!
    const kind = kinds[code] || kindOf(code)
    const next = code > 0xffff ? at + 2 : at + 1
    if (kind === inWord) {
      if (start < 0) start = at
    } else {
      if (start >= 0) yield wordAt(text, start, at)
      start = -1
      if (kind === wordAlone) yield wordAt(text, at, next)
    }
    at = next
  }
  if (start >= 0) yield wordAt(text, start, text.length)
}

const inWord = 1
const wordAlone = 2
const betweenWords = 3
/** By code point, asked once of each: a search looks through hundreds of thousands of letters for one page. */
const kinds = new Uint8Array(0x110000)

/** Whether the character there goes into a word with its neighbours. */
export function isWithinWord(text: string, at: number): boolean {
  const code = text.codePointAt(at)
  return code !== undefined && (kinds[code] || kindOf(code)) === inWord
}

function kindOf(code: number): number {
  const letter = String.fromCodePoint(code)
  const isInWord = /[\p{L}\p{N}\p{Co}\p{M}]/u.test(letter)
  kinds[code] = !isInWord ? betweenWords : hasUnspaced.test(letter) ? wordAlone : inWord
  return kinds[code]
}

function wordAt(text: string, start: number, end: number): Word {
  return { word: fold(text.slice(start, end)), start, end }
}

/** Case and diacritics folded. */
export function fold(word: string): string {
  // Most words, and a fifth of the time.
  if (plain.test(word)) return word.toLowerCase()
  // In Chinese each character is a word.
  if (word.length === 1 && word >= '\u4e00' && word <= '\u9fff') return word
  return word
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
}
