/** The words that were seen: how often, of late more than before, and whether they are names. */
import { withRoom } from './arrays/growing.ts'
import type { StoryOptions } from './options.ts'
import type { Word } from './words/words.ts'

/** Numbers beyond this are made small again. */
const mostGrowth = 1e6
/** So many articles with none of these words are taken to have come before: of the first three every word is frequent. */
const assumed = 50

export class Vocabulary {
  readonly #options: StoryOptions
  /** Words by themselves, links by their hash. */
  #ids = new Map<string | number, number>()
  /** By word: documents that have it, and those where it looks like a name, and like none. */
  #seen = new Float64Array(1_024)
  #asName = new Float32Array(1_024)
  #asPlain = new Float32Array(1_024)
  /** After `keep`: the new number of each old one. */
  #renumbered = new Int32Array(0)
  /** Documents. Later ones count for more, instead of the earlier ones for ever less: `#now` is what one counts for. */
  #total = 0
  #now = 1
  #origin = Number.NaN

  constructor(options: StoryOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#ids.size
  }

  #idOf(term: string | number): number {
    const known = this.#ids.get(term)
    if (known !== undefined) return known
    const id = this.#ids.size
    this.#ids.set(term, id)
    this.#seen = withRoom(this.#seen, id + 1)
    this.#asName = withRoom(this.#asName, id + 1)
    this.#asPlain = withRoom(this.#asPlain, id + 1)
    return id
  }

  /** Counts the words of one more document, and answers their numbers. A clock that goes back changes nothing. */
  count(words: Word[], at: number): number[] {
    if (Number.isNaN(this.#origin)) this.#origin = at
    this.#now = Math.max(this.#now, 2 ** ((at - this.#origin) / this.#options.wordHalfLife))
    if (this.#now > mostGrowth) this.#shrink(at)
    this.#total += this.#now
    return words.map(({ term, looks }) => {
      const id = this.#idOf(term)
      this.#seen[id]! += this.#now
      if (looks === 'name') this.#asName[id]! += this.#now
      else if (looks === 'plain') this.#asPlain[id]! += this.#now
      return id
    })
  }

  #shrink(at: number): void {
    for (const counts of [this.#seen, this.#asName, this.#asPlain])
      for (let id = 0; id < this.size; id++) counts[id]! /= this.#now
    this.#total /= this.#now
    this.#now = 1
    this.#origin = at
  }

  /** What a word counts for in a vector: the rarer the more, and names more than others. */
  weightOf(id: number): number {
    const isName = this.#asName[id]! > 0 && this.#asName[id]! >= this.#asPlain[id]!
    return this.#rarity(this.#seen[id]!) * (isName ? this.#options.nameWeight : 1)
  }

  /** 1 for a word that one document has, near 0 for one that all have. */
  rarityOf(id: number): number {
    const most = this.#rarity(this.#now)
    return most === 0 ? 0 : this.#rarity(this.#seen[id]!) / most
  }

  #rarity(seen: number): number {
    return Math.max(0, Math.log((this.#total / this.#now + assumed + 1) / (seen / this.#now + 0.5)))
  }

  /** Forgets the words that are not among `kept`. The others get new numbers: `keptAs`. */
  keep(kept: Uint8Array): void {
    const [ids, seen, asName, asPlain] = [this.#ids, this.#seen, this.#asName, this.#asPlain]
    this.#renumbered = new Int32Array(ids.size)
    this.#ids = new Map()
    this.#seen = new Float64Array(1_024)
    this.#asName = new Float32Array(1_024)
    this.#asPlain = new Float32Array(1_024)
    for (const [term, old] of ids) {
      if (!kept[old]) continue
      const id = this.#idOf(term)
      this.#renumbered[old] = id
      this.#seen[id] = seen[old]!
      this.#asName[id] = asName[old]!
      this.#asPlain[id] = asPlain[old]!
    }
  }

  /** The number that a word has since `keep`, by the one before. */
  keptAs(id: number): number {
    return this.#renumbered[id]!
  }
}
