/** Puts up the application's menu. */
import { app, Menu } from 'electron'
import type { HostHandlers } from '../../api/host/calls.ts'
import type { MenuCommand, MenuState } from '../../api/host/menu.ts'
import { saveWasChosen } from '../page/security.ts'
import type { Desktop } from '../window/desktop.ts'
import { isTicked, isUsable, noState } from './items.ts'
import { menuTemplate } from './menu-template.ts'

/** Answers what the window tells of itself by what its items can do. */
export function showMenu({ window }: Pick<Desktop, 'window'>): Pick<HostHandlers, 'setMenuState'> {
  let shown: MenuState = noState
  const template = menuTemplate(process.platform, app.isPackaged, {
    send(command) {
      if (command === 'export-opml' || command === 'save-as-pdf') saveWasChosen()
      window.announce('menu-command', { command })
      // The system ticks an item that is clicked; what is ticked is for the window to say.
      showState(menu, command, shown)
    },
    reload: () => window.reload(),
  })
  const menu = Menu.buildFromTemplate(template)
  Menu.setApplicationMenu(menu)
  const commands = template.flatMap(({ submenu }) =>
    Array.isArray(submenu) ? submenu.flatMap(({ id }) => (id ? [id as MenuCommand] : [])) : [],
  )
  return {
    setMenuState(state) {
      shown = state
      for (const command of commands) showState(menu, command, state)
      return {}
    },
  }
}

function showState(menu: Menu, command: MenuCommand, state: MenuState): void {
  const item = menu.getMenuItemById(command)
  if (!item) return
  item.enabled = isUsable(command, state)
  const isChecked = isTicked(command, state)
  if (isChecked !== undefined) item.checked = isChecked
}
