/** Finds for a cluster the one that it should be one with. */
import { type Clusters, nowhere } from './clusters.ts'
import type { Documents } from './documents.ts'
import type { StoryOptions } from './options.ts'

/** Fewer words in common may be chance. */
const leastShared = 2

export function createNearest(documents: Documents, clusters: Clusters, options: StoryOptions) {
  /** By cluster, while one is compared: the product so far, how many words are shared, and the word seen last. */
  const products: number[] = []
  const shared: number[] = []
  const lastTerm: number[] = []
  const touched: number[] = []

  /** What words, with their weights, have in common with each cluster. */
  function multiply(words: [term: number, weight: number][]): void {
    for (const [term, weight] of words) {
      const { places, length } = documents.postings(term)
      for (let at = 0; at < length; at++) {
        const place = places[at]!
        const cluster = clusters.of(documents.owner(place))
        if (cluster === nowhere) continue
        if (!shared[cluster]) {
          touched.push(cluster)
          shared[cluster] = 1
          products[cluster] = 0
          lastTerm[cluster] = term
        } else if (lastTerm[cluster] !== term) {
          lastTerm[cluster] = term
          shared[cluster]!++
        }
        products[cluster]! += weight * documents.weight(place)
      }
    }
  }

  /** By how much two clusters are nearer than they have to be. */
  function excessOf(cosine: number, one: number, other: number): number {
    const smaller = Math.min(clusters.size(one), clusters.size(other))
    if (smaller === 1) {
      const larger = Math.max(clusters.size(one), clusters.size(other))
      const age = clusters.gap(one, other)
      const needed = Math.max(options.joinLeast, options.join - options.joinEase * Math.log2(larger))
      return cosine * 2 ** (-age / options.halfLife) - needed
    }
    const apart = Math.abs(clusters.middle(one) - clusters.middle(other))
    if (apart > options.mergeWithin) return 0
    return cosine - options.merge - options.mergeRise * Math.log2(smaller / 2)
  }

  /** Whether two clusters may be one: in one language, and within the window. */
  function suit(one: number, other: number): boolean {
    const [language, another] = [clusters.language(one), clusters.language(other)]
    return clusters.span(one, other) <= options.window && (!language || !another || language === another)
  }

  /** The cluster that goes best with this one, of those that may; null where none is near enough. */
  return function nearest(cluster: number, isAllowed: (other: number) => boolean): number | null {
    let best: number | null = null
    let bestExcess = 0
    multiply(clusters.centroidOf(cluster, true))
    for (const other of touched) {
      if (other !== cluster && shared[other]! >= leastShared && suit(cluster, other)) {
        const cosine = products[other]! / Math.sqrt(clusters.square(cluster) * clusters.square(other))
        const excess = excessOf(cosine, cluster, other)
        if (excess > bestExcess && isAllowed(other)) {
          bestExcess = excess
          best = other
        }
      }
      shared[other] = 0
    }
    touched.length = 0
    return best
  }
}
