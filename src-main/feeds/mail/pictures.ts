/** The pictures that a message brings along, for the places in its text that refer to them (RFC 2392, RFC 2557). */
import { fileType } from '../file-type.ts'
import type { Part } from './mime.ts'

/**
 * Characters of one picture in its address, and of all that a message shows: a photograph of a telephone is shown, and with its text
 * a message stays below the five million that the sanitiser reads.
 */
export const longestPicture = 3_000_000
const longestAll = 4_000_000

/** Formats that can be shown as they are. A drawing (SVG) can't: it would have to be drawn first, by a worker of its own. */
const shown = /^image\/(?:png|jpeg|gif|webp|avif)$/

export type Placed = { kind: 'shown'; address: string } | { kind: 'left-out'; part: Part } | { kind: 'missing' }

export class Pictures {
  readonly #parts = new Map<string, Part>()
  readonly #used = new Set<Part>()
  readonly #all: Part[]
  /** A part's address, made once: a spacer may stand in a hundred places. */
  readonly #addresses = new Map<Part, string | null>()
  #left = longestAll

  constructor(parts: Part[]) {
    this.#all = parts
    for (const part of parts) {
      for (const name of [part.contentId && `cid:${part.contentId.toLowerCase()}`, part.location.toLowerCase()]) {
        if (name && !this.#parts.has(name)) this.#parts.set(name, part)
      }
    }
  }

  /** Whether an address is one within the message. */
  isInside(address: string): boolean {
    return /^\s*cid:/i.test(address) || this.#parts.has(address.trim().toLowerCase())
  }

  /** What stands at an address within the message. Each place counts: the text holds the picture once for each. */
  at(address: string): Placed {
    const name = address.trim()
    const part = this.#parts.get(decoded(name).toLowerCase()) ?? this.#parts.get(name.toLowerCase())
    return part ? this.place(part) : { kind: 'missing' }
  }

  place(part: Part): Placed {
    this.#used.add(part)
    const known = this.#addresses.get(part)
    const address = known === undefined ? addressOf(part) : known
    this.#addresses.set(part, address)
    if (address === null || address.length > this.#left) return { kind: 'left-out', part }
    this.#left -= address.length
    return { kind: 'shown', address }
  }

  /** Those that the text does not refer to: they are files that somebody attached. */
  get unused(): Part[] {
    return this.#all.filter(part => !this.#used.has(part))
  }
}

/** A `data:` address of the type that the bytes say; null for a picture that can't be shown. */
function addressOf({ bytes }: Part): string | null {
  if (!bytes || bytes.length * (4 / 3) > longestPicture - 100) return null
  const type = fileType(bytes)
  if (type === null || !shown.test(type)) return null
  return `data:${type};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')}`
}

/** `cid:` addresses are percent-encoded. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}
