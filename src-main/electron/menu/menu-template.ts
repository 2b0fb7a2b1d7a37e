/** The application's menu as data. */
import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../api/host/events.ts'

export type MenuActions = {
  /** Sends a command to the page. */
  send(command: MenuCommand): void
  /** Reloads the page, also one that has died or hangs. */
  reload(): void
}

/** On macOS the first menu is the program's own, with the items that other systems have under File and Help. */
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
  /** Single letters are shown but not registered: in the page they are text as often as commands. */
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
    item('Save Article as PDF', 'save-as-pdf'),
    item('Print Article…', 'print', 'CmdOrCtrl+P'),
    line,
    ...(isMac ? [{ role: 'close' } as const] : [settings, line, { role: 'quit' } as const]),
  ]
  const edit: MenuItemConstructorOptions[] = [
    // The page decides whether typing or the last command is undone, and gets the key itself except on macOS.
    isMac ? item('Undo', 'undo', 'Cmd+Z') : hint('Undo', 'undo', 'Ctrl+Z'),
    { role: 'redo' },
    line,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
    line,
    item('Find…', 'find', 'CmdOrCtrl+F'),
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
    // Not Ctrl+R: in a feed reader it is pressed for news, and a reload would lose what is being typed.
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
