/**
 * Which articles have a band of their sketch in common. In arrays of numbers: each article of three days has sixteen bands, which
 * as lists in a map took 1.3 KB for each, and take 0.3.
 */
import { withRoom } from '../arrays/growing.ts'

/** A text that very many have (an empty page, a notice of cookies) is compared with the first of them only. */
const mostPerBand = 20
const none = -1

export class Bands {
  /** By entry: its band, the article it is of, and the entry before it in its bucket. */
  #bands = new Int32Array(1_024)
  #owners = new Int32Array(1_024)
  #before = new Int32Array(1_024)
  #size = 0
  /** By the lower bits of a band: the newest entry. A power of two. */
  #newest = new Int32Array(1_024).fill(none)

  /** Whose sketches have this band, in the order they were added. */
  owners(band: number): number[] {
    const found: number[] = []
    for (let entry = this.#newest[this.#bucket(band)]!; entry !== none; entry = this.#before[entry]!)
      if (this.#bands[entry] === (band | 0)) found.push(this.#owners[entry]!)
    return found.reverse()
  }

  add(band: number, owner: number): void {
    if (this.owners(band).length >= mostPerBand) return
    const entry = this.#size++
    this.#bands = withRoom(this.#bands, this.#size)
    this.#owners = withRoom(this.#owners, this.#size)
    this.#before = withRoom(this.#before, this.#size)
    this.#bands[entry] = band
    this.#owners[entry] = owner
    if (this.#size > this.#newest.length) this.#enlarge()
    else this.#chain(entry)
  }

  #bucket(band: number): number {
    return band & (this.#newest.length - 1)
  }

  #chain(entry: number): void {
    const bucket = this.#bucket(this.#bands[entry]!)
    this.#before[entry] = this.#newest[bucket]!
    this.#newest[bucket] = entry
  }

  #enlarge(): void {
    this.#newest = new Int32Array(this.#newest.length * 2).fill(none)
    for (let entry = 0; entry < this.#size; entry++) this.#chain(entry)
  }
}
