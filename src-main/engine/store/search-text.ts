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

/** The words of a text as the index sees them (unicode61, diacritics removed), with where each stands. */
export function* words(text: string): Generator<{ word: string; start: number; end: number }> {
  const mayBeUnspaced = special.test(text)
  for (const match of text.matchAll(/[\p{L}\p{N}\p{Co}\p{M}]+/gu)) {
    if (!mayBeUnspaced || !hasUnspaced.test(match[0])) {
      yield { word: fold(match[0]), start: match.index, end: match.index + match[0].length }
      continue
    }
    let start = match.index
    for (const part of match[0].split(new RegExp(`(${unspaced.source})`, 'u')).filter(Boolean)) {
      yield { word: fold(part), start, end: start + part.length }
      start += part.length
    }
  }
}

/** Case and diacritics folded. */
export function fold(word: string): string {
  // Most words, and a fifth of the time.
  if (plain.test(word)) return word.toLowerCase()
  return word
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
}
