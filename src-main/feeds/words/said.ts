/**
 * The words of an article with those that are not shown: what an article is recognised by must not change with our rules of
 * what is shown.
 */
import { unescaped } from './text.ts'

/** As written in HTML. An article is recognised by its first 4,000 characters. */
const longest = 10_000

export class SaidWords {
  #escaped = ''
  #isWithheld = false

  /** Null where all words are shown: they are the article's text. */
  get words(): string | null {
    return this.#isWithheld ? unescaped(this.#escaped) : null
  }

  /** Between blocks. */
  gap(): void {
    if (this.#escaped.length <= longest) this.#escaped += ' '
  }

  /** A run of text, as HTML. */
  add(escaped: string, isWithheld: boolean): void {
    if (this.#escaped.length > longest) return
    this.#escaped += escaped
    this.#isWithheld ||= isWithheld && /\S/.test(escaped)
  }
}
