/** Which documents are together. A cluster goes by the number of one of its documents. */

import { withRoom } from './arrays/growing.ts'
import type { Documents } from './documents.ts'

/** The cluster of a document that belongs to none and is found by none. */
export const nowhere = -1

/** Weights by word. */
export type Vector = Map<number, number>

/** Of two vectors; `most` is the part of it that one word has. */
export type Product = { all: number; most: number }

export class Clusters {
  readonly #documents: Documents
  /** By document: its cluster, the next one there (after the last comes the first), its time and its language. */
  #of = new Int32Array(1_024)
  #next: number[] = []
  #times: number[] = []
  #languages: (string | null)[] = []
  /** By cluster: documents, the square of its centroid's length, first and last time, sum of times, language. */
  #sizes: number[] = []
  #squares: number[] = []
  #first: number[] = []
  #last: number[] = []
  #sums: number[] = []
  #spoken: (string | null)[] = []
  /** By cluster of two or more: the sum of its documents' vectors. */
  #centroids = new Map<number, Vector>()

  constructor(documents: Documents) {
    this.#documents = documents
  }

  /** Puts in a document, which stands alone. */
  add(doc: number, at: number, language: string | null): void {
    this.#times[doc] = at
    this.#languages[doc] = language
    this.#of = withRoom(this.#of, doc + 1)
    this.form([doc])
  }

  of(doc: number): number {
    return this.#of[doc] ?? nowhere
  }

