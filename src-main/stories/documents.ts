/**
 * Articles as vectors, in typed arrays: 50,000 of them with 40 words each take 30 MB. Documents are numbered as they come; each
 * word knows the documents that have it. A cluster's centroid is the sum of its documents' vectors, so that the product of
 * any vector with it is the sum over its documents, and no centroid has to be kept.
 */
import type { StoryOptions } from './options.ts'
import type { Word } from './words.ts'

export type Documents = ReturnType<typeof createDocuments>

export function createDocuments(options: StoryOptions) {
  const ids = new Map<string, number>()
  /** By word: how often it was seen, in how many of these as a name and as no name, the documents that have it. */
  let seen = new Float64Array(1024)
  let asName = new Float64Array(1024)
  let asPlain = new Float64Array(1024)
  const postings: Postings[] = []
  /** By place: word, its weight within the document, and that weight in a vector of length 1. */
  let terms = new Int32Array(4096)
  let counts = new Float32Array(4096)
  let weights = new Float32Array(4096)
  let starts = new Int32Array(1024)
  let documents = 0
  let filled = 0
  let total = 0

  /** Of forward decay: what is seen later counts for more, instead of everything before for less. */
  let origin = 0
  let growth = 1

  function advance(now: number): void {
    if (total === 0) origin = now
    growth = 2 ** ((now - origin) / options.wordHalfLife)
  }

  function termId(term: string): number {
    let id = ids.get(term)
    if (id === undefined) {
      id = ids.size
      ids.set(term, id)
      if (id >= seen.length) {
        seen = grownFloats(seen, id + 1)
        asName = grownFloats(asName, id + 1)
        asPlain = grownFloats(asPlain, id + 1)
      }
      postings[id] = { list: new Int32Array(2), length: 0 }
    }
    return id
  }

  function add(words: Word[], at: number): number {
    advance(Math.max(at, origin))
    const doc = documents++
    if (doc + 1 >= starts.length) starts = grownInts(starts, doc + 2)
    starts[doc] = filled
    total += growth
    for (const { term, weight, looks } of words) {
      const id = termId(term)
      if (filled >= terms.length) {
        terms = grownInts(terms, filled + 1)
        counts = grownSingles(counts, filled + 1)
        weights = grownSingles(weights, filled + 1)
      }
      terms[filled] = id
      counts[filled] = weight
      filled++
      seen[id]! += growth
      if (looks === 'name') asName[id]! += growth
      else if (looks === 'plain') asPlain[id]! += growth
      push(postings[id]!, doc)
    }
    starts[documents] = filled
    weigh(doc)
    return doc
  }

  /** Sets the weights of a document by how frequent its words are now. */
  function weigh(doc: number): void {
    let squares = 0
    for (let at = starts[doc]!; at < starts[doc + 1]!; at++) {
      const weight = counts[at]! * factor(terms[at]!)
      weights[at] = weight
      squares += weight * weight
    }
    const length = Math.sqrt(squares) || 1
    for (let at = starts[doc]!; at < starts[doc + 1]!; at++) weights[at]! /= length
  }

  function factor(term: number): number {
    const name = asName[term]!
    const isName = name > 0 && name >= asPlain[term]!
    const rarity = Math.log((total / growth + 1) / (seen[term]! / growth + 0.5))
    return Math.max(0, rarity) * (isName ? options.nameWeight : 1)
  }

  return {
    add,
    weigh,
    postings: (term: number) => postings[term]!,
    start: (doc: number) => starts[doc]!,
    end: (doc: number) => starts[doc + 1]!,
    term: (at: number) => terms[at]!,
    weight: (at: number) => weights[at]!,
    get size() {
      return documents
    },
    get terms() {
      return ids.size
    },
  }
}

type Postings = { list: Int32Array; length: number }

function push(postings: Postings, doc: number): void {
  if (postings.length === postings.list.length) postings.list = grownInts(postings.list, postings.length + 1)
  postings.list[postings.length++] = doc
}

function grownInts(from: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(Math.max(least, Math.ceil(from.length * 1.5)))
  to.set(from)
  return to
}
function grownSingles(from: Float32Array, least: number): Float32Array<ArrayBuffer> {
  const to = new Float32Array(Math.max(least, Math.ceil(from.length * 1.5)))
  to.set(from)
  return to
}
function grownFloats(from: Float64Array, least: number): Float64Array<ArrayBuffer> {
  const to = new Float64Array(Math.max(least, Math.ceil(from.length * 1.5)))
  to.set(from)
  return to
}
