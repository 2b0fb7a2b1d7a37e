/** The articles of the last days by what near copies have in common: bands of their sketches, or site and title. */
import { withRoom } from '../arrays/growing.ts'
import { Bands } from './bands.ts'
import { bandsOf, likeness, places, type Sketch } from './sketch.ts'

export type Sketched = {
  id: number
  feedId: number
  /** The registrable domain of its link. */
  site: string
  title: string
  /** Null where the text is short. */
  sketch: Sketch | null
}

/** What is remembered of an article. Its sketch stands among all of them. */
type Known = { id: number; feedId: number }

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
  const bySite = new Map<string, Known[]>()
  const byBand = new Bands()
  /** Of those that have a sketch; and their sketches, one after the other: an array of its own for each is five times its size. */
  const sketched: Known[] = []
  let sketches = new Uint16Array(1_024)

  function withBand(band: number, sketch: Sketch): Known[] {
    const alike = byBand.owners(band).filter(owner => likeness(sketch, sketches, owner * places) >= leastLikeness)
    return alike.map(owner => sketched[owner]!)
  }

  return {
    candidates(one) {
      const { title, sketch } = one
      const ofTitle = title === '' ? [] : (bySite.get(siteKey(one)) ?? [])
      const ofText = sketch ? bandsOf(sketch).flatMap(band => withBand(band, sketch)) : []
      const likely = new Set([...ofTitle, ...ofText])
      return [...likely]
        .filter(({ feedId }) => feedId !== one.feedId)
        .map(({ id }) => id)
        .sort((a, b) => a - b)
        .slice(0, mostCandidates)
    },
    add(one) {
      const { id, feedId, title, sketch } = one
      const known = { id, feedId }
      if (title !== '') addTo(bySite, siteKey(one), known)
      if (!sketch) return
      const owner = sketched.push(known) - 1
      sketches = withRoom(sketches, sketched.length * places)
      sketches.set(sketch, owner * places)
      for (const band of bandsOf(sketch)) byBand.add(band, owner)
    },
  }
}

function siteKey({ site, title }: Sketched): string {
  return `${site} ${title}`
}

function addTo(map: Map<string, Known[]>, key: string, one: Known): void {
  const known = map.get(key)
  if (!known) map.set(key, [one])
  else if (known.length < mostPerTitle) known.push(one)
}
