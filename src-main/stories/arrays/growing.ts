/** Typed arrays that grow. */

type Numbers =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>

/**
 * The same array where it has room for `length` numbers, else one with a third more than that in its place: `from` is empty then.
 * What it took is free at once. Left to the garbage collector, which counts what is outside of its heap late, it was 10 MB of the
 * thread that groups.
 */
export function withRoom<Kind extends Numbers>(from: Kind, length: number): Kind {
  if (length <= from.length) return from
  const make = from.constructor as new (buffer: ArrayBuffer) => Kind
  return new make(from.buffer.transfer((Math.ceil(length * 1.33) + 64) * from.BYTES_PER_ELEMENT))
}
