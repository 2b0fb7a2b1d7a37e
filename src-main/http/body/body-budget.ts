/** Bounds the memory that bodies hold together, however many are received at once and however large each of them is. */

/** What all may hold before large ones have to wait. */
const budgetBytes = 32_000_000
/** A body this small never waits: all but a few feeds are, and these must not wait for the large ones. */
const smallBytes = 512_000

type Receiver = { pause(): void; resume(): void }

/**
 * Counts what is held. While that is more than `limit`, only the largest body goes on: it ends first, and frees the most. So
 * all together hold `limit`, one largest body and one small body each at most. Sizes in bytes.
 */
export class BodyBudget {
  readonly #limit: number
  readonly #small: number
  readonly #shares = new Set<BodyShare>()
  #held = 0

  constructor({ limit = budgetBytes, small = smallBytes } = {}) {
    this.#limit = limit
    this.#small = small
  }

  /** What all bodies hold. */
  held(): number {
    return this.#held
  }

  /** For one body, from before it is asked for until nothing of it is needed any more: then `close` it. */
  open(): BodyShare {
    const share = new BodyShare({
      onGrow: bytes => this.#grow(bytes),
      onClose: () => this.#close(share),
    })
    this.#shares.add(share)
    return share
  }

  #grow(bytes: number): void {
    this.#held += bytes
    if (this.#held > this.#limit) this.#judge()
  }

  #close(share: BodyShare): void {
    if (!this.#shares.delete(share)) return
    this.#held -= share.held
    this.#judge()
  }

  /** A body that goes on may bring bytes at once, after which others have to wait: each is judged by what is held then. */
  #judge(): void {
    for (const share of this.#shares) share.setPaused(this.#mustWait(share))
  }

  #mustWait(share: BodyShare): boolean {
    return this.#held > this.#limit && share.held > this.#small && share !== this.#largest()
  }

  #largest(): BodyShare | undefined {
    return [...this.#shares].reduce((largest, share) => (share.held > largest.held ? share : largest))
  }
}

/** One body's part of the budget. */
export class BodyShare {
  /** In bytes, before and after decoding. */
  held = 0
  isPaused = false
  readonly #onGrow: (bytes: number) => void
  readonly #onClose: () => void
  #receiver: Receiver | null = null

  constructor({ onGrow, onClose }: { onGrow(bytes: number): void; onClose(): void }) {
    this.#onGrow = onGrow
    this.#onClose = onClose
  }

  /** Who brings the bytes, and is told to wait; null where nothing more will come. */
  receiveBy(receiver: Receiver | null): void {
    this.#receiver = receiver
    if (this.isPaused) receiver?.pause()
  }

  grow(bytes: number): void {
    this.held += bytes
    this.#onGrow(bytes)
  }

  setPaused(isPaused: boolean): void {
    if (this.isPaused === isPaused) return
    this.isPaused = isPaused
    if (isPaused) this.#receiver?.pause()
    else this.#receiver?.resume()
  }

  readonly close = (): void => this.#onClose()
}
