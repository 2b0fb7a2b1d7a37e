/** The application's menu as data; menu.ts shows it. */
import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../api/events.ts'

export type MenuActions = {
  /** Gets what was chosen, for the page to do. */
  send(command: MenuCommand): void
  /** Loads the page anew, also one that has died or hangs. */
  reload(): void
}

/** On macOS the first menu is the program's own and holds what others keep under File and Help. */
export function menuTemplate(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  { send, reload }: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    click: () => send(command),
    ...(accelerator && { accelerator }),
  })
  /** Single letters belong to the page, where they are text as often as commands: shown here, not taken. */
  const hint = (label: string, command: MenuCommand, key: string): MenuItemConstructorOptions => ({
    ...item(label, command, key),
    registerAccelerator: false,
  })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const settings = item('Settings…', 'settings', 'CmdOrCtrl+,')

  const file: MenuItemConstructorOptions[] = [
    item('Add Feed…', 'add-feed', 'CmdOrCtrl+N'),
    line,
    item('Import OPML…', 'import-opml'),
    item('Export OPML…', 'export-opml'),
    line,
    ...(isMac ? [{ role: 'close' } as const] : [settings, line, { role: 'quit' } as const]),
  ]
  const edit: MenuItemConstructorOptions[] = [
    // The window knows whether a text field's undo is meant or the last thing done; elsewhere than on macOS the key is its own, too.
    isMac ? item('Undo', 'undo', 'Cmd+Z') : hint('Undo', 'undo', 'Ctrl+Z'),
    { role: 'redo' },
    line,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
    line,
    item('Find Articles', 'find', 'CmdOrCtrl+F'),
  ]
  const view: MenuItemConstructorOptions[] = [
    item('Refresh All', 'refresh-all', 'F5'),
    hint('Refresh This', 'refresh-view', 'R'),
    line,
    hint('Show or Hide Sources', 'toggle-sources', '['),
    line,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    line,
    { role: 'togglefullscreen' },
    line,
    // Ctrl+R stays free: who presses it in a feed reader wants news, and would lose what they were typing.
    { label: 'Reload Window', accelerator: 'CmdOrCtrl+Shift+R', click: () => reload() },
    ...(isPackaged ? [] : [line, { role: 'toggleDevTools' } as const]),
  ]
  const article: MenuItemConstructorOptions[] = [
    hint('Next Unread', 'next-unread', 'N'),
    line,
    hint('Mark as Read or Unread', 'toggle-read', 'M'),
    hint('Save or Unsave', 'toggle-saved', 'S'),
    hint('Open in Browser', 'open-original', 'V'),
    line,
    hint('Mark Shown as Read', 'mark-shown-read', 'Shift+A'),
  ]
  const help: MenuItemConstructorOptions[] = [
    hint('Keyboard Shortcuts', 'shortcuts', '?'),
    ...(isMac ? [] : [line, { role: 'about' } as const]),
  ]
  return [
    ...(isMac ? [macMenu(settings)] : []),
    { label: '&File', submenu: file },
    { label: '&Edit', submenu: edit },
    { label: '&View', submenu: view },
    { label: '&Article', submenu: article },
    { role: 'windowMenu' },
    { role: 'help', submenu: help },
  ]
}

function macMenu(settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  const line: MenuItemConstructorOptions = { type: 'separator' }
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      line,
      settings,
      line,
      { role: 'services' },
      line,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      line,
      { role: 'quit' },
    ],
  }
}