  members(cluster: number): number[] {
    const all = [cluster]
    for (let doc = this.#next[cluster]!; doc !== cluster; doc = this.#next[doc]!) all.push(doc)
    return all
  }

  size(cluster: number): number {
    return this.#sizes[cluster]!
  }

  time(doc: number): number {
    return this.#times[doc]!
  }

  /** Null where nobody knows. */
  language(cluster: number): string | null {
    return this.#spoken[cluster]!
  }

  /** The time between two clusters, 0 where they overlap. */
  gap(one: number, other: number): number {
    return Math.max(this.#first[one]! - this.#last[other]!, this.#first[other]! - this.#last[one]!, 0)
  }

  /** From the first article of two clusters to the last. */
  span(one: number, other: number): number {
    return Math.max(this.#last[one]!, this.#last[other]!) - Math.min(this.#first[one]!, this.#first[other]!)
  }

  /** The mean of its times. */
  middle(cluster: number): number {
    return this.#sums[cluster]! / this.#sizes[cluster]!
  }

  /** The sum of its documents' vectors. */
  centroid(cluster: number): Vector {
    return this.#centroids.get(cluster) ?? this.#sum([cluster])
  }

  #sum(docs: number[]): Vector {
    const sum: Vector = new Map()
    for (const doc of docs) this.#addTo(sum, doc)
    return sum
  }

  #addTo(sum: Vector, doc: number): void {
    const end = this.#documents.end(doc)
    for (let place = this.#documents.start(doc); place < end; place++) {
      const term = this.#documents.term(place)
      sum.set(term, (sum.get(term) ?? 0) + this.#documents.weight(place))
    }
  }

  /** The product of a vector and a cluster's centroid, with what shared links add. */
  product(vector: Vector, cluster: number): Product {
    const product = { all: 0, most: 0 }
    const centroid = this.#centroids.get(cluster)
    if (centroid) {
      const [shorter, longer] = vector.size <= centroid.size ? [vector, centroid] : [centroid, vector]
      for (const [term, weight] of shorter) addPart(product, weight * (longer.get(term) ?? 0))
      return product
    }
    const end = this.#documents.end(cluster)
    for (let place = this.#documents.start(cluster); place < end; place++)
      addPart(product, this.#documents.weight(place) * (vector.get(this.#documents.term(place)) ?? 0))
    return product
  }

  /** The product of the lengths of two centroids. */
  lengths(one: number, other: number): number {
    return Math.sqrt(this.#squares[one]! * this.#squares[other]!)
  }

  /** Takes `other` into `cluster`, which keeps its number. */
  join(cluster: number, other: number): void {
    const centroid = this.#centroids.get(cluster) ?? this.#sum([cluster])
    this.#squares[cluster]! += this.#squares[other]! + 2 * this.product(centroid, other).all
    for (const doc of this.members(other)) {
      this.#of[doc] = cluster
      this.#addTo(centroid, doc)
    }
    this.#centroids.set(cluster, centroid)
    this.#centroids.delete(other)
    const second = this.#next[cluster]!
    this.#next[cluster] = this.#next[other]!
    this.#next[other] = second
    this.#sizes[cluster]! += this.#sizes[other]!
    this.#first[cluster] = Math.min(this.#first[cluster]!, this.#first[other]!)
    this.#last[cluster] = Math.max(this.#last[cluster]!, this.#last[other]!)
    this.#sums[cluster]! += this.#sums[other]!
    this.#spoken[cluster] ??= this.#spoken[other]!
  }

  /** Takes a document out, to stand alone. Answers the cluster of the others, which may go by another number now. */
  remove(doc: number): number | null {
    const cluster = this.of(doc)
    const others = this.members(cluster).filter(other => other !== doc)
    const begun = this.#first[cluster]!
    this.form([doc])
    const [rest] = others
    if (rest === undefined) return null
    this.#centroids.delete(cluster)
    this.form(others)
    // Its first members may be forgotten already; it may not grow beyond their window for that.
    this.#first[rest] = Math.min(begun, this.#first[rest]!)
    return rest
  }

  /** Makes a cluster of documents, which goes by the number of the first. */
  form(docs: number[]): void {
    const cluster = docs[0]!
    const times = docs.map(doc => this.#times[doc]!)
    for (const [at, doc] of docs.entries()) {
      this.#of[doc] = cluster
      this.#next[doc] = docs[at + 1] ?? cluster
    }
    this.#sizes[cluster] = docs.length
    this.#sums[cluster] = times.reduce((sum, time) => sum + time, 0)
    this.#first[cluster] = times.reduce((one, other) => Math.min(one, other))
    this.#last[cluster] = times.reduce((one, other) => Math.max(one, other))
    this.#spoken[cluster] = docs.map(doc => this.#languages[doc]!).find(language => language !== null) ?? null
    this.#weigh(cluster)
  }

  #weigh(cluster: number): void {
    if (this.size(cluster) === 1) {
      this.#squares[cluster] = 1
      this.#centroids.delete(cluster)
      return
    }
    const centroid = this.#sum(this.members(cluster))
    this.#centroids.set(cluster, centroid)
    let square = 0
    for (const weight of centroid.values()) square += weight * weight
    this.#squares[cluster] = square
  }

  weighAll(): void {
    for (const cluster of [...this.#centroids.keys()]) this.#weigh(cluster)
  }

  /** Keeps these documents, numbered anew in their order; of a cluster those that stay keep its beginning. */
  keep(docs: number[]): void {
    const [of, first, spoken] = [this.#of, this.#first, this.#spoken]
    const groups = new Map<number, number[]>()
    for (const [doc, old] of docs.entries()) groups.set(of[old]!, [...(groups.get(of[old]!) ?? []), doc])
    this.#times = docs.map(doc => this.#times[doc]!)
    this.#languages = docs.map(doc => this.#languages[doc]!)
    this.#centroids.clear()
    ;[this.#next, this.#sizes, this.#squares] = [[], [], []]
    this.#of = new Int32Array(docs.length + 1_024)
    ;[this.#first, this.#last, this.#sums, this.#spoken] = [[], [], [], []]
    for (const [cluster, kept] of groups) {
      if (cluster === nowhere) {
        for (const doc of kept) this.retire(doc)
        continue
      }
      this.form(kept)
      this.#first[kept[0]!] = first[cluster]!
      this.#spoken[kept[0]!] = spoken[cluster]!
    }
  }

  /** Takes a document that stands alone out of all comparisons. */
  retire(doc: number): void {
    this.#of[doc] = nowhere
    this.#next[doc] = doc
  }
}

function addPart(product: Product, part: number): void {
  product.all += part
  if (part > product.most) product.most = part
}
