/** The application's menu. */
import { app, Menu } from 'electron'
import { type MenuActions, menuTemplate } from './menu-template.ts'

export function setMenu(actions: MenuActions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged, actions)))
}
