/** Typed arrays that grow. */

type Numbers =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>

/** The same array where it has room for `length` numbers, else a copy with a third more than that. */
export function withRoom<Kind extends Numbers>(from: Kind, length: number): Kind {
  if (length <= from.length) return from
  const make = from.constructor as new (length: number) => Kind
  const to = new make(Math.ceil(length * 1.33) + 64)
  to.set(from)
  return to
}
