/**
 * Articles as vectors of weighed words. Documents are numbered as they come. All is in typed arrays: five days of a thousand
 * feeds are a million and more words.
 */
import { withRoom } from './arrays/growing.ts'
import type { StoryOptions } from './options.ts'
import { Vocabulary } from './vocabulary.ts'
import type { Word } from './words/words.ts'

/** Stands where a word has its count: a link adds to what two articles have in common, and takes nothing from its words. */
const link = 0
/** Counts are kept as whole numbers, of halves. */
const halves = 2
const mostCount = 255
/** Four numbers by place beside each other: what is looked up together is fetched from memory together. */
const stride = 4
const termAt = 1
const earlierAt = 2
const weightAt = 3
const none = -1

export class Documents {
  readonly #options: StoryOptions
  readonly #vocabulary: Vocabulary
  /** By document: the place of its first word; one more at the end. */
  #starts = new Int32Array(1_024)
  /** By word: the last place where it stands. */
  #heads = new Int32Array(1_024)
  /**
   * By place: the document, the word, the place where the word stands before, and its weight. Without links the weights of a
   * document are a vector of length 1.
   */
  #places = new Int32Array(8_192 * stride)
  #weights = new Float32Array(this.#places.buffer)
  /** By place: how much of the word the document has. */
  #counts = new Uint8Array(8_192)
  #size = 0

  constructor(options: StoryOptions) {
    this.#options = options
    this.#vocabulary = new Vocabulary(options)
  }

  get size(): number {
    return this.#size
  }

  add(words: Word[], at: number): number {
    const known = this.#vocabulary.size
    const terms = this.#vocabulary.count(words, at)
    this.#heads = withRoom(this.#heads, this.#vocabulary.size)
    this.#heads.fill(none, known, this.#vocabulary.size)
    this.#makeRoom(words.length)
    for (const [index, { weight, isLink }] of words.entries())
      this.#append(terms[index]!, isLink ? link : Math.min(mostCount, Math.round(weight * halves)))
    return this.#end()
  }

  #makeRoom(words: number): void {
    const places = this.#starts[this.#size]! + words
    this.#starts = withRoom(this.#starts, this.#size + 2)
    this.#places = withRoom(this.#places, places * stride)
    if (this.#weights.buffer !== this.#places.buffer) this.#weights = new Float32Array(this.#places.buffer)
    this.#counts = withRoom(this.#counts, places)
    this.#starts[this.#size + 1] = this.#starts[this.#size]!
  }

  #append(term: number, count: number): void {
    const place = this.#starts[this.#size + 1]!++
    this.#places[place * stride] = this.#size
    this.#places[place * stride + termAt] = term
    this.#places[place * stride + earlierAt] = this.#heads[term]!
    this.#counts[place] = count
    this.#heads[term] = place
  }

  #end(): number {
    this.#weigh(this.#size)
    return this.#size++
  }

  /** Sets the weights of a document by how frequent its words are now. */
  #weigh(doc: number): void {
    let squares = 0
    const [start, end] = [this.start(doc), this.end(doc)]
    for (let place = start; place < end; place++) {
      if (this.isLink(place)) continue
      const weight = this.#counts[place]! * this.#vocabulary.weightOf(this.term(place))
      this.#weights[place * stride + weightAt] = weight
      squares += weight * weight
    }
    const length = Math.sqrt(squares) || 1
    for (let place = start; place < end; place++) {
      const at = place * stride + weightAt
      if (!this.isLink(place)) this.#weights[at]! /= length
      else this.#weights[at] = this.#options.linkWeight * this.#vocabulary.rarityOf(this.term(place))
    }
  }

  weighAll(): void {
    for (let doc = 0; doc < this.#size; doc++) this.#weigh(doc)
  }

  /** Keeps these, in their order, and numbers them anew; words that none of them has are forgotten. */
  keep(docs: number[]): void {
    const [starts, places, counts] = [this.#starts, this.#places, this.#counts]
    const kept = new Uint8Array(this.#vocabulary.size)
    for (const doc of docs)
      for (let place = starts[doc]!; place < starts[doc + 1]!; place++) kept[places[place * stride + termAt]!] = 1
    this.#vocabulary.keep(kept)
    this.#heads = new Int32Array(this.#vocabulary.size).fill(none)
    this.#starts = new Int32Array(1_024)
    this.#places = new Int32Array(8_192 * stride)
    this.#counts = new Uint8Array(8_192)
    this.#size = 0
    for (const doc of docs) {
      this.#makeRoom(starts[doc + 1]! - starts[doc]!)
      for (let place = starts[doc]!; place < starts[doc + 1]!; place++)
        this.#append(this.#vocabulary.keptAs(places[place * stride + termAt]!), counts[place]!)
      this.#end()
    }
  }

  /** A document's places are from `start` to before `end`. */
  start(doc: number): number {
    return this.#starts[doc]!
  }

  end(doc: number): number {
    return this.#starts[doc + 1]!
  }

  owner(place: number): number {
    return this.#places[place * stride]!
  }

  term(place: number): number {
    return this.#places[place * stride + termAt]!
  }

  weight(place: number): number {
    return this.#weights[place * stride + weightAt]!
  }

  isLink(place: number): boolean {
    return this.#counts[place] === link
  }

  /** The newest place of a word, and the one before a place; negative where there is none. */
  newest(term: number): number {
    return this.#heads[term]!
  }

  earlier(place: number): number {
    return this.#places[place * stride + earlierAt]!
  }
}
