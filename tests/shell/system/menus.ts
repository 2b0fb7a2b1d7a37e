/** Electron's `Menu`: what is in the application's menu, and what a click on an item does. */
export type MenuItem = { id?: string; label?: string; role?: string; submenu?: MenuItem[]; click?: () => void }

let applicationMenu: MenuItem[] = []

export const Menu = {
  buildFromTemplate: (template: MenuItem[]) => Object.assign(template, { popup: () => undefined }),
  setApplicationMenu(menu: MenuItem[]): void {
    applicationMenu = menu
  },
}

export function itemsOf(menu: MenuItem[]): MenuItem[] {
  return menu.flatMap(item => [item, ...itemsOf(item.submenu ?? [])])
}

/** The ids, roles or labels of all items of the application's menu. */
export function namesInMenu(): string[] {
  return itemsOf(applicationMenu).map(item => item.id ?? item.role ?? item.label ?? 'line')
}

export const menuAnswers = {
  clickMenu: (id: string) =>
    itemsOf(applicationMenu)
      .find(item => item.id === id)
      ?.click?.(),
  clickLabel: (label: string) =>
    itemsOf(applicationMenu)
      .find(item => item.label === label)
      ?.click?.(),
}
