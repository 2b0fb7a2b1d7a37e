/**
 * A small sketch of a text, by which its near copies are found among thousands: MinHash of its runs of words, one hash for all 64
 * places (one permutation hashing, Li, Owen and Zhang 2012; empty places filled as by Shrivastava and Li 2014).
 */
import { runLength } from './shared-words.ts'
import { emptyHash, hashOn } from './short-hash.ts'

/** Of two texts, the share of places that are equal estimates the share of runs that they have in common. */
export type Sketch = Uint16Array

export const places = 64
/** Two texts are compared where all places of one band are equal: with half of the runs in common 64 % are, with 80 % all. */
const placesPerBand = 4

/** Of words as `wordsOf` answers them. */
export function sketchOf(words: string[]): Sketch {
  const least = new Array<number>(places).fill(Number.POSITIVE_INFINITY)
  for (let at = 0; at + runLength <= words.length; at++) {
    const hash = hashOfRun(words, at)
    const place = hash >>> 26
    const rest = hash & 0x3ffffff
    if (rest < least[place]!) least[place] = rest
  }
  return Uint16Array.from(least, (_, place) => filled(least, place))
}

/** An empty place has the next one's value, and how far that is, so that it equals only where the same places are empty. */
function filled(least: number[], place: number): number {
  for (let distance = 0; distance < places; distance++) {
    const value = least[(place + distance) % places]!
    if (value !== Number.POSITIVE_INFINITY) return (value + distance * 0x9e37) & 0xffff
  }
  return 0
}

/** 0 to 1. `other` begins at `start`, where it stands among others. */
export function likeness(one: Sketch, other: Sketch, start = 0): number {
  let equal = 0
  for (let place = 0; place < places; place++) if (one[place] === other[start + place]) equal++
  return equal / places
}

/** One number for each band: texts that share one are to be compared. */
export function bandsOf(sketch: Sketch): number[] {
  const bands: number[] = []
  for (let at = 0; at < places; at += placesPerBand) {
    let hash = at
    for (let place = at; place < at + placesPerBand; place++)
      hash = Math.imul(hash ^ sketch[place]!, 0x9e3779b1) ^ (hash >>> 15)
    bands.push(hash >>> 0)
  }
  return bands
}

/**
 * Of the words with a space between, without making that text: those of all runs were a third of what the thread that groups
 * throws away. Mixed once more: its upper bits alone are too much alike.
 */
function hashOfRun(words: string[], start: number): number {
  let hash = emptyHash
  for (let at = start; at < start + runLength; at++) {
    if (at > start) hash = hashOn(hash, ' ')
    hash = hashOn(hash, words[at]!)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
