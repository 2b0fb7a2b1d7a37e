/** Finds for a cluster the one that it should be one with. */
import { type Clusters, nowhere } from './clusters.ts'
import type { Documents } from './documents.ts'
import { withRoom } from './growing.ts'
import type { StoryOptions } from './options.ts'

/** Fewer words in common may be chance. */
const leastShared = 2
/** Of a story's words so many are looked up, those that weigh most. */
const mostWords = 40
/**
 * So many of the newest places of a word are looked at, and so many of all its words together, the rarest first: otherwise
 * 50,000 articles take 20 times as long as they do. On the labelled headlines it makes no difference.
 */
const mostPlaces = 48
const mostInAll = 300
/** So many candidates are compared in full, those that have most in common by what was looked at. */
const mostCompared = 6

export class Nearest {
  readonly #documents: Documents
  readonly #clusters: Clusters
  readonly #options: StoryOptions
  /** By cluster, while one is compared: the product as far as it was looked at, words shared, the word seen last. */
  #products = new Float32Array(1_024)
  #shared = new Int32Array(1_024)
  #lastTerm = new Int32Array(1_024)

  constructor(documents: Documents, clusters: Clusters, options: StoryOptions) {
    this.#documents = documents
    this.#clusters = clusters
    this.#options = options
  }

  /** The cluster that goes best with this one, of those that may; null where none is near enough. */
  find(cluster: number, isAllowed: (other: number) => boolean): number | null {
    let best: number | null = null
    let bestExcess = 0
    for (const other of this.#candidates(cluster)) {
      const excess = this.#excess(cluster, other)
      if (excess > bestExcess && isAllowed(other)) {
        bestExcess = excess
        best = other
      }
    }
    return best
  }

  /** Those that share words with a cluster and may be one with it, of many those that seem nearest. */
  #candidates(cluster: number): number[] {
    const touched = this.#lookUp(cluster)
    const found = touched.filter(
      other => other !== cluster && this.#shared[other]! >= leastShared && this.#suit(cluster, other),
    )
    const likeness = (other: number) => this.#products[other]! / this.#clusters.lengths(cluster, other)
    if (found.length > mostCompared) found.sort((one, other) => likeness(other) - likeness(one))
    for (const other of touched) this.#shared[other] = 0
    return found.slice(0, mostCompared)
  }

  /** Adds up what the words of a cluster have in common with others. Answers which others. */
  #lookUp(cluster: number): number[] {
    this.#products = withRoom(this.#products, this.#documents.size)
    this.#shared = withRoom(this.#shared, this.#documents.size)
    this.#lastTerm = withRoom(this.#lastTerm, this.#documents.size)
    const touched: number[] = []
    let left = mostInAll
    for (const [term, weight] of this.#words(cluster)) {
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
    if (!this.#shared[other]) {
      touched.push(other)
      this.#shared[other] = 1
      this.#products[other] = product
      this.#lastTerm[other] = term
      return
    }
    this.#products[other]! += product
    if (this.#lastTerm[other] === term) return
    this.#lastTerm[other] = term
    this.#shared[other]!++
  }

  /** The words of a cluster, those that weigh most first. */
  #words(cluster: number): [term: number, weight: number][] {
    return [...this.#clusters.centroid(cluster)].sort((one, other) => other[1] - one[1]).slice(0, mostWords)
  }

  /** Whether two clusters may be one: in one language, and within the window. */
  #suit(one: number, other: number): boolean {
    const [language, another] = [this.#clusters.language(one), this.#clusters.language(other)]
    return this.#clusters.span(one, other) <= this.#options.window && (!language || !another || language === another)
  }

  /** By how much two clusters are nearer than they have to be. */
  #excess(one: number, other: number): number {
    const { halfLife, join, joinEase, joinLeast, merge, mergeRise, mergeWithin } = this.#options
    const cosine = this.#clusters.cosine(one, other)
    const [smaller = 1, larger = 1] = [this.#clusters.size(one), this.#clusters.size(other)].sort((a, b) => a - b)
    if (smaller === 1) {
      const needed = Math.max(joinLeast, join - joinEase * Math.log2(larger))
      return cosine * 2 ** (-this.#clusters.gap(one, other) / halfLife) - needed
    }
    if (Math.abs(this.#clusters.middle(one) - this.#clusters.middle(other)) > mergeWithin) return 0
    return cosine - merge - mergeRise * Math.log2(smaller / 2)
  }
}
