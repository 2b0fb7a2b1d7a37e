/** Which address of an image to show: publishers hide the real one from readers without scripts in many places. */

const lazySources = ['data-src', 'data-lazy-src', 'data-original', 'data-orig-src', 'data-actualsrc', 'data-hi-res-src']
const lazySets = ['data-srcset', 'data-lazy-srcset', 'data-original-set']
const allSets = [...lazySets, 'srcset']
/** Wide enough for a column of text on a dense screen; the next larger one costs more than it shows. */
const wantedWidth = 1_000

/** The addresses to try, best first: as written, unresolved, unjudged. */
export function imageCandidates(attributes: Record<string, string>): string[] {
  const { src } = attributes
  const lazy = givenOf(attributes, lazySources)
  const best = givenOf(attributes, lazy.length > 0 ? lazySets : allSets)
    .map(bestOfSet)
    .filter(isGiven)
  if (!isGiven(src)) return [...best, ...lazy]
  return isPlaceholder(src) || lazy.length > 0 ? [...best, ...lazy, src] : [...best, src]
}

/** Whether an image is filled in by a script, so that its size and style say nothing yet. */
export function isLazy(attributes: Record<string, string>): boolean {
  return givenOf(attributes, lazySources).length > 0 || givenOf(attributes, lazySets).length > 0
}

/** The candidate of a `srcset` (HTML 4.8.4.2) that suits a column of text; null when there is none. */
export function bestOfSet(set: string): string | null {
  let best: { url: string; score: number } | null = null
  for (const { url, width, density } of parseSet(set)) {
    // Below what is wanted, larger is better; above, smaller is.
    const size = width ?? density * 600
    const score = size >= wantedWidth ? wantedWidth * 2 - Math.min(size - wantedWidth, wantedWidth) : size
    if (!best || score > best.score) best = { url, score }
  }
  return best?.url ?? null
}

type Candidate = { url: string; width: number | null; density: number }

function parseSet(set: string): Candidate[] {
  const candidates: Candidate[] = []
  let url = ''
  const keep = (width: number | null, density: number) => {
    if (url) candidates.push({ url, width, density })
    url = ''
  }
  const take = (token: string) => {
    url = token.replace(/^,+/, '')
    if (!url.endsWith(',')) return
    url = url.replace(/,+$/, '')
    keep(null, 1)
  }
  for (const token of set.slice(0, 20_000).split(/\s+/).filter(isGiven)) {
    const descriptor = url ? /^(\d+(?:\.\d+)?)([wxh])(?:,(.*))?$/.exec(token) : null
    if (!descriptor) {
      keep(null, 1)
      take(token)
      continue
    }
    const amount = Number(descriptor[1])
    if (descriptor[2] === 'w') keep(amount, 1)
    else if (descriptor[2] === 'x') keep(null, amount)
    else keep(null, 1)
    if (descriptor[3]) take(descriptor[3])
  }
  keep(null, 1)
  return candidates
}

function givenOf(attributes: Record<string, string>, names: string[]): string[] {
  const given: string[] = []
  for (const name of names) {
    const value = attributes[name]
    if (isGiven(value)) given.push(value)
  }
  return given
}

function isPlaceholder(src: string): boolean {
  return src.startsWith('data:')
    ? src.length < 400 && !src.startsWith('data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEA')
    : /(?:blank|spacer|placeholder|transparent|1x1|pixel|lazy|loading)[\w-]*\.(?:gif|png|svg|jpg)(?:\?|$)/i.test(src)
}

function isGiven(value: string | null | undefined): value is string {
  return typeof value === 'string' && value.trim() !== ''
}
