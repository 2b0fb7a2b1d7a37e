/** The articles of the last days by what near copies have in common: bands of their sketches, or site and title. */
import { bandsOf, likeness, type Sketch } from './sketch.ts'

export type Sketched = {
  id: number
  feedId: number
  /** The registrable domain of its link. */
  site: string
  title: string
  /** Null where the text is short. */
  sketch: Sketch | null
}

export type NearCopies = {
  /** Articles of other feeds to compare this one with, the first that came first. */
  candidates(one: Sketched): number[]
  add(one: Sketched): void
}

/** Of a shorter text that was cut to two fifths, so much is like the whole. */
const leastLikeness = 0.3
/** A text that very many have (an empty page, a notice of cookies) is compared with the first of them only. */
const mostCandidates = 8
const mostPerBand = 20

export function createNearCopies(): NearCopies {
  const byBand = new Map<number, Sketched[]>()
  const bySite = new Map<string, Sketched[]>()

  return {
    candidates(one) {
      const likely = new Set<Sketched>(one.title === '' ? [] : bySite.get(siteKey(one)))
      for (const band of one.sketch ? bandsOf(one.sketch) : []) {
        for (const other of byBand.get(band) ?? []) {
          if (likeness(one.sketch!, other.sketch!) >= leastLikeness) likely.add(other)
        }
      }
      return [...likely]
        .filter(({ feedId }) => feedId !== one.feedId)
        .map(({ id }) => id)
        .sort((a, b) => a - b)
        .slice(0, mostCandidates)
    },
    add(one) {
      if (one.title !== '') addTo(bySite, siteKey(one), one)
      if (one.sketch) for (const band of bandsOf(one.sketch)) addTo(byBand, band, one)
    },
  }
}

function siteKey({ site, title }: Sketched): string {
  return `${site} ${title}`
}

function addTo<Key>(map: Map<Key, Sketched[]>, key: Key, one: Sketched): void {
  const known = map.get(key)
  if (!known) map.set(key, [one])
  else if (known.length < mostPerBand) known.push(one)
}
