/** The numbers of the method; docs/stories.md plots what others of them come to. */
import { hour } from '../lib/time.ts'

export type StoryOptions = {
  /** No two articles of a story are further apart. */
  window: number
  /** After so long a story attracts half as much. */
  halfLife: number
  /** Cosine, times what age leaves of it, from which an article joins a story, or another article. */
  join: number
  /** Cosine from which two stories are one. */
  merge: number
  /** How far apart the middles of two stories may be that are merged. */
  mergeWithin: number
  /** What names and words with digits weigh; other words weigh 1. */
  nameWeight: number
  titleWeight: number
  textWeight: number
  /** How many words of the text are read. */
  textWords: number
  /** What a shared link weighs, beside words whose vector has length 1. */
  linkWeight: number
  /** After so long a word that was seen counts half as seen. */
  wordHalfLife: number
}

export const defaultOptions: StoryOptions = {
  window: 120 * hour,
  halfLife: 72 * hour,
  join: 0.18,
  merge: 0.28,
  mergeWithin: 72 * hour,
  nameWeight: 1.6,
  titleWeight: 2,
  textWeight: 1,
  textWords: 60,
  linkWeight: 0.4,
  wordHalfLife: 240 * hour,
}
