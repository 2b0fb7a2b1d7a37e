/** Rules for an article's text, run by run: what is shown, and what is indexed. */
import { escapeText } from '../../lib/escape.ts'
import { isAttached, marksAtEnd, withFewMarks, withoutC1 } from '../../lib/text-marks.ts'
import { DirectionCount, longRun } from './directions.ts'

const longestIndexed = 100_000
/** Longer words get places to break: Chromium lays out one of 400,000 letters in 20 s, pieces of a thousand at once. */
const longestWord = 500
/** `<ruby>` tags times letters in one block: Chromium lays out this many in half a second. */
const mostCrowding = 40_000_000

/** Control characters, combining marks, letters that join or are written right to left. */
const unusual =
  '\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u0300-\\u036f\\u0483-\\u1fff\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u20d0-\\u20ff' +
  '\\u2cef-\\u2cf1\\u2de0-\\u2dff\\u302a-\\u302f\\u3099\\u309a\\ua66f-\\uabff\\ud800-\\udfff\\ufb1d-\\ufeff'
const odd = new RegExp(`[${unusual}]`)
/** A quick test for anything but words and single spaces: these, markup, other white space. Most runs have none. */
const uncommon = new RegExp(`[${unusual}&<>\\t\\n\\r\\xa0\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]| {2}`)
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to go
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g
/** White space other than single spaces. */
const widerSpace = /[^\S ]\s*| \s+/g
/** A line may break after any of these. */
const breaks = /[\s\u00ad\u200b\u3001\u3002\uff0c\uff0e\uff01\uff1f-]/g

export class TextRules {
  readonly #directions = new DirectionCount()
  #indexed = ''
  #endsInSpace = false
  #needsGap = false
  /** `<ruby>` tags and letters in this block. */
  #rubies = 0
  #letters = 0
  #crowding = 0
  /** Combining marks on the last letter. */
  #marks = 0
  /** Whether the last tag was `<wbr>`, so that the text continues. */
  #isContinued = false
  /** Letters since the last place where a line may break. */
  #run = 0

  get text(): string {
    return this.#indexed.trim()
  }

  /** A block begins or ends. `isShown`: by a tag in the output; otherwise a space is written. */
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

  /** A `<ruby>` begins. */
  seesRuby(): void {
    this.#rubies++
  }

  /** Whether these are too many, with this much text, for a browser to lay out. */
  get isCrowded(): boolean {
    return Math.max(this.#crowding, this.#rubies * this.#letters) > mostCrowding
  }

  /** A `<wbr>`. */
  mayBreak(): void {
    this.#run = 0
    this.#isContinued = true
  }

  /**
   * What to write of a run of text, escaped by the library. `isTagless`: no `<wbr>` may be added; `isIndexed`: the words are the
   * publisher's, not ours.
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
    return before + this.#uncommon(escaped, isTagless, isIndexed)
  }

  #uncommon(escaped: string, isTagless: boolean, isIndexed: boolean): string {
    const isOdd = odd.test(escaped)
    const given = unescaped(escaped)
    const words = isOdd ? withFewMarks(withoutC1(given.replace(controls, '')), this.#marks) : given
    this.#marks = isOdd ? marksAtEnd(words, this.#marks) : 0
    this.#indexRun(words, isIndexed)
    const isBounded = isOdd || words.length >= longRun
    const kept = isBounded ? this.#directions.bounded(words, this.#isContinued) : words
    this.#isContinued = false
    const shown = kept === given ? escaped : escapeText(kept)
    return isTagless ? shown : this.#broken(kept, shown)
  }

  #indexRun(words: string, isIndexed: boolean): void {
    if (this.#indexed.length >= longestIndexed) return
    this.#index(isIndexed ? words.slice(0, longestIndexed).replace(widerSpace, ' ') : ' ')
  }

  /** Adds text with single spaces; the text before it may end in one. */
  #index(words: string): void {
    if (words === '' || this.#indexed.length >= longestIndexed) return
    const fitting = words.length > longestIndexed ? words.slice(0, longestIndexed) : words
    this.#indexed += this.#endsInSpace && fitting.startsWith(' ') ? fitting.slice(1) : fitting
    this.#endsInSpace = fitting.endsWith(' ')
  }

  /** The text with `<wbr>` in words that are too long. */
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
