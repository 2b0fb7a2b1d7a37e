/** Finds near copies among the articles of the last days: other links, and the same text. Links are looked for as they are stored. */
import { day } from '../lib/time.ts'
import { joinCopy } from '../store/copies/find-copies.ts'
import {
  articlesToSketch,
  keepSketches,
  keptSketches,
  type PrintedArticle,
  type PrintedText,
  printedArticle,
  printedText,
  sketchedUpTo,
} from '../store/copies/sketches.ts'
import type { WriteDb } from '../store/db/open.ts'
import { asBatch } from '../store/db/write-gate.ts'
import { haveOtherRecordings } from '../stories/copies/is-copy.ts'
import { fewestWords, isNearCopy } from '../stories/copies/is-near-copy.ts'
import { createNearCopies, type NearCopies } from '../stories/copies/near-copies.ts'
import { wordsOf } from '../stories/copies/shared-words.ts'
import { type Sketch, sketchOf } from '../stories/copies/sketch.ts'
import { hostOf, sourceOf } from './sources.ts'

export type CopyFinder = {
  /**
   * Looks at some of the articles that came; all up to the id `upTo` have been looked at. Throws SQLite's errors; the next step
   * then begins with the store.
   */
  step(): { isAnyFound: boolean; isMore: boolean; upTo: number }
}

/** Articles that were published before this are no news: at the first fetch of a feed, most of them. */
const within = 3 * day
/** In one transaction, which takes some ms. */
const perStep = 100

type State = { near: NearCopies; upTo: number }

export function createCopyFinder(db: WriteDb, now: () => number): CopyFinder {
  let state: State | null = null

  return {
    step() {
      const since = now() - within
      const { near, upTo: after } = state ?? restore(db, since)
      state = null
      const { articles, upTo } = articlesToSketch(db, after, since, perStep)
      if (upTo === null) {
        state = { near, upTo: after }
        return { isAnyFound: false, isMore: false, upTo: after }
      }
      const sketches = new Map<number, Sketch | null>()
      const pairs = articles.flatMap(article => {
        // One text after the other: what lives as long as a step does is garbage that V8 is slow to find.
        const own = printedText(db, article.id)
        const sketch = own && sketchOfText(own)
        const one = { ...article, site: siteOf(article), sketch }
        const first = own ? near.candidates(one).find(id => isCopyOf(db, article, own, id)) : undefined
        near.add(one)
        sketches.set(article.id, sketch)
        return first === undefined ? [] : [[article.id, first] as const]
      })
      const store = db.transaction(() => {
        keepSketches(db, sketches, upTo)
        return pairs.filter(([id, first]) => joinCopy(db, id, first)).length > 0
      })
      const isAnyFound = asBatch(db, () => store.immediate())
      state = { near, upTo }
      return { isAnyFound, isMore: true, upTo }
    },
  }
}

function restore(db: WriteDb, since: number): State {
  const near = createNearCopies()
  for (const kept of asBatch(db, () => keptSketches(db, since))) near.add({ ...kept, site: siteOf(kept) })
  return { near, upTo: sketchedUpTo(db, since) }
}

function sketchOfText({ text }: PrintedText): Sketch | null {
  const words = wordsOf(text)
  return words.length < fewestWords ? null : sketchOf(words)
}

function isCopyOf(db: WriteDb, article: PrintedArticle, own: PrintedText, otherId: number): boolean {
  const otherText = printedText(db, otherId)
  const other = printedArticle(db, otherId)
  if (!otherText || !other || haveOtherRecordings(own.enclosures, otherText.enclosures)) return false
  return isNearCopy(printed(article, own), printed(other, otherText))
}

function printed(article: PrintedArticle, { text }: PrintedText) {
  return { ...article, site: siteOf(article), words: wordsOf(text) }
}

function siteOf({ url, feedId }: PrintedArticle): string {
  // Without a link, nothing says that two feeds are of one site.
  return sourceOf(hostOf({ url, feedUrl: '' })) || `feed ${feedId}`
}
