/**
 * The words of an article with those that are not shown: what an article is recognised by must not change with our rules of
 * what is shown.
 */
import { unescaped } from './sanitize-text.ts'

const longest = 10_000

export class SaidWords {
  #words = ''
  #isWithheld = false

  /** Null where all words are shown: they are the article's text. */
  get words(): string | null {
    return this.#isWithheld ? this.#words : null
  }

  /** Between blocks. */
  gap(): void {
    this.#words += ' '
  }

  /** A run of text, as HTML. */
  add(escaped: string, isWithheld: boolean): void {
    if (this.#words.length > longest) return
    this.#words += unescaped(escaped)
    this.#isWithheld ||= isWithheld && /\S/.test(escaped)
  }
}
