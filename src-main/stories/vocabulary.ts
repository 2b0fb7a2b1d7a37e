/** The words that were seen: how often, of late more than before, whether they are names, and where they stand. */
import { grown } from './growing.ts'
import type { StoryOptions } from './options.ts'
import type { Word } from './words.ts'

export type Postings = { places: Int32Array<ArrayBuffer>; length: number }
export type Vocabulary = ReturnType<typeof createVocabulary>

/** Numbers beyond this are made small again. */
const mostGrowth = 1e6

export function createVocabulary(options: StoryOptions) {
  let ids = new Map<string, number>()
  /** By word: documents that have it; in how many of their titles it looks like a name, and in how many it does not. */
  let seen = new Float64Array(1024)
  let asName = new Float64Array(1024)
  let asPlain = new Float64Array(1024)
  let postings: Postings[] = []
  /** After `keep`: the new number of each old one. */
  let renumbered = new Int32Array(0)
  /** Documents. Later ones count for more, instead of the earlier ones for ever less: `now` is what one counts for. */
  let total = 0
  let now = 1
  let origin = Number.NaN

  function idOf(term: string): number {
    const known = ids.get(term)
    if (known !== undefined) return known
    const id = ids.size
    ids.set(term, id)
    if (id >= seen.length) {
      seen = grown(seen, id + 1)
      asName = grown(asName, id + 1)
      asPlain = grown(asPlain, id + 1)
    }
    postings[id] = { places: new Int32Array(1), length: 0 }
    return id
  }

  /** Counts the words of one more document. A clock that goes back changes nothing. */
  function count(words: Word[], at: number): void {
    if (Number.isNaN(origin)) origin = at
    now = Math.max(now, 2 ** ((at - origin) / options.wordHalfLife))
    if (now > mostGrowth) shrink(at)
    total += now
    for (const { term, looks } of words) {
      const id = idOf(term)
      seen[id]! += now
      if (looks === 'name') asName[id]! += now
      else if (looks === 'plain') asPlain[id]! += now
    }
  }

  function shrink(at: number): void {
    for (const counts of [seen, asName, asPlain]) for (let id = 0; id < ids.size; id++) counts[id]! /= now
    total /= now
    now = 1
    origin = at
  }

  /** What a word counts for in a vector: the rarer the more, and names more than others. */
  function weightOf(id: number): number {
    const rarity = Math.log((total / now + 1) / (seen[id]! / now + 0.5))
    const isName = asName[id]! > 0 && asName[id]! >= asPlain[id]!
    return Math.max(0, rarity) * (isName ? options.nameWeight : 1)
  }

  /** 1 for a word that one document has, near 0 for one that all have. */
  function rarityOf(id: number): number {
    const most = Math.log((total / now + 1) / 1.5)
    return most <= 0 ? 0 : Math.max(0, Math.log((total / now + 1) / (seen[id]! / now + 0.5)) / most)
  }

  function post(id: number, place: number): void {
    const list = postings[id]!
    if (list.length === list.places.length) list.places = grown(list.places, list.length + 1)
    list.places[list.length++] = place
  }

  /** Forgets the words that are not among `kept`, and where all of them stand. */
  function keep(kept: Set<number>): void {
    const before = { ids, seen, asName, asPlain }
    renumbered = new Int32Array(before.ids.size).fill(-1)
    ids = new Map()
    seen = new Float64Array(kept.size + 1024)
    asName = new Float64Array(kept.size + 1024)
    asPlain = new Float64Array(kept.size + 1024)
    postings = []
    for (const [term, old] of before.ids) {
      if (!kept.has(old)) continue
      const id = idOf(term)
      renumbered[old] = id
      seen[id] = before.seen[old]!
      asName[id] = before.asName[old]!
      asPlain[id] = before.asPlain[old]!
    }
  }

  return {
    idOf,
    count,
    weightOf,
    rarityOf,
    post,
    keep,
    /** The number that a word has since `keep`, by the one before. */
    keptAs: (id: number) => renumbered[id]!,
    postings: (id: number) => postings[id]!,
  }
}
