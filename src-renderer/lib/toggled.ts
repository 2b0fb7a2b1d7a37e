/** A set with some items put in, or taken out. */
export function toggled<T>(set: ReadonlySet<T>, items: T[], isIn: boolean): ReadonlySet<T> {
  return isIn ? set.union(new Set(items)) : set.difference(new Set(items))
}
