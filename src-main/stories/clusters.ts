/** Which documents are together, and what each cluster is nearest to. A cluster is named by one of its documents. */
import type { Documents } from './documents.ts'
import type { StoryOptions } from './options.ts'

export type Clusters = ReturnType<typeof createClusters>
export type Found = { cluster: number; cosine: number }

export function createClusters(documents: Documents, options: StoryOptions) {
  const of: number[] = []
  /** The next document of the same cluster, the first after the last. */
  const next: number[] = []
  const sizes: number[] = []
  /** The square of the length of the sum of its vectors. */
  const squares: number[] = []
  const first: number[] = []
  const last: number[] = []
  const times: number[] = []
  const languages: (string | null)[] = []
  /** By cluster, while one is compared: the product so far, how many words are shared, and the word seen last. */
  const products: number[] = []
  const shared: number[] = []
  const lastTerm: number[] = []
  const touched: number[] = []
  /** By word, of the centroid that is compared. */
  const centroid: number[] = []

  function add(doc: number, at: number, language: string | null): void {
    of[doc] = doc
    next[doc] = doc
    sizes[doc] = 1
    squares[doc] = 1
    first[doc] = last[doc] = times[doc] = at
    languages[doc] = language
    products[doc] = 0
    shared[doc] = 0
    lastTerm[doc] = -1
  }

  function members(cluster: number): number[] {
    const all = [cluster]
    for (let doc = next[cluster]!; doc !== cluster; doc = next[doc]!) all.push(doc)
    return all
  }

  /** What words, with their weights, have in common with each cluster. */
  function multiply(words: Iterable<[term: number, weight: number]>): void {
    touched.length = 0
    for (const [term, weight] of words) {
      const { list, length } = documents.postings(term)
      for (let at = 0; at < length; at++) {
        const doc = list[at]!
        const cluster = of[doc]!
        if (cluster < 0) continue
        if (lastTerm[cluster] !== term) {
          if (shared[cluster] === 0) touched.push(cluster)
          lastTerm[cluster] = term
          shared[cluster]!++
        }
        products[cluster]! += weight * weightIn(doc, term)
      }
    }
  }

  function weightIn(doc: number, term: number): number {
    const end = documents.end(doc)
    for (let at = documents.start(doc); at < end; at++) if (documents.term(at) === term) return documents.weight(at)
    return 0
  }

  function forget(): void {
    for (const cluster of touched) {
      products[cluster] = 0
      shared[cluster] = 0
      lastTerm[cluster] = -1
    }
  }

  function isNear(one: number, other: number): boolean {
    const span = Math.max(last[one]!, last[other]!) - Math.min(first[one]!, first[other]!)
    return (
      span <= options.window &&
      (languages[one] === null || languages[other] === null || languages[one] === languages[other])
    )
  }

  /** The cluster that `cluster` is nearest to, of those that `isAllowed` and that reach the threshold for their sizes. */
  function nearest(cluster: number, isAllowed: (other: number) => boolean): number | null {
    const size = sizes[cluster]!
    multiply(size === 1 ? wordsOf(cluster) : centroidOf(cluster))
    let best: number | null = null
    let bestExcess = 0
    const length = Math.sqrt(squares[cluster]!)
    for (const other of touched) {
      if (other === cluster || shared[other]! < 2 || !isNear(cluster, other)) continue
      const cosine = products[other]! / length / Math.sqrt(squares[other]!)
      const excess = excessOf(cosine, cluster, other)
      if (excess > bestExcess && isAllowed(other)) {
        bestExcess = excess
        best = other
      }
    }
    forget()
    return best
  }

  function excessOf(cosine: number, one: number, other: number): number {
    if (sizes[one]! > 1 && sizes[other]! > 1) {
      const apart = Math.abs(times[one]! / sizes[one]! - times[other]! / sizes[other]!)
      return apart <= options.mergeWithin ? cosine - options.merge : 0
    }
    const age = Math.max(first[one]! - last[other]!, first[other]! - last[one]!, 0)
    return cosine * 2 ** (-age / options.halfLife) - options.join
  }

  function* wordsOf(doc: number): Generator<[number, number]> {
    for (let at = documents.start(doc); at < documents.end(doc); at++) yield [documents.term(at), documents.weight(at)]
  }

  function centroidOf(cluster: number): [number, number][] {
    const seen: number[] = []
    for (const doc of members(cluster))
      for (const [term, weight] of wordsOf(doc)) {
        if (!centroid[term]) seen.push(term)
        centroid[term] = (centroid[term] ?? 0) + weight
      }
    const words = seen.map((term): [number, number] => [term, centroid[term]!])
    for (const term of seen) centroid[term] = 0
    return words
  }

  function product(one: number, other: number): number {
    const words = new Map(centroidOf(one))
    let sum = 0
    for (const doc of members(other)) for (const [term, weight] of wordsOf(doc)) sum += weight * (words.get(term) ?? 0)
    return sum
  }

  /** Takes `other` into `cluster`, which keeps its name. */
  function join(cluster: number, other: number): void {
    squares[cluster]! += squares[other]! + 2 * product(cluster, other)
    for (const doc of members(other)) of[doc] = cluster
    ;[next[cluster], next[other]] = [next[other]!, next[cluster]!]
    sizes[cluster]! += sizes[other]!
    first[cluster] = Math.min(first[cluster]!, first[other]!)
    last[cluster] = Math.max(last[cluster]!, last[other]!)
    times[cluster]! += times[other]!
    languages[cluster] ??= languages[other] ?? null
  }

  return { add, members, nearest, join, of: (doc: number) => of[doc]!, size: (cluster: number) => sizes[cluster]! }
}
