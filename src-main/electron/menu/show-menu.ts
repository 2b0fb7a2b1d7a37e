/** Puts up the application's menu. */
import { app, Menu } from 'electron'
import { saveWasChosen } from '../page/security.ts'
import type { Desktop } from '../window/desktop.ts'
import { menuTemplate } from './menu-template.ts'

export function showMenu({ window }: Pick<Desktop, 'window'>): void {
  const menu = menuTemplate(process.platform, app.isPackaged, {
    send(command) {
      if (command === 'export-opml' || command === 'save-as-pdf') saveWasChosen()
      window.announce('menu-command', { command })
    },
    reload: () => window.reload(),
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu))
}
