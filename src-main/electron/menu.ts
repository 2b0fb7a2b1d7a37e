/** The application's menu. What it asks of the reader goes to the window over its port. */
import { app, Menu } from 'electron'
import type { MenuCommand } from '../api/contract.ts'
import { menuTemplate } from './menu-template.ts'

/** Sets the menu; `send` gets what was chosen. */
export function setMenu(send: (command: MenuCommand) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged, send)))
}
