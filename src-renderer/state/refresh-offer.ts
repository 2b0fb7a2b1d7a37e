/**
 * The feeds that a refresh left out, and the offer that pressing again fetches them. It holds for the same view, as long
 * as the toast that makes it is shown.
 */
import type { Toast, Toasts } from './toasts.svelte.ts'

export class RefreshOffer {
  #key = ''
  #feedIds: number[] = []
  #toastId = 0
  readonly #toasts: Toasts

  constructor(toasts: Toasts) {
    this.#toasts = toasts
  }

  /** Replaces an earlier offer, and the toast of an earlier refresh. */
  say(toast: Omit<Toast, 'id'>, offer: { key: string; feedIds: number[] } | null): void {
    this.withdraw()
    this.#toasts.dismissTopic('refresh')
    this.#toastId = this.#toasts.add(toast)
    this.#key = offer?.key ?? ''
    this.#feedIds = offer?.feedIds ?? []
  }

  /** The feeds that a second press for `key` fetches; none where nothing was offered, or for another view. */
  take(key: string): number[] {
    const isStanding = this.#toasts.shown.some(toast => toast.id === this.#toastId)
    const insisted = isStanding && this.#key === key ? this.#feedIds : []
    this.withdraw()
    return insisted
  }

  /** The user did something else: the next press is a first one. */
  withdraw(): void {
    this.#toasts.dismiss(this.#toastId)
    this.#feedIds = []
  }
}
