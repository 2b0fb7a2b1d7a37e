/** Puts up the application's menu. */
import { app, Menu } from 'electron'
import type { HostHandlers } from '../../api/host/calls.ts'
import { shortcuts } from '../../api/host/keys.ts'
import type { MenuArticle, MenuCommand, MenuState } from '../../api/host/menu.ts'
import { saveWasChosen } from '../page/security.ts'
import type { Desktop } from '../window/desktop.ts'
import { isTicked, isUsable, noState } from './items.ts'
import { menuTemplate } from './menu-template.ts'
import { withOpened } from './recent.ts'

/** Items have the names of their commands; not every command has one. */
const commands: readonly MenuCommand[] = [...shortcuts.map(({ command }) => command), 'save-as-pdf']

/** Answers what the window tells of itself by what its items can do. */
export function showMenu({ window }: Pick<Desktop, 'window'>): Pick<HostHandlers, 'setMenuState'> {
  let shown: MenuState = noState
  let recent: readonly MenuArticle[] = []
  let menu = put()

  /** A menu that is up takes no new items: there is a new one for each. */
  function put(): Menu {
    const template = menuTemplate(process.platform, app.isPackaged, { send, reload, openArticle }, recent)
    const made = Menu.buildFromTemplate(template)
    Menu.setApplicationMenu(made)
    return made
  }

  function send(command: MenuCommand): void {
    if (command === 'export-opml' || command === 'save-as-pdf') saveWasChosen()
    window.announce('menu-command', { command })
    // The system ticks an item that is clicked; what is ticked is for the window to say.
    showState(menu, shown)
  }

  function reload(): void {
    window.reload()
  }

  function openArticle(articleId: number): void {
    window.show()
    window.announce('show-article', { articleId })
  }

  return {
    setMenuState(state) {
      shown = state
      const opened = state.openArticle ? withOpened(recent, state.openArticle) : recent
      if (opened !== recent) {
        recent = opened
        menu = put()
      }
      showState(menu, state)
      return {}
    },
  }
}

function showState(menu: Menu, state: MenuState): void {
  for (const command of commands) {
    const item = menu.getMenuItemById(command)
    if (!item) continue
    item.enabled = isUsable(command, state)
    const isChecked = isTicked(command, state)
    if (isChecked !== undefined) item.checked = isChecked
  }
}
