/**
 * What is known only at the end of an article: the targets of links within it, duplicates, and the last text of each link. If a
 * pass finds any of these, the article is sanitised once more with the findings: 1 of 100 articles.
 */
import { percentDecoded } from '../../lib/urls.ts'

/** Tags and text runs are identified by their numbers in the document, which are the same in each pass. */
export class Findings {
  /** Duplicates of formulas, and placeholders of pictures that come after them. */
  readonly doubles = new Set<number>()
  /** Players without a source: their content is shown instead. */
  readonly emptyPlayers = new Set<number>()
  /** Addresses to write after a text run, the last one in its link. */
  readonly addresses = new Map<number, string>()
  /** Links without text, which are replaced by their address. */
  readonly wordless = new Map<number, string>()
  /** All ids of the article, and the fragments of links into it. */
  readonly ids = new Set<string>()
  readonly fragments = new Set<string>()
  /** The number of each target of a link, by its id and by the fragments that refer to it. */
  readonly places = new Map<string, number>()
  /** Too many `<ruby>` for a browser to lay out: their text is written without the tags. */
  isCrowded = false
  hasHidden = false
  /** Everything is hidden, so that it is shown: better than an empty article. */
  showsHidden = false

  /** Whether another pass would give the same. */
  get isEmpty(): boolean {
    const found = [this.doubles, this.emptyPlayers, this.addresses, this.wordless, this.places]
    return !this.isCrowded && found.every(({ size }) => size === 0)
  }

  /** A link that browsers cannot open ends: its address is shown, unless its text has it. `lastText` is null without text. */
  seesAddress(number: number, address: string, words: string, lastText: number | null): void {
    if (lastText === null) this.wordless.set(number, address)
    else if (!contains(words, address)) this.addresses.set(lastText, address)
  }

  /** Fills `places`, in document order, so that the same article always gets the same numbers. */
  numberPlaces(): void {
    if (this.fragments.size === 0) return
    const fragments = Map.groupBy(this.fragments, fragment => spellings(fragment).find(id => this.ids.has(id)))
    let number = 0
    for (const id of this.ids) {
      const leading = fragments.get(id)
      if (leading) number++
      for (const name of leading ? [id, ...leading] : []) this.places.set(name, number)
    }
  }
}

/** As written, decoded, and with the prefix that sites put before ids in user content. */
function spellings(fragment: string): string[] {
  const decoded = percentDecoded(fragment)
  return [fragment, decoded, `user-content-${decoded}`]
}

/** Whether a text contains an address, or its phone number. */
function contains(words: string, address: string): boolean {
  const start = address.indexOf(':')
  const rest = percentDecoded(address.slice(start + 1).replace(/^\/\//, ''))
  if (words.includes(rest) || words.includes(address.slice(start + 1))) return true
  const digits = /^(?:tel|sms|callto|fax):$/.test(address.slice(0, start + 1)) ? rest.replace(/\D/g, '') : ''
  return digits.length > 2 && words.replace(/\D/g, '').includes(digits.replace(/^00/, ''))
}
