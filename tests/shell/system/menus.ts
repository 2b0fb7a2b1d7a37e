/** Electron's `Menu`: what is in the application's menu, and what a click on an item does. */
export type MenuItem = { id?: string; label?: string; role?: string; submenu?: MenuItem[]; click?: () => void } & Shown
type Shown = { type?: string; enabled?: boolean; checked?: boolean; accelerator?: string }

let applicationMenu: MenuItem[] = []

export const Menu = {
  buildFromTemplate: (template: MenuItem[]) =>
    Object.assign(template, {
      popup: () => undefined,
      getMenuItemById: (id: string) => itemsOf(template).find(item => item.id === id) ?? null,
    }),
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
  menuItem: (label: string) => {
    const { enabled = true, checked = false, accelerator = '' } = byLabel(label) ?? { enabled: false }
    return { enabled, checked, accelerator }
  },
  clickMenu: (id: string) =>
    itemsOf(applicationMenu)
      .find(item => item.id === id)
      ?.click?.(),
  /** As the system does: nothing where the item can't be used, and a box ticks itself. */
  clickLabel: (label: string) => {
    const item = byLabel(label)
    if (!item || item.enabled === false) return
    if (item.type === 'checkbox') item.checked = !item.checked
    item.click?.()
  },
}

function byLabel(label: string): MenuItem | undefined {
  return itemsOf(applicationMenu).find(item => item.label === label)
}
