/** The application's menu as data. */
import type { MenuArticle, MenuCommand } from '../../api/host/menu.ts'
import { type Item, Items, line } from './items.ts'
import { labelOf } from './label.ts'

export type MenuActions = {
  /** Sends a command to the page. */
  send(command: MenuCommand): void
  /** Reloads the page, also one that has died or hangs. */
  reload(): void
  openArticle(id: number): void
}

/**
 * On macOS the first menu is the program's own, with the items that other systems have under File and Help. `recent`: what was
 * opened last, newest first.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  actions: MenuActions,
  recent: readonly MenuArticle[] = [],
): Item[] {
  const isMac = platform === 'darwin'
  const items = new Items(isMac, command => actions.send(command))
  const settings = items.item('Settings…', 'settings', 'CmdOrCtrl+,')
  return [
    ...(isMac ? [macMenu(settings)] : []),
    { label: '&File', submenu: fileMenu(items, isMac, settings) },
    { label: '&Edit', submenu: editMenu(items, isMac) },
    { label: '&View', submenu: viewMenu(items, isPackaged, actions) },
    { label: '&Go', submenu: goMenu(items, recent, actions) },
    { label: '&Article', submenu: articleMenu(items) },
    { role: 'windowMenu' },
    { role: 'help', submenu: helpMenu(items, isMac) },
  ]
}

function macMenu(settings: Item): Item {
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

function fileMenu(items: Items, isMac: boolean, settings: Item): Item[] {
  return [
    items.item('Add Feed…', 'add-feed', 'CmdOrCtrl+N'),
    line,
    items.item('Import OPML…', 'import-opml'),
    items.item('Export OPML…', 'export-opml'),
    line,
    items.item('Save Article as PDF', 'save-as-pdf'),
    items.item('Print Article…', 'print', 'CmdOrCtrl+P'),
    line,
    ...(isMac ? [{ role: 'close' } as const] : [settings, line, { role: 'quit' } as const]),
  ]
}

function editMenu(items: Items, isMac: boolean): Item[] {
  return [
    // The page decides whether typing or the last command is undone, and gets the key itself except on macOS.
    isMac ? items.item('Undo', 'undo', 'Cmd+Z') : items.hint('Undo', 'undo'),
    { role: 'redo' },
    line,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
    line,
    items.item('Find in Article…', 'find-in-article', 'CmdOrCtrl+F'),
    items.hint('Search Articles…', 'search'),
  ]
}

function viewMenu(items: Items, isPackaged: boolean, { reload }: MenuActions): Item[] {
  return [
    items.item('Refresh All', 'refresh-all', 'F5'),
    items.hint('Refresh This', 'refresh-view'),
    line,
    items.hint('Unread Only', 'toggle-unread-only'),
    items.hint('Sources', 'toggle-sources'),
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
}

function goMenu(items: Items, recent: readonly MenuArticle[], { openArticle }: MenuActions): Item[] {
  return [
    items.hint('All Articles', 'show-all'),
    items.hint('Unread', 'show-unread'),
    items.hint('Today', 'show-today'),
    items.hint('Saved', 'show-saved'),
    items.hint('Trending', 'show-trending'),
    items.hint('Followed Stories…', 'show-followed-stories'),
    items.hint('Newsletters…', 'show-newsletters'),
    line,
    items.hint('Next Source', 'next-source'),
    items.hint('Previous Source', 'previous-source'),
    line,
    {
      label: 'Recently Opened',
      enabled: recent.length > 0,
      submenu: recent.map(({ id, title }) => ({ label: labelOf(title), click: () => openArticle(id) })),
    },
  ]
}

function articleMenu(items: Items): Item[] {
  return [
    items.hint('Next', 'next-article'),
    items.hint('Previous', 'previous-article'),
    items.hint('Next Unread', 'next-unread'),
    items.hint('Previous Unread', 'previous-unread'),
    line,
    items.hint('Mark as Read or Unread', 'toggle-read'),
    items.hint('Save or Unsave', 'toggle-saved'),
    items.hint('Show or Hide Full Text', 'toggle-full-text'),
    items.hint('Load Pictures', 'load-pictures'),
    line,
    items.hint('Open in Browser', 'open-original'),
    items.hint('Copy Link', 'copy-link'),
    items.hint('Copy Link as Markdown', 'copy-markdown-link'),
    items.hint('Copy Quotation', 'copy-quotation'),
    line,
    items.hint('Play or Pause', 'play-or-pause'),
    items.hint('Playback Queue', 'show-queue'),
    line,
    items.hint('Mark Shown as Read', 'mark-shown-read'),
  ]
}

function helpMenu(items: Items, isMac: boolean): Item[] {
  return [
    items.hint('Keyboard Shortcuts', 'help'),
    items.item('What’s New', 'whats-new'),
    line,
    items.item('Report a Fault…', 'report-fault'),
    ...(isMac ? [] : [line, { role: 'about' } as const]),
  ]
}
