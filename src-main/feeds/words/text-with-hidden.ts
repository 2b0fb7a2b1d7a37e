/** The text of an article with hidden words: its fingerprint must not change with our rules of what is hidden. */
import { unescaped } from './text.ts'

/** As HTML. The fingerprint needs 4,000 characters of text. */
const longest = 10_000

export class TextWithHidden {
  #escaped = ''
  #isWithheld = false

  /** Null if nothing was hidden: then it is the article's text. */
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
