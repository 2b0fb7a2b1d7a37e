/** Versions as semver.org orders them. */

type Version = { numbers: readonly number[]; before: readonly string[] }

const form = /^v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:-([0-9a-z.-]{1,60}))?(?:\+[0-9a-z.-]{1,60})?$/i

export type Order = 'newer' | 'same' | 'older'

/** How `other` stands to `own`; null where either is no version. */
export function orderOf(other: string, own: string): Order | null {
  const [a, b] = [parse(other), parse(own)]
  if (!a || !b) return null
  const sign = compareNumbers(a.numbers, b.numbers) || compareBefore(a.before, b.before)
  if (sign === 0) return 'same'
  return sign > 0 ? 'newer' : 'older'
}

function parse(text: string): Version | null {
  const match = form.exec(text)
  if (!match) return null
  const [, major, minor, patch, before] = match
  return { numbers: [major, minor, patch].map(Number), before: before?.split('.') ?? [] }
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

/** 1.0.0-beta.2 comes before 1.0.0-beta.11, and both before 1.0.0. */
function compareBefore(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const sign = comparePart(a[index] ?? '', b[index] ?? '')
    if (sign !== 0) return sign
  }
  return a.length - b.length
}

function comparePart(a: string, b: string): number {
  const [isNumberA, isNumberB] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (isNumberA && isNumberB) return Number(a) - Number(b)
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1
  return a === b ? 0 : a < b ? -1 : 1
}
