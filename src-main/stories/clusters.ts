/** Which documents are together. A cluster goes by the number of one of its documents. */
import type { Documents } from './documents.ts'

export type Clusters = ReturnType<typeof createClusters>

/** The cluster of a document that belongs to none and is found by none. */
export const nowhere = -1

export function createClusters(documents: Documents) {
  /** By document: its cluster, the next one there (after the last comes the first), its time and its language. */
  let of: number[] = []
  let next: number[] = []
  let times: number[] = []
  let languages: (string | null)[] = []
  /** By cluster: documents, the square of its centroid's length, first and last time, sum of times, language. */
  let sizes: number[] = []
  let squares: number[] = []
  let first: number[] = []
  let last: number[] = []
  let sums: number[] = []
  let spoken: (string | null)[] = []
  /** By word, of the centroid that is made. */
  const centroid: number[] = []

  function add(doc: number, at: number, language: string | null): void {
    times[doc] = at
    languages[doc] = language
    form([doc])
  }

  function members(cluster: number): number[] {
    const all = [cluster]
    for (let doc = next[cluster]!; doc !== cluster; doc = next[doc]!) all.push(doc)
    return all
  }

  /** The sum of a cluster's vectors; links are in it where they are asked for. */
  function centroidOf(cluster: number, withLinks: boolean): [term: number, weight: number][] {
    const words: [number, number][] = []
    let doc = cluster
    do {
      const end = documents.end(doc)
      for (let place = documents.start(doc); place < end; place++) {
        if (!withLinks && documents.isLink(place)) continue
        const term = documents.term(place)
        if (!centroid[term]) words.push([term, 0])
        centroid[term] = (centroid[term] ?? 0) + documents.weight(place)
      }
      doc = next[doc]!
    } while (doc !== cluster)
    for (const word of words) {
      word[1] = centroid[word[0]]!
      centroid[word[0]] = 0
    }
    return words
  }

  function product(one: number, other: number): number {
    const words = centroidOf(one, false)
    for (const [term, weight] of words) centroid[term] = weight
    let sum = 0
    for (const doc of members(other))
      for (let place = documents.start(doc); place < documents.end(doc); place++)
        if (!documents.isLink(place)) sum += documents.weight(place) * (centroid[documents.term(place)] ?? 0)
    for (const [term] of words) centroid[term] = 0
    return sum
  }

  /** Takes `other` into `cluster`, which keeps its number. */
  function join(cluster: number, other: number): void {
    squares[cluster]! += squares[other]! + 2 * product(other, cluster)
    for (const doc of members(other)) of[doc] = cluster
    const second = next[cluster]!
    next[cluster] = next[other]!
    next[other] = second
    sizes[cluster]! += sizes[other]!
    first[cluster] = Math.min(first[cluster]!, first[other]!)
    last[cluster] = Math.max(last[cluster]!, last[other]!)
    sums[cluster]! += sums[other]!
    spoken[cluster] ??= spoken[other]!
  }

  /** Takes a document out, to stand alone. Answers the cluster of the others, which may go by another number now. */
  function remove(doc: number): number | null {
    const cluster = of[doc]!
    const others = members(cluster).filter(other => other !== doc)
    const begun = first[cluster]!
    form([doc])
    if (others.length === 0) return null
    form(others)
    // Its first members may be forgotten already; it may not grow beyond their window for that.
    first[others[0]!] = Math.min(begun, first[others[0]!]!)
    return others[0]!
  }

  /** Makes a cluster of documents, which goes by the number of the first. */
  function form(docs: number[]): void {
    const cluster = docs[0]!
    const ownTimes = docs.map(doc => times[doc]!)
    for (const [at, doc] of docs.entries()) {
      of[doc] = cluster
      next[doc] = docs[at + 1] ?? cluster
    }
    sizes[cluster] = docs.length
    sums[cluster] = ownTimes.reduce((sum, time) => sum + time, 0)
    first[cluster] = ownTimes.reduce((one, other) => Math.min(one, other))
    last[cluster] = ownTimes.reduce((one, other) => Math.max(one, other))
    spoken[cluster] = docs.map(doc => languages[doc]!).find(language => language !== null) ?? null
    weigh(cluster)
  }

  function weigh(cluster: number): void {
    squares[cluster] =
      sizes[cluster] === 1 ? 1 : centroidOf(cluster, false).reduce((sum, [, weight]) => sum + weight * weight, 0)
  }

  /** Keeps these documents, numbered anew in their order; of a cluster those that stay keep its beginning. */
  function keep(docs: number[]): void {
    const renumbered = new Map(docs.map((doc, index) => [doc, index]))
    const old = { of, first, spoken }
    const groups = Map.groupBy(docs, doc => old.of[doc]!)
    times = docs.map(doc => times[doc]!)
    languages = docs.map(doc => languages[doc]!)
    ;[of, next, sizes, squares, first, last, sums, spoken] = [[], [], [], [], [], [], [], []]
    for (const [cluster, kept] of groups) {
      const members = kept.map(doc => renumbered.get(doc)!)
      if (cluster === nowhere) for (const doc of members) retire(doc)
      else {
        form(members)
        first[members[0]!] = old.first[cluster]!
        spoken[members[0]!] = old.spoken[cluster]!
      }
    }
  }

  /** Takes a document that stands alone out of all comparisons. */
  function retire(doc: number): void {
    of[doc] = nowhere
    next[doc] = doc
  }

  return {
    add,
    members,
    centroidOf,
    join,
    remove,
    form,
    keep,
    retire,
    of: (doc: number) => of[doc]!,
    time: (doc: number) => times[doc]!,
    size: (cluster: number) => sizes[cluster]!,
    square: (cluster: number) => squares[cluster]!,
    /** The time between two clusters, 0 where they overlap. */
    gap: (one: number, other: number) => Math.max(first[one]! - last[other]!, first[other]! - last[one]!, 0),
    /** From the first article of two clusters to the last. */
    span: (one: number, other: number) => Math.max(last[one]!, last[other]!) - Math.min(first[one]!, first[other]!),
    middle: (cluster: number) => sums[cluster]! / sizes[cluster]!,
    /** Null where nobody knows. */
    language: (cluster: number) => spoken[cluster]!,
    weighAll() {
      for (let doc = 0; doc < of.length; doc++) if (of[doc] === doc) weigh(doc)
    },
  }
}
