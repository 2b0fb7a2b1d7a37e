/** Puts the icon in the tray, and knows whether it is to be seen there. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Tray } from 'electron'
import type { StatusNotifiers } from './status-notifiers.ts'

/** A panel takes a new item in within this time (ms), and is asked as often meanwhile. */
const patience = { tries: 10, pause: 200 }

/** Windows and macOS always have a tray. */
export type Desktops = StatusNotifiers | 'always'

export class TrayPlace {
  readonly #make: () => Tray
  readonly #desktop: Desktops
  #tray: Tray | null = null
  /** How the desktop calls our icon; null while it shows none. */
  #item: string | null = null
  /** How it called the last one: one that was put away and comes back has the same name, and may still be listed. */
  #lastItem: string | null = null
  #settling: Promise<boolean> = Promise.resolve(false)

  constructor(make: () => Tray, desktop: Desktops) {
    this.#make = make
    this.#desktop = desktop
  }

  get tray(): Tray | null {
    return this.#tray
  }

  /** Puts it there, also where a panel that was started anew has forgotten it. Answers whether it is to be seen. */
  show(): Promise<boolean> {
    this.#settling = this.#settling
      .then(() => this.#settle())
      .catch((error: unknown) => {
        console.error(`No icon in the tray: ${String(error)}`)
        return false
      })
    return this.#settling
  }

  /** Puts it there within so many ms, tried each `pause` ms, for as long as it is wanted: panels come up beside us at a login. */
  async showWithin(ms: number, pause: number, isWanted: () => boolean): Promise<boolean> {
    for (const end = performance.now() + ms; isWanted(); ) {
      if (await this.show()) return true
      if (performance.now() + pause >= end) return false
      await wait(pause)
    }
    return false
  }

  remove(): void {
    this.#settling = this.#settling.then(() => {
      this.#remove()
      return false
    })
  }

  async #settle(): Promise<boolean> {
    if (this.#desktop === 'always') {
      this.#tray ??= this.#make()
      return true
    }
    const isThere = await this.#desktop.hasHost()
    const items = isThere ? await this.#desktop.items() : []
    if (this.#item !== null && items.includes(this.#item)) return true
    this.#remove()
    return isThere && (await this.#add(this.#desktop, new Set(items)))
  }

  /** Electron tells of no name that its icon has on the bus: it is the one that is new (Electron 25: that of its connection). */
  async #add(desktop: StatusNotifiers, others: ReadonlySet<string>): Promise<boolean> {
    this.#tray = this.#make()
    for (let tries = patience.tries; tries > 0; tries--) {
      const items = await desktop.items()
      this.#item = items.find(item => item === this.#lastItem || !others.has(item)) ?? null
      this.#lastItem = this.#item ?? this.#lastItem
      if (this.#item !== null) return true
      await wait(patience.pause)
    }
    this.#remove()
    return false
  }

  #remove(): void {
    this.#tray?.destroy()
    this.#tray = null
    this.#item = null
  }
}
