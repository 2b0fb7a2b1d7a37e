/** Random numbers that can be repeated: the same seed gives the same numbers. */
export type Random = {
  /** 0 to 1. */
  next(): number
  /** 0 to `most` - 1. */
  below(most: number): number
  pick<Value>(values: readonly Value[]): Value
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0 || 1
  const next = () => {
    // xorshift32
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 0x1_0000_0000
  }
  return {
    next,
    below: most => Math.floor(next() * most),
    pick: values => values[Math.floor(next() * values.length)]!,
  }
}
