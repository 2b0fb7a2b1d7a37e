/** The number of unread articles on the program's icon: the dock of macOS, launchers of Linux, the taskbar of Windows. */
import { app, nativeImage } from 'electron'
import type { Desktop } from '../window/desktop.ts'
import { bitmapSize, dotBitmap } from './dot.ts'

/** Counts change with every article that is read; the icon at most once in so many ms. */
const interval = 1_000

/** Follows the counts for as long as the program runs. */
export function showBadge({ link: { engine, onState }, window, onSettings }: Desktop): void {
  let unread = 0
  let isWanted = false
  let timer: NodeJS.Timeout | null = null
  let lastCount: number | null = null

  function paint(): void {
    const count = isWanted ? unread : 0
    if (process.platform === 'win32') markTaskbar(window, count)
    else if (count !== lastCount) app.setBadgeCount(count)
    lastCount = count
  }

  function soon(): void {
    timer ??= setTimeout(() => {
      timer = null
      paint()
    }, interval)
    timer.unref()
  }

  function count(next: { unread: number }): void {
    unread = next.unread
    soon()
  }

  engine.on('counts-changed', ({ counts }) => count(counts))
  onState(state => {
    if (state === 'open') void engine.counts({}).then(count, () => undefined)
  })
  onSettings(({ badge }) => {
    isWanted = badge !== 'none'
    soon()
  })
}

/** Windows has no number of its own: a dot, and the number for who can't see it. The picture is small, and lost with a window. */
function markTaskbar({ current }: Desktop['window'], count: number): void {
  if (count === 0) {
    current?.setOverlayIcon(null, '')
    return
  }
  const dot = nativeImage.createFromBitmap(dotBitmap(), { width: bitmapSize, height: bitmapSize })
  current?.setOverlayIcon(dot, `${count} unread ${count === 1 ? 'article' : 'articles'}`)
}
