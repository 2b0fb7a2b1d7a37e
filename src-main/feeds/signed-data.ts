/** What stands in a signed envelope (CMS signed-data, RFC 5652, 5), as mail of S/MIME may have it. The signature is not checked. */

/** `end`: null where only a mark says it (the indefinite form of BER). */
type Element = { tag: number; start: number; end: number | null }

const sequence = 0x30
const first = 0xa0
const identifier = 0x06
const octets = 0x04
const constructedOctets = 0x24
const deepest = 16
const mostPieces = 100_000

const signedData = '2a864886f70d010702'

/** The content; null where it is no signed data, has none, or is damaged. */
export function signedContent(bytes: Uint8Array): Uint8Array | null {
  try {
    const [type, holder] = childrenOf(bytes, elementAt(bytes, 0), 2)
    if (type?.tag !== identifier || hexOf(bytes, type) !== signedData || holder?.tag !== first) return null
    const [data] = childrenOf(bytes, holder, 1)
    // Version, algorithms, what is signed.
    const encapsulated = data?.tag === sequence ? childrenOf(bytes, data, 3)[2] : undefined
    const explicit = encapsulated?.tag === sequence ? childrenOf(bytes, encapsulated, 2)[1] : undefined
    const [content] = explicit?.tag === first ? childrenOf(bytes, explicit, 1) : []
    return content ? octetsOf(bytes, content) : null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function elementAt(bytes: Uint8Array, at: number): Element {
  const tag = byteAt(bytes, at)
  const length = byteAt(bytes, at + 1)
  if (length === 0x80) return { tag, start: at + 2, end: null }
  if (length < 0x80) return whole(bytes, tag, at + 2, length)
  const count = length & 0x7f
  if (count > 4) throw new RangeError('an element of more than four gigabytes')
  let size = 0
  for (let index = 0; index < count; index++) size = size * 256 + byteAt(bytes, at + 2 + index)
  return whole(bytes, tag, at + 2 + count, size)
}

function whole(bytes: Uint8Array, tag: number, start: number, size: number): Element {
  if (start + size > bytes.length) throw new RangeError('an element that is cut off')
  return { tag, start, end: start + size }
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw new RangeError('an element that is cut off')
  return byte
}

/** At most `most` of its children. */
function childrenOf(bytes: Uint8Array, { start, end }: Element, most: number): Element[] {
  const children: Element[] = []
  for (let at = start; children.length < most && (end === null || at < end); ) {
    const child = elementAt(bytes, at)
    if (end === null && child.tag === 0) break
    children.push(child)
    if (children.length < most) at = endOf(bytes, child, 0)
  }
  return children
}

function endOf(bytes: Uint8Array, { start, end }: Element, depth: number): number {
  if (end !== null) return end
  if (depth > deepest) throw new RangeError('elements that are nested too deep')
  let at = start
  for (let child = elementAt(bytes, at); child.tag !== 0; child = elementAt(bytes, at))
    at = endOf(bytes, child, depth + 1)
  return at + 2
}

/** In one piece, or in many as a program streams them. */
function octetsOf(bytes: Uint8Array, element: Element): Uint8Array | null {
  if (element.tag === octets && element.end !== null) return bytes.subarray(element.start, element.end)
  if (element.tag !== constructedOctets) return null
  const pieces = childrenOf(bytes, element, mostPieces)
  if (pieces.some(({ tag, end }) => tag !== octets || end === null)) return null
  return new Uint8Array(Buffer.concat(pieces.map(({ start, end }) => bytes.subarray(start, end!))))
}

function hexOf(bytes: Uint8Array, { start, end }: Element): string {
  return Buffer.from(bytes.subarray(start, end ?? start)).toString('hex')
}
