/** What comes to the window from outside: dropped on it, opened with Broadsheet, or given by the browser. */
import { untrack } from 'svelte'
import { type FileRefusal, words } from '../messages/desktop/offers.ts'
import type { App } from '../state/app.svelte.ts'
import { takeMail } from './take-mail.ts'

export type Offer =
  /** `isFromTab`: any page of the browser can have it given, again and again. */
  | { kind: 'address'; address: string; isFromTab?: true }
  /** A list, or all that was exported; or what the dialog explains not to be one. */
  | { kind: 'import'; file: File }
  | { kind: 'backup'; name: string; bytes: number }
  /** A message, or a folder of them. */
  | { kind: 'mail'; file: File }

type Parts = Pick<App, 'actions' | 'dialogs' | 'engine' | 'isReady' | 'menus' | 'safety' | 'toasts'>

/** More at once is a mistake, or a page that does not stop. */
const mostWaiting = 10

/** Each is shown in its dialog, one after another. None takes the place of a dialog that is open: something may be typed there. */
export class Offers {
  #waiting = $state.raw<Offer[]>([])
  readonly #app: Parts

  constructor(app: Parts) {
    this.#app = app
  }

  /** False where it is not taken. */
  add(offer: Offer): boolean {
    if (this.#waiting.some(other => isSame(other, offer))) return true
    if (isFromTab(offer) && this.#waiting.some(isFromTab)) return false
    if (this.#waiting.length >= mostWaiting) {
      this.#app.toasts.add({ kind: 'problem', text: words.tooMany(mostWaiting) })
      return false
    }
    this.#waiting = [...this.#waiting, offer]
    return true
  }

  refuse(reason: FileRefusal, name: string): void {
    this.#app.toasts.add({ kind: 'problem', text: words.refused(reason, name) })
  }

  /** To be called in an effect: shows the next one when the window is free, and says what waits while it is not. */
  settle(): void {
    const { isReady, dialogs, toasts } = this.#app
    const [next, ...others] = this.#waiting
    if (!isReady || !next) return
    if (!dialogs.open) {
      untrack(() => {
        this.#waiting = others
        toasts.dismissTopic('offers')
        this.#show(next)
      })
      return
    }
    const text = others.length === 0 ? words.waitingOne(nameOf(next)) : words.waitingMany(others.length + 1)
    untrack(() => toasts.add({ topic: 'offers', text }))
  }

  #show(offer: Offer): void {
    const { dialogs, menus } = this.#app
    menus.close()
    if (offer.kind === 'address') dialogs.show('add', { address: offer.address })
    else if (offer.kind === 'import') dialogs.show('import', { file: offer.file })
    else if (offer.kind === 'mail') void takeMail(this.#app, offer.file)
    else void this.#showBackup(offer)
  }

  /** Only those that the engine lists can be gone back to: it looks at them first. */
  async #showBackup(offer: Offer & { kind: 'backup' }): Promise<void> {
    const { actions, dialogs, safety, toasts } = this.#app
    await actions.attempt(() => safety.loadBackups())
    // Opened while the engine was asked.
    if (dialogs.open) return void this.add(offer)
    const backup = safety.backups?.backups.find(({ name, bytes }) => name === offer.name && bytes === offer.bytes)
    if (backup) return dialogs.show('restore', { backup })
    dialogs.show('settings', { section: 'backups' })
    toasts.add({ kind: 'problem', text: words.unknownBackup(offer.name) })
  }
}

function nameOf(offer: Offer): string {
  if (offer.kind === 'address') return URL.parse(offer.address)?.host || offer.address
  return 'file' in offer ? offer.file.name : offer.name
}

const isFromTab = (offer: Offer): boolean => offer.kind === 'address' && offer.isFromTab === true

function isSame(one: Offer, other: Offer): boolean {
  if (one.kind === 'address') return other.kind === 'address' && one.address === other.address
  if (one.kind === 'backup') return other.kind === 'backup' && one.name === other.name && one.bytes === other.bytes
  return false
}
