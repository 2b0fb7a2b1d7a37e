/** The one window over its lives: it is made, hidden, closed and made again. */
import type { BrowserWindow } from 'electron'
import type { HostEvents } from '../../api/host/events.ts'
import type { Announce } from '../page/hand-over.ts'

export type OpenedWindow = { window: BrowserWindow; page: { reload(): void }; announce: Announce }

export class WindowKeeper {
  readonly #make: () => OpenedWindow
  #opened: OpenedWindow | null = null

  /** `make` makes the window and loads its page. */
  constructor(make: () => OpenedWindow) {
    this.#make = make
  }

  /** Null while there is none. */
  get current(): BrowserWindow | null {
    return this.#opened?.window ?? null
  }

  /** Makes it where there is none. It shows once its page has painted. */
  open(): OpenedWindow {
    if (this.#opened) return this.#opened
    const opened = this.#make()
    this.#opened = opened
    opened.window.on('closed', () => {
      this.#opened = null
    })
    return opened
  }

  /** Brings it to the front, made where there was none. */
  show(): void {
    const isThere = this.#opened !== null
    const { window } = this.open()
    if (!isThere) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  /** Tells the window something, made where there was none. */
  announce<E extends keyof HostEvents>(event: E, payload: HostEvents[E]): void {
    this.open().announce(event, payload)
  }

  /** Reloads its page, also one that has died or hangs. */
  reload(): void {
    if (this.#opened) this.#opened.page.reload()
    else this.open()
  }
}
