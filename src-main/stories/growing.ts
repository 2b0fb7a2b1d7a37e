/** Typed arrays that grow. */

/** A copy with room for `least` numbers, and half as many again as there were. */
export function grown<Numbers extends Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(
  from: Numbers,
  least: number,
): Numbers {
  const make = from.constructor as new (length: number) => Numbers
  const to = new make(Math.max(least, Math.ceil(from.length * 1.5)))
  to.set(from)
  return to
}
