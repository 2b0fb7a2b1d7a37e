/** Many ids in little space: the first and the last of each run of neighbours, one after the other. */
export type IdRanges = number[]

/** [7, 3, 4, 5] is [3, 5, 7, 7]. The order is lost. */
export function toRanges(ids: number[]): IdRanges {
  const ranges: IdRanges = []
  for (const id of ids.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last !== undefined && id <= last + 1) ranges[ranges.length - 1] = id
    else ranges.push(id, id)
  }
  return ranges
}

/** The ids, in ascending order. */
export function fromRanges(ranges: IdRanges): number[] {
  const ids: number[] = []
  for (let at = 0; at < ranges.length; at += 2) {
    for (let id = ranges[at]!; id <= ranges[at + 1]!; id++) ids.push(id)
  }
  return ids
}
