/** The number of unread articles on the program's icon: the dock of macOS, launchers of Linux, the taskbar of Windows. */
import { app, nativeImage } from 'electron'
import { followUnread } from '../engine/unread.ts'
import type { Desktop } from '../window/desktop.ts'
import { bitmapSize, dotBitmap } from './dot.ts'

/** Follows the counts for as long as the program runs. */
export function showBadge(desktop: Desktop): void {
  let last = 0
  followUnread(desktop, count => {
    last = count
    if (process.platform === 'win32') markTaskbar(desktop.window, count)
    else app.setBadgeCount(count)
  })
  // The taskbar's picture is lost with a window.
  if (process.platform === 'win32') app.on('browser-window-created', () => markTaskbar(desktop.window, last))
}

/** Windows has no number of its own: a dot, and the number for who can't see it. */
function markTaskbar({ current }: Desktop['window'], count: number): void {
  if (count === 0) {
    current?.setOverlayIcon(null, '')
    return
  }
  const dot = nativeImage.createFromBitmap(dotBitmap(), { width: bitmapSize, height: bitmapSize })
  current?.setOverlayIcon(dot, `${count} unread ${count === 1 ? 'article' : 'articles'}`)
}
