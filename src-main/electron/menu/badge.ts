/** The number of unread articles on the program's icon: the dock of macOS, launchers of Linux, the taskbar of Windows. */
import { app, type BrowserWindow } from 'electron'
import { followUnread } from '../engine/unread.ts'
import type { Desktop } from '../window/desktop.ts'
import { badgeImage } from './badge-image.ts'

/** Follows the counts for as long as the program runs. */
export function showBadge(desktop: Desktop): void {
  if (process.platform === 'win32') followOnTaskbar(desktop)
  else followUnread(desktop, count => void app.setBadgeCount(count))
}

function followOnTaskbar(desktop: Desktop): void {
  let last = 0
  followUnread(desktop, count => {
    last = count
    if (desktop.window.current) markTaskbar(desktop.window.current, count)
  })
  // A hidden window has no button on the taskbar, and gets a plain one when it is shown.
  app.on('browser-window-created', (_, window) => window.on('show', () => markTaskbar(window, last)))
}

/** Windows draws no number of its own: a picture of it, and the whole number in words for who can't see it. */
function markTaskbar(window: BrowserWindow, count: number): void {
  if (count === 0) window.setOverlayIcon(null, '')
  else window.setOverlayIcon(badgeImage(count), `${count} unread ${count === 1 ? 'article' : 'articles'}`)
}
