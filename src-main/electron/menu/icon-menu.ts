/** What the system offers on the program's icon: the dock's menu on macOS, the jump list of Windows. */
import { app, Menu } from 'electron'
import type { Desktop } from '../window/desktop.ts'
import { quoted, switches } from './switches.ts'

const labels: Record<keyof typeof switches, string> = {
  '--add-feed': 'Add Feed…',
  '--refresh': 'Refresh All',
  '--unread': 'Unread',
}

/** Linux reads such things from the desktop entry, which is the package's. */
export function offerIconMenu({ window, dataDir }: Pick<Desktop, 'window' | 'dataDir'>): void {
  const names = Object.keys(labels) as (keyof typeof switches)[]
  app.dock?.setMenu(
    Menu.buildFromTemplate(
      names.map(name => ({
        label: labels[name],
        click() {
          window.show()
          window.announce('menu-command', { command: switches[name] })
        },
      })),
    ),
  )
  // A start of the runtime alone would not be Broadsheet.
  if (process.platform !== 'win32' || !app.isPackaged) return
  app.setUserTasks(
    names.map(name => ({
      program: process.execPath,
      // On the folder that is open here: another one would be another Broadsheet.
      arguments: `${name} --data ${quoted(dataDir)}`,
      iconPath: process.execPath,
      iconIndex: 0,
      title: labels[name],
      description: labels[name],
    })),
  )
}
