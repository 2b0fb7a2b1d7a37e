/** The numbers of the method. docs/stories.md shows what others would come to. */
import { hour } from '../lib/time.ts'
import type { ReadingOptions } from './words/words.ts'

export type StoryOptions = ReadingOptions & {
  /** No two articles of a story are further apart, in ms. */
  window: number
  /** After so long, in ms, a story attracts half as much. */
  halfLife: number
  /**
   * Likeness from which two articles are one story: their cosine; of an article and a story the mean over the story. Age takes
   * from it.
   */
  join: number
  /** How much less an article needs to join a story, for each doubling of the story. */
  joinEase: number
  /** But never less than this. */
  joinLeast: number
  /** What the word counts for in that likeness that they have most in common; other words count for 1. */
  joinTop: number
  /** Cosine from which two stories of two articles are one. */
  merge: number
  /** Of that, the share that two stories have to reach without the word they have most in common: not by one name alone. */
  mergeRest: number
  /** How much more two stories need, for each doubling of the smaller one. */
  mergeRise: number
  /** How far apart, in ms, the middles of two stories may be that are merged: beyond, daily topics run together. */
  mergeWithin: number
  /** What names and words with digits weigh; other words weigh 1. */
  nameWeight: number
  /** What a link weighs, where few have it; the words of an article are a vector of length 1. */
  linkWeight: number
  /** After so long, in ms, a word that was seen counts half as seen. */
  wordHalfLife: number
  /** The words of all are weighed anew when there are so many times the articles that there were. */
  weighAfter: number
  /** A story is compared with others when it has grown by so much. */
  compareAfter: number
}

export const defaultOptions: StoryOptions = {
  window: 120 * hour,
  halfLife: 72 * hour,
  join: 0.165,
  joinEase: 0.0205,
  joinLeast: 0.045,
  joinTop: 0.6,
  merge: 0.28,
  mergeRest: 0.3,
  mergeRise: 0.025,
  mergeWithin: 72 * hour,
  nameWeight: 1.6,
  titleWeight: 2,
  slugWeight: 1,
  textWeight: 1,
  textWords: 60,
  linkWeight: 0.4,
  wordHalfLife: 240 * hour,
  weighAfter: 1.25,
  compareAfter: 1.25,
}
