/** Whether two titles of a feed are the same: lists of other programs spell them a little differently than the feed. */

/** Some programs shorten titles. */
const cut = /(?:\u2026|\.{3})$/
const shortestCut = 12

export function isSameName(one: string, other: string): boolean {
  const [a, b] = [folded(one), folded(other)]
  return a === b || isCutOf(a, b) || isCutOf(b, a)
}

function folded(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u201b\u0060\u00b4]/g, "'")
    .replace(/[\u201c-\u201f\u00ab\u00bb]/g, '"')
    .replace(/\p{Pd}/gu, '-')
    .replace(/[\p{Cf}\s]+/gu, ' ')
    .trim()
}

function isCutOf(short: string, long: string): boolean {
  const start = short.replace(cut, '').trimEnd()
  return start !== short && start.length >= shortestCut && long.startsWith(start)
}
