/**
 * What can only be told when the whole article has been read: which places links within it lead to, what is there twice, and
 * where the words of a link end. Where a pass finds any of it, the article is sanitised once more by someone who knows.
 */
import { percentDecoded } from '../../lib/urls.ts'
import type { Attributes } from './attributes.ts'
import { closeHolding, type Holding, holdsNothing } from './doubles.ts'

/** Tags and runs of text are known by their numbers, which are the same in each pass. */
export type Findings = {
  /** Tags that show a formula a second time, or stand in for a picture that comes after them. */
  doubles: ReadonlySet<number>
  /** Players that have nothing to play: what they hold is shown instead. */
  emptyPlayers: ReadonlySet<number>
  /** Addresses to show behind a run of text, which is the last one in its link. */
  addresses: ReadonlyMap<number, string>
  /** Links without words, in whose place their address is shown. */
  wordless: ReadonlyMap<number, string>
  /** The number of each place that a link leads to, by its id; and of the place that a fragment means. */
  places: ReadonlyMap<string, number>
  fragments: ReadonlyMap<string, number>
  /** Readings stand beside their words, since there are too many to stand above them. */
  isCrowded: boolean
  /** There is nothing but what is hidden: better that than an empty article. */
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

/** Whether a pass that was given the one does what one given the other would. */
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
  /** Whether there are formulas, and so perhaps doubles of them. */
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

  /** The first of those with the same id is the place (HTML, 7.4.6.4). */
  seesId(id: string): void {
    if (id !== '' && id.length <= longestId) this.#ids.add(id)
  }

  seesFragment(fragment: string): void {
    if (fragment !== '') this.#wanted.add(fragment)
  }

  seesStandIn(number: number): void {
    this.#doubles.add(number)
  }

  seesEmptyPlayer(number: number): void {
    this.#emptyPlayers.add(number)
  }

  /** A link that cannot be one closes: its address is shown, unless its words say it. `lastText` is null where it has none. */
  seesAddress(number: number, address: string, words: string, lastText: number | null): void {
    if (lastText === null) this.#wordless.set(number, address)
    else if (!says(words, address)) this.#addresses.set(lastText, address)
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

  /** Null where there is nothing to do better. */
  findings(isCrowded: boolean): Findings | null {
    const { places, fragments } = this.#wanted.size > 0 ? this.#places() : nothingFound
    const found = [this.#doubles, this.#emptyPlayers, this.#addresses, this.#wordless, places]
    if (!isCrowded && found.every(({ size }) => size === 0)) return null
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
    // In the order of the document, so that the same article gets the same numbers again.
    for (const id of this.#ids) if (targets.has(id)) places.set(id, places.size + 1)
    return { places, fragments: new Map([...meant].map(([fragment, id]) => [fragment, places.get(id) ?? 0])) }
  }
}

const unused = holdsNothing()

/** As it is written, as it is meant, and as sites write the ids of their readers' texts. */
function spellings(fragment: string): string[] {
  const decoded = percentDecoded(fragment)
  return [fragment, decoded, `user-content-${decoded}`]
}

/** Whether words hold an address, or its number, already. */
function says(words: string, address: string): boolean {
  const start = address.indexOf(':')
  const rest = percentDecoded(address.slice(start + 1).replace(/^\/\//, ''))
  if (words.includes(rest) || words.includes(address.slice(start + 1))) return true
  const digits = /^(?:tel|sms|callto|fax):$/.test(address.slice(0, start + 1)) ? rest.replace(/\D/g, '') : ''
  return digits.length > 2 && words.replace(/\D/g, '').includes(digits.replace(/^00/, ''))
}
