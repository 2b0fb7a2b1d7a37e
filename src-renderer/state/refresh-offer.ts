/**
 * What is said of feeds that a refresh held back, and what pressing again would ask. The offer holds for the same place, as
 * long as the words that make it stand there.
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

  /** In place of what was said before, and of what an earlier refresh came to. */
  say(toast: Omit<Toast, 'id'>, offer: { key: string; feedIds: number[] } | null): void {
    this.withdraw()
    this.#toasts.dismissTopic('refresh')
    this.#toastId = this.#toasts.add(toast)
    this.#key = offer?.key ?? ''
    this.#feedIds = offer?.feedIds ?? []
  }

  /** The feeds that a press for `key` insists on: none where nothing was offered, or where it was for another place. */
  take(key: string): number[] {
    const isStanding = this.#toasts.shown.some(toast => toast.id === this.#toastId)
    const insisted = isStanding && this.#key === key ? this.#feedIds : []
    this.withdraw()
    return insisted
  }

  /** The user does something else: pressing again later is a first press. */
  withdraw(): void {
    this.#toasts.dismiss(this.#toastId)
    this.#feedIds = []
  }
}
