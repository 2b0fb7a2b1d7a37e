/** Versions as semver.org orders them. */
import compare from 'semver/functions/compare.js'
import parse from 'semver/functions/parse.js'

export type Order = 'newer' | 'same' | 'older'

/** How `other` stands to `own`; null where either is no version. */
export function orderOf(other: string, own: string): Order | null {
  if (!isVersion(other) || !isVersion(own)) return null
  const sign = compare(other, own)
  if (sign === 0) return 'same'
  return sign > 0 ? 'newer' : 'older'
}

/** The library takes one with white space around it, too. */
function isVersion(text: string): boolean {
  return !/\s/.test(text) && parse(text) !== null
}
