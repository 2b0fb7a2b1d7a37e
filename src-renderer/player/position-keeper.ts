/** Has it kept how far an episode was heard: now and then while it plays, at once where it stops. */

import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { EpisodeKey, Playback } from '../../src-main/api/reading/playback.ts'

/** In ms. A crash takes no more than this of what was heard. */
const everySoOften = 10_000
/** A knob that is dragged is kept where it comes to rest. */
const rest = 500

type Heard = EpisodeKey & Playback

export class PositionKeeper {
  readonly #engine: Pick<EngineClient, 'keepPlayback'>
  readonly #heard: () => Heard | null
  #kept = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #due = 0

  constructor(engine: Pick<EngineClient, 'keepPlayback'>, page: Window, heard: () => Heard | null) {
    this.#engine = engine
    this.#heard = heard
    page.document.addEventListener('visibilitychange', () => this.now())
  }

  sometime(): void {
    this.#within(everySoOften)
  }

  soon(): void {
    this.#within(rest)
  }

  now(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const heard = this.#heard()
    const asText = JSON.stringify(heard)
    if (!heard || asText === this.#kept) return
    // What is there from the start need not be written.
    const isNothing = this.#kept === '' && heard.position === 0 && !heard.isPlayed
    this.#kept = asText
    // A disk that takes no write says so elsewhere.
    if (!isNothing) void this.#engine.keepPlayback(heard).catch(() => undefined)
  }

  #within(ms: number): void {
    const due = Date.now() + ms
    if (this.#timer !== undefined && this.#due <= due) return
    clearTimeout(this.#timer)
    this.#due = due
    this.#timer = setTimeout(() => this.now(), ms)
  }
}
