/** Which menu is open: one in the whole window. */
import type { OpenMenu } from '../ui/menu.ts'

export class Menus {
  open = $state.raw<OpenMenu | null>(null)

  show(menu: OpenMenu): void {
    this.open = menu
  }

  close(): void {
    this.open = null
  }
}
