/**
 * Limits changes of the writing direction. Chromium's layout takes quadratic time in their number within a block: minutes for
 * 400,000 letters that alternate. A page of Hebrew with names and numbers has about a hundred.
 */

const rightToLeft = '\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}'
const marks = '\\u202a-\\u202e\\u2066-\\u2069'
/** A quick test; the surrogates are those of the scripts above. */
const mayTurn = /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\ud802\ud803\ud83a\ud83b]/
const stretch = new RegExp(`([${rightToLeft}]+)|[${marks}]|[\\p{L}\\p{N}]`, 'gu')
const mark = new RegExp(`[${marks}]`)

const mostInBlock = 5_000
const mostInAll = 20_000
/** The cost of a change at a tag, against 1 within text. */
const betweenTags = 10
/** Changes of the script, which are as expensive. Japanese with Latin words has some hundred per page. */
const mostScripts = 20_000
const scripts = /[a-z][^a-z]{0,2}[\u0370-\u052f\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7ff]/gi
/** Script changes are not counted in shorter runs of text. */
export const longRun = 2_000

export class DirectionCount {
  #inBlock = 0
  #inAll = 0
  #isRightToLeft = false
  #isCut = false
  #scripts = 0

  /** A block begins. */
  reset(): void {
    this.#inBlock = 0
    this.#isCut = false
  }

  /** A run of plain Latin text. */
  turnsBack(): void {
    this.#isRightToLeft = false
  }

  /** A run of text, truncated beyond the limits. `isContinued`: it follows the last run without a tag between them. */
  bounded(words: string, isContinued: boolean): string {
    return this.#boundedTurns(words.length >= longRun ? this.#boundedScripts(words) : words, isContinued)
  }

  #boundedScripts(words: string): string {
    for (const { index } of words.matchAll(scripts)) {
      if (this.#scripts >= mostScripts) return words.slice(0, index) + this.#ellipsis()
      this.#scripts++
    }
    return words
  }

  #boundedTurns(words: string, isContinued: boolean): string {
    if (!mayTurn.test(words)) return words
    for (const { 0: found, 1: rightToLeftLetters, index } of words.matchAll(stretch)) {
      const isRightToLeft = rightToLeftLetters !== undefined
      const isMark = mark.test(found)
      if (!isMark && isRightToLeft === this.#isRightToLeft) continue
      if (this.#inBlock >= mostInBlock || this.#inAll >= mostInAll) return words.slice(0, index) + this.#ellipsis()
      const cost = index === 0 && !isContinued ? betweenTags : 1
      this.#inBlock += cost
      this.#inAll += cost
      if (!isMark) this.#isRightToLeft = isRightToLeft
    }
    return words
  }

  #ellipsis(): string {
    if (this.#isCut) return ''
    this.#isCut = true
    return '…'
  }
}
