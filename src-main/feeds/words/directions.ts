/**
 * How often a text turns from one writing direction to the other. Chromium takes time in the square of that, within a block:
 * 400,000 letters that alternate take it minutes. A page of Hebrew with names and numbers in it turns a hundred times.
 */

const rightToLeft = '\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}'
const marks = '\\u202a-\\u202e\\u2066-\\u2069'
/** What is here has to be looked at; the surrogates are those of the scripts above. */
const mayTurn = /[\u0590-\u08ff\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\ud802\ud803\ud83a\ud83b]/
const stretch = new RegExp(`([${rightToLeft}]+)|[${marks}]|[\\p{L}\\p{N}]`, 'gu')
const mark = new RegExp(`[${marks}]`)

const mostInBlock = 5_000
const mostInAll = 20_000
/** A turn where a tag stands costs the browser as much as many in the midst of text. */
const betweenTags = 10
/** Scripts take turns, too: 400,000 letters of them take as long. Japanese with Latin words does so some hundred times a page. */
const mostScripts = 20_000
const scripts = /[a-z][^a-z]{0,2}[\u0370-\u052f\u0e00-\u0e7f\u3040-\u9fff\uac00-\ud7ff]/gi
/** Shorter runs of text are not looked through for that. */
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

  /** A run of text that is plain Latin. */
  turnsBack(): void {
    this.#isRightToLeft = false
  }

  /** A run of text, cut off where it has turned more often than any that is read. `isContinued`: no tag stands before it. */
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
