/** The articles of the last days by what near copies have in common: bands of their sketches, or site and title. */
import { Bands } from './bands.ts'
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
const mostCandidates = 8
/** Of one title, as a site's daily columns have it, so many are compared, the first. */
const mostPerTitle = 20

export function createNearCopies(): NearCopies {
  const all: Sketched[] = []
  const byBand = new Bands()
  const bySite = new Map<string, Sketched[]>()

  return {
    candidates(one) {
      const likely = new Set<Sketched>(one.title === '' ? [] : bySite.get(siteKey(one)))
      for (const band of one.sketch ? bandsOf(one.sketch) : []) {
        for (const other of byBand.owners(band).map(owner => all[owner]!)) {
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
      if (!one.sketch) return
      for (const band of bandsOf(one.sketch)) byBand.add(band, all.length)
      all.push(one)
    },
  }
}

function siteKey({ site, title }: Sketched): string {
  return `${site} ${title}`
}

function addTo(map: Map<string, Sketched[]>, key: string, one: Sketched): void {
  const known = map.get(key)
  if (!known) map.set(key, [one])
  else if (known.length < mostPerTitle) known.push(one)
}
