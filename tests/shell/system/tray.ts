/** Electron's `Tray`: an icon with a menu that a test clicks as a person does. What a Linux panel shows of it is gdbus's to say. */
import { EventEmitter } from 'node:events'
import { itemsOf, type MenuItem } from './menus.ts'
import { addItem, removeItem } from './panel.ts'

let shown: Tray | null = null

export class Tray extends EventEmitter {
  tooltip = ''
  image: { address: string }
  menu: MenuItem[] = []
  readonly #item = addItem()

  constructor(image: { address: string }) {
    super()
    this.image = image
    shown = this
  }

  setImage(image: { address: string }): void {
    this.image = image
  }

  setToolTip(text: string): void {
    this.tooltip = text
  }

  setTitle(): void {}

  setContextMenu(menu: MenuItem[]): void {
    this.menu = menu
  }

  destroy(): void {
    removeItem(this.#item)
    if (shown === this) shown = null
  }
}

export const trayAnswers = {
  tray: () =>
    shown && {
      tooltip: shown.tooltip,
      image: shown.image.address,
      labels: itemsOf(shown.menu).flatMap(({ label }) => label ?? []),
    },
  clickTray: () => shown?.emit('click', {}),
  clickInTray: (label: string) =>
    itemsOf(shown?.menu ?? [])
      .find(item => item.label === label && item.enabled !== false)
      ?.click?.(),
}
