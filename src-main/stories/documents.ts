/**
 * Articles as vectors of weighed words, in typed arrays. Documents are numbered as they come. A cluster's centroid is the sum
 * of its documents' vectors, so that a product with it is the sum of the products with each of them, and none has to be kept.
 */
import { grown } from './growing.ts'
import type { StoryOptions } from './options.ts'
import { createVocabulary } from './vocabulary.ts'
import type { Word } from './words.ts'

export type Documents = ReturnType<typeof createDocuments>

/** Stands where a word has its count: a link adds to what two articles have in common, and takes nothing from its words. */
const link = -1

export function createDocuments(options: StoryOptions) {
  const vocabulary = createVocabulary(options)
  /** By document: the place of its first word; one more at the end. */
  let starts = new Int32Array(1024)
  /**
   * By place: the document, the word, how much of it the document has (of a link: `link`), and its weight. Without links
   * the weights are a vector of length 1.
   */
  let owners = new Int32Array(8192)
  let terms = new Int32Array(8192)
  let counts = new Float32Array(8192)
  let weights = new Float32Array(8192)
  let size = 0

  function append(doc: number, place: number, term: number, count: number): void {
    if (place >= terms.length) {
      owners = grown(owners, place + 1)
      terms = grown(terms, place + 1)
      counts = grown(counts, place + 1)
      weights = grown(weights, place + 1)
    }
    owners[place] = doc
    terms[place] = term
    counts[place] = count
    vocabulary.post(term, place)
  }

  function add(words: Word[], at: number): number {
    const doc = size++
    if (size >= starts.length) starts = grown(starts, size + 1)
    vocabulary.count(words, at)
    let place = starts[doc]!
    for (const { term, weight, isLink } of words) append(doc, place++, vocabulary.idOf(term), isLink ? link : weight)
    starts[size] = place
    weigh(doc)
    return doc
  }

  /** Sets the weights of a document by how frequent its words are now. */
  function weigh(doc: number): void {
    let squares = 0
    const end = starts[doc + 1]!
    for (let place = starts[doc]!; place < end; place++) {
      if (counts[place] === link) continue
      const weight = counts[place]! * vocabulary.weightOf(terms[place]!)
      weights[place] = weight
      squares += weight * weight
    }
    const length = Math.sqrt(squares) || 1
    for (let place = starts[doc]!; place < end; place++) {
      if (counts[place] === link) weights[place] = options.linkWeight * vocabulary.rarityOf(terms[place]!)
      else weights[place]! /= length
    }
  }

  /** Keeps these, in their order, and numbers them anew; words that none of them has are forgotten. */
  function keep(docs: number[]): void {
    const old = { starts, terms, counts }
    vocabulary.keep(new Set(docs.flatMap(doc => [...terms.subarray(starts[doc]!, starts[doc + 1]!)])))
    starts = new Int32Array(docs.length + 1024)
    const places = docs.reduce((sum, doc) => sum + old.starts[doc + 1]! - old.starts[doc]!, 0)
    owners = new Int32Array(places + 8192)
    terms = new Int32Array(places + 8192)
    counts = new Float32Array(places + 8192)
    weights = new Float32Array(places + 8192)
    size = 0
    let place = 0
    for (const doc of docs) {
      for (let from = old.starts[doc]!; from < old.starts[doc + 1]!; from++)
        append(size, place++, vocabulary.keptAs(old.terms[from]!), old.counts[from]!)
      starts[++size] = place
    }
  }

  return {
    add,
    keep,
    postings: vocabulary.postings,
    start: (doc: number) => starts[doc]!,
    end: (doc: number) => starts[doc + 1]!,
    owner: (place: number) => owners[place]!,
    term: (place: number) => terms[place]!,
    isLink: (place: number) => counts[place] === link,
    weight: (place: number) => weights[place]!,
    get size() {
      return size
    },
    weighAll() {
      for (let doc = 0; doc < size; doc++) weigh(doc)
    },
  }
}
