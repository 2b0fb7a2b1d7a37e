/**
 * What is known only at the end of an article: the targets of links within it, duplicates, and the last text of each link. If a
 * pass finds any of these, the article is sanitised once more with the findings.
 */
import { percentDecoded } from '../../lib/urls.ts'
import type { Attributes } from './attributes.ts'
import { closeHolding, type Holding, holdsNothing } from './doubles.ts'

/** Tags and text runs are identified by their numbers in the document, which are the same in each pass. */
export type Findings = {
  /** Duplicates of formulas, and placeholders of pictures that come after them. */
  doubles: ReadonlySet<number>
  /** Players without a source: their content is shown instead. */
  emptyPlayers: ReadonlySet<number>
  /** Addresses to write after a text run, the last one in its link. */
  addresses: ReadonlyMap<number, string>
  /** Links without text, which are replaced by their address. */
  wordless: ReadonlyMap<number, string>
  /** The number of each target of a link, by its id, and by the fragments that refer to it. */
  places: ReadonlyMap<string, number>
  fragments: ReadonlyMap<string, number>
  /** Too many `<ruby>` for a browser to lay out: their text is written without the tags. */
  isCrowded: boolean
  /** Everything is hidden, so that it is shown: better than an empty article. */
  showsHidden: boolean
}

export const nothingFound: Findings = {
  doubles: new Set(),
  emptyPlayers: new Set(),
  addresses: new Map(),
  wordless: new Map(),
  places: new Map(),
  fragments: new Map(),
  isCrowded: false,
  showsHidden: false,
}

/** Whether a pass with one gives the same as a pass with the other. */
export function areSame(found: Findings, given: Findings): boolean {
  return (
    found.isCrowded === given.isCrowded &&
    [found.doubles, found.emptyPlayers, found.addresses, found.wordless].every(({ size }) => size === 0) &&
    [given.doubles, given.emptyPlayers, given.addresses, given.wordless].every(({ size }) => size === 0) &&
    holdSame(found.places, given.places) &&
    holdSame(found.fragments, given.fragments)
  )
}

function holdSame(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean {
  if (one.size !== other.size) return false
  for (const [key, number] of one) if (other.get(key) !== number) return false
  return true
}

const longestId = 1_000

export class Finder {
  /** Whether there are formulas, and so perhaps duplicates of them. */
  readonly isTracking: boolean
  readonly #doubles = new Set<number>()
  readonly #emptyPlayers = new Set<number>()
  readonly #addresses = new Map<number, string>()
  readonly #wordless = new Map<number, string>()
  readonly #ids = new Set<string>()
  readonly #wanted = new Set<string>()
  hasHidden = false

  constructor(isTracking: boolean) {
    this.isTracking = isTracking
  }

  /** The first element with an id is the target (HTML, 7.4.6.4). */
  seesId(id: string): void {
    if (id !== '' && id.length <= longestId) this.#ids.add(id)
  }

  seesFragment(fragment: string): void {
    if (fragment !== '') this.#wanted.add(fragment)
  }

  seesPlaceholder(number: number): void {
    this.#doubles.add(number)
  }

  seesEmptyPlayer(number: number): void {
    this.#emptyPlayers.add(number)
  }

  /** A link that browsers cannot open ends: its address is shown, unless its text has it. `lastText` is null without text. */
  seesAddress(number: number, address: string, words: string, lastText: number | null): void {
    if (lastText === null) this.#wordless.set(number, address)
    else if (!contains(words, address)) this.#addresses.set(lastText, address)
  }

  closes(
    inner: { tag: string; given: Attributes; number: number; isHidden: boolean; holding: Holding },
    outer: Holding | undefined,
  ): void {
    if (this.isTracking) closeHolding(inner, outer, this.#doubles)
  }

  holding(): Holding {
    return this.isTracking ? holdsNothing() : unused
  }

  findings(isCrowded: boolean): Findings {
    const { places, fragments } = this.#wanted.size > 0 ? this.#places() : nothingFound
    const found = [this.#doubles, this.#emptyPlayers, this.#addresses, this.#wordless, places]
    if (!isCrowded && found.every(({ size }) => size === 0)) return nothingFound
    return {
      doubles: this.#doubles,
      emptyPlayers: this.#emptyPlayers,
      addresses: this.#addresses,
      wordless: this.#wordless,
      places,
      fragments,
      isCrowded,
      showsHidden: false,
    }
  }

  #places(): { places: Map<string, number>; fragments: Map<string, number> } {
    const meant = new Map<string, string>()
    for (const fragment of this.#wanted) {
      const id = spellings(fragment).find(spelling => this.#ids.has(spelling))
      if (id !== undefined) meant.set(fragment, id)
    }
    const targets = new Set(meant.values())
    const places = new Map<string, number>()
    // In document order, so that the same article always gets the same numbers.
    for (const id of this.#ids) if (targets.has(id)) places.set(id, places.size + 1)
    return { places, fragments: new Map([...meant].map(([fragment, id]) => [fragment, places.get(id) ?? 0])) }
  }
}

const unused = holdsNothing()

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
