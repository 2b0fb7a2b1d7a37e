/** The words of an article, run by run: as they are shown, and as they are indexed. */
import { escapeText } from '../../lib/escape.ts'
import { isAttached, marksAtEnd, withFewMarks, withoutC1 } from '../../lib/text-marks.ts'
import { DirectionCount, longRun } from './directions.ts'

const longestIndexed = 100_000
/** The longest word a browser is given: one of 400,000 letters takes it 20 s. Pieces of a thousand it lays out at once. */
const longestWord = 500
/** Words with readings times letters, in one block, that Chromium lays out in half a second. */
const mostCrowding = 40_000_000

/**
 * What makes a run of text more than plain words between single spaces: markup, control characters, other white space, marks,
 * letters that join or run the other way. Most runs have none of it, and looking for all at once is quick.
 */
const uncommon = new RegExp(
  '[\\0-\\x1f&<>\\x7f-\\xa0\\u0300-\\u036f\\u0483-\\u1fff\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u20d0-\\u20ff' +
    '\\u2cef-\\u2cf1\\u2de0-\\u2dff\\u3000\\u302a-\\u302f\\u3099\\u309a\\ua66f-\\uabff\\ud800-\\udfff\\ufb1d-\\ufeff]| {2}',
)
/** Of those: what is more than markup and white space. */
const odd = new RegExp(
  '[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u0300-\\u036f\\u0483-\\u1fff\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u20d0-\\u20ff' +
    '\\u2cef-\\u2cf1\\u2de0-\\u2dff\\u302a-\\u302f\\u3099\\u309a\\ua66f-\\uabff\\ud800-\\udfff\\ufb1d-\\ufeff]',
)
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g
/** White space that is more than a single space. */
const widerSpace = /[^\S ]\s*| \s+/g
/** After any of these a line may end. */
const breaks = /[\s\u00ad\u200b\u3001\u3002\uff0c\uff0e\uff01\uff1f-]/g

export class TextRules {
  readonly #directions = new DirectionCount()
  #indexed = ''
  #endsInSpace = false
  #needsGap = false
  /** Of the block: words with a reading, and letters. */
  #rubies = 0
  #letters = 0
  #crowding = 0
  /** How many marks the last letter has. */
  #marks = 0
  /** Whether the last tag only lets a line end, so that the text goes on. */
  #isContinued = false
  /** Letters since a line could end. */
  #run = 0

  get text(): string {
    return this.#indexed.trim()
  }

  /** A block begins or ends: words before and after it are apart. `isShown`: by a tag that is there. */
  gap(isShown: boolean): void {
    this.#index(' ')
    this.#run = 0
    this.#marks = 0
    if (!isShown) this.#needsGap = true
    else {
      this.#directions.reset()
      this.#crowding = Math.max(this.#crowding, this.#rubies * this.#letters)
      this.#rubies = 0
      this.#letters = 0
    }
  }

  /** A word with a reading above it begins. */
  seesRuby(): void {
    this.#rubies++
  }

  /** Whether there are too many of those beside too much text for a browser to lay out. */
  get isCrowded(): boolean {
    return Math.max(this.#crowding, this.#rubies * this.#letters) > mostCrowding
  }

  /** A line may end here. */
  mayBreak(): void {
    this.#run = 0
    this.#isContinued = true
  }

  /**
   * A run of text as the library escaped it: what is to be written. `isTagless`: where no tag may be added; `isIndexed`: the
   * publisher's words.
   */
  write(escaped: string, isTagless: boolean, isIndexed: boolean): string {
    this.#letters += escaped.length
    const before = this.#needsGap ? ' ' : ''
    this.#needsGap = false
    if (escaped.length < longRun && !uncommon.test(escaped)) {
      this.#marks = 0
      this.#isContinued = false
      this.#directions.turnsBack()
      this.#index(isIndexed ? escaped : ' ')
      return before + (isTagless ? escaped : this.#broken(escaped, escaped))
    }
    return (
      before +
      (odd.test(escaped) ? this.#odd(escaped, isTagless, isIndexed) : this.#spaced(escaped, isTagless, isIndexed))
    )
  }

  /** Markup and white space besides common words. */
  #spaced(escaped: string, isTagless: boolean, isIndexed: boolean): string {
    this.#marks = 0
    const words = unescaped(escaped)
    this.#indexRun(words, isIndexed)
    const kept = words.length < longRun ? words : this.#directions.bounded(words, this.#isContinued)
    this.#isContinued = false
    const shown = kept === words ? escaped : escapeText(kept)
    return isTagless ? shown : this.#broken(kept, shown)
  }

  #odd(escaped: string, isTagless: boolean, isIndexed: boolean): string {
    const words = withFewMarks(withoutC1(unescaped(escaped).replace(controls, '')), this.#marks)
    this.#marks = marksAtEnd(words, this.#marks)
    this.#indexRun(words, isIndexed)
    const kept = this.#directions.bounded(words, this.#isContinued)
    this.#isContinued = false
    const shown = kept === escaped ? escaped : escapeText(kept)
    return isTagless ? shown : this.#broken(kept, shown)
  }

  #indexRun(words: string, isIndexed: boolean): void {
    if (this.#indexed.length >= longestIndexed) return
    this.#index(isIndexed ? words.slice(0, longestIndexed).replace(widerSpace, ' ') : ' ')
  }

  /** Words between single spaces, to which the text so far may end in one. */
  #index(words: string): void {
    if (words === '' || this.#indexed.length >= longestIndexed) return
    const fitting = words.length > longestIndexed ? words.slice(0, longestIndexed) : words
    this.#indexed += this.#endsInSpace && fitting.startsWith(' ') ? fitting.slice(1) : fitting
    this.#endsInSpace = fitting.endsWith(' ')
  }

  /** Text with places for a line to end in words that are too long. */
  #broken(words: string, shown: string): string {
    if (this.#run + words.length > longestWord) return this.#withBreaks(words, shown)
    const space = words.lastIndexOf(' ')
    this.#run = space < 0 ? this.#run + words.length : words.length - space - 1
    return shown
  }

  #withBreaks(words: string, shown: string): string {
    const pieces: string[] = []
    let from = 0
    let runStart = -this.#run
    breaks.lastIndex = 0
    for (;;) {
      const next = breaks.exec(words)
      const end = next ? next.index : words.length
      while (end - runStart > longestWord) {
        let at = Math.max(runStart + longestWord, from)
        while (at < end && isAttached(words.slice(at, at + 2))) at++
        if (at >= end) break
        pieces.push(words.slice(from, at))
        from = at
        runStart = at
      }
      if (!next) break
      runStart = end + 1
    }
    this.#run = words.length - runStart
    if (pieces.length === 0) return shown
    pieces.push(words.slice(from))
    return pieces.map(escapeText).join('<wbr />')
  }
}

export function unescaped(text: string): string {
  return text.includes('&')
    ? text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
    : text
}
