/** Finds for a cluster the one that it should be one with. */

import { withRoom } from './arrays/growing.ts'
import { type Clusters, nowhere, type Product, type Vector } from './clusters.ts'
import type { Documents } from './documents.ts'
import type { StoryOptions } from './options.ts'

/** Fewer words in common may be chance. */
const leastShared = 2
/** Of a story's words so many are looked up, those that weigh most. */
const mostWords = 40
/**
 * So many of the newest places of a word are looked at, and so many of all its words together, the heaviest first: otherwise
 * 50,000 articles take 20 times as long as they do. On the labelled headlines it makes no difference.
 */
const mostPlaces = 40
const mostInAll = 100
/** So many candidates are compared in full, those that have most in common by what was looked at. */
const mostCompared = 6
/** How words and their weights are packed into one number. */
const mostTerms = 2 ** 24
const weightUnits = 2 ** 16
/** Of the numbers by cluster, beside each other as they are looked up together. */
const stride = 4
const termAt = 1
const productAt = 2

export class Nearest {
  readonly #documents: Documents
  readonly #clusters: Clusters
  readonly #options: StoryOptions
  /** By cluster, while one is compared: words shared, the word seen last, the product as far as it was looked at. */
  #scores = new Int32Array(1_024 * stride)
  #products = new Float32Array(this.#scores.buffer)

  constructor(documents: Documents, clusters: Clusters, options: StoryOptions) {
    this.#documents = documents
    this.#clusters = clusters
    this.#options = options
  }

  /** The cluster that goes best with this one, of those that may; null where none is near enough. */
  find(cluster: number, isAllowed: (other: number) => boolean): number | null {
    let best: number | null = null
    let bestExcess = 0
    const vector = this.#clusters.centroid(cluster)
    for (const other of this.#candidates(cluster, vector)) {
      const excess = this.#excess(cluster, other, this.#clusters.product(vector, other))
      if (excess > bestExcess && isAllowed(other)) {
        bestExcess = excess
        best = other
      }
    }
    return best
  }

  /** Those that share words with a cluster and may be one with it, of many those that seem nearest. */
  #candidates(cluster: number, vector: Vector): number[] {
    const touched = this.#lookUp(vector)
    // The nearest few, in their order: most of what is touched has little in common.
    const found: number[] = []
    const likeness: number[] = []
    for (const other of touched) {
      const at = other * stride
      const isFound = other !== cluster && this.#scores[at]! >= leastShared && this.#suit(cluster, other)
      this.#scores[at] = 0
      if (!isFound) continue
      const near = this.#products[at + productAt]! / this.#clusters.lengths(cluster, other)
      let place = found.length
      while (place > 0 && likeness[place - 1]! < near) place--
      if (place === mostCompared) continue
      found.splice(place, 0, other)
      likeness.splice(place, 0, near)
      found.length = likeness.length = Math.min(found.length, mostCompared)
    }
    return found
  }

  /** Adds up what the words of a vector have in common with clusters. Answers with which. */
  #lookUp(vector: Vector): number[] {
    this.#scores = withRoom(this.#scores, this.#documents.size * stride)
    if (this.#products.buffer !== this.#scores.buffer) this.#products = new Float32Array(this.#scores.buffer)
    const touched: number[] = []
    let left = mostInAll
    for (const term of heaviest(vector)) {
      const weight = vector.get(term)!
      let place = this.#documents.newest(term)
      for (let looked = 0; place >= 0 && looked < mostPlaces && left > 0; looked++, left--) {
        const other = this.#clusters.of(this.#documents.owner(place))
        if (other !== nowhere) this.#note(other, term, weight * this.#documents.weight(place), touched)
        place = this.#documents.earlier(place)
      }
    }
    return touched
  }

  #note(other: number, term: number, product: number, touched: number[]): void {
    const at = other * stride
    if (this.#scores[at] === 0) {
      touched.push(other)
      this.#scores[at] = 1
      this.#scores[at + termAt] = term
      this.#products[at + productAt] = product
      return
    }
    this.#products[at + productAt]! += product
    if (this.#scores[at + termAt] === term) return
    this.#scores[at + termAt] = term
    this.#scores[at]!++
  }

  /** Whether two clusters may be one: in one language, and within the window. */
  #suit(one: number, other: number): boolean {
    const [language, another] = [this.#clusters.language(one), this.#clusters.language(other)]
    return this.#clusters.span(one, other) <= this.#options.window && (!language || !another || language === another)
  }

  /** By how much two clusters are nearer than they have to be. */
  #excess(one: number, other: number, product: Product): number {
    const [size, another] = [this.#clusters.size(one), this.#clusters.size(other)]
    return Math.min(size, another) === 1
      ? this.#excessOfJoining(one, other, product, Math.max(size, another))
      : this.#excessOfMerging(one, other, product, Math.min(size, another))
  }

  /** An article and a story, or another article: the mean of its likeness to each. */
  #excessOfJoining(one: number, other: number, { all, most }: Product, larger: number): number {
    const { halfLife, join, joinEase, joinLeast, joinTop } = this.#options
    const likeness = (all - most * (1 - joinTop)) / larger
    const needed = Math.max(joinLeast, join - joinEase * Math.log2(larger))
    return likeness * 2 ** (-this.#clusters.gap(one, other) / halfLife) - needed
  }

  #excessOfMerging(one: number, other: number, { all, most }: Product, smaller: number): number {
    const { merge, mergeRest, mergeRise, mergeWithin } = this.#options
    if (Math.abs(this.#clusters.middle(one) - this.#clusters.middle(other)) > mergeWithin) return 0
    const lengths = this.#clusters.lengths(one, other)
    const needed = merge + mergeRise * Math.log2(smaller / 2)
    return (all - most) / lengths < needed * mergeRest ? 0 : all / lengths - needed
  }
}

/** The words of a vector that weigh most, in that order. */
function heaviest(vector: Vector): number[] {
  const packed = new Float64Array(vector.size)
  let at = 0
  for (const [term, weight] of vector) packed[at++] = Math.round(weight * weightUnits) * mostTerms + term
  // Numbers of 53 bits, the weight before the word: they are sorted without a call for each comparison.
  const sorted = packed.sort().subarray(-mostWords)
  return Array.from(sorted, one => one % mostTerms).reverse()
}
