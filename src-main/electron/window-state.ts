/** Where the window was: kept in a small file, since it belongs to this computer's screens and not to the reader's data. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

export type Area = { x: number; y: number; width: number; height: number }
/** In device-independent pixels. No place means: where the system puts it. */
export type WindowState = { width: number; height: number; x?: number; y?: number; isMaximized: boolean }

const usual: WindowState = { width: 1280, height: 860, isMaximized: false }
export const smallest = { width: 420, height: 400 }

/** What the file says, as far as it makes sense on the screens there are now. */
export function readWindowState(file: string, screens: Area[]): WindowState {
  try {
    return fitted(JSON.parse(readFileSync(file, 'utf8')), screens)
  } catch {
    return usual
  }
}

/** A screen may have been unplugged: a window that would be out of reach goes where the system puts it. */
export function fitted(stored: unknown, screens: Area[]): WindowState {
  if (!isState(stored)) return usual
  const width = Math.max(smallest.width, Math.round(stored.width))
  const height = Math.max(smallest.height, Math.round(stored.height))
  const { x, y, isMaximized } = stored
  if (x === undefined || y === undefined || !screens.some(screen => isTitleOn(screen, { x, y, width, height }))) {
    return { width, height, isMaximized }
  }
  return { width, height, x: Math.round(x), y: Math.round(y), isMaximized }
}

/** Written beside and renamed, so that a crash leaves the old file. A state that can't be kept is no loss. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state))
    renameSync(`${file}.new`, file)
  } catch {
    return
  }
}

/** At least a hand's breadth of the title bar must be on the screen, to drag the window by. */
function isTitleOn(screen: Area, { x, y, width }: Area): boolean {
  const shown = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x)
  return shown >= 100 && y >= screen.y && y <= screen.y + screen.height - 40
}

function isState(value: unknown): value is WindowState {
  if (typeof value !== 'object' || value === null) return false
  const { width, height, x, y, isMaximized } = value as Record<string, unknown>
  const isPlace = (place: unknown) => place === undefined || Number.isFinite(place)
  return (
    Number.isFinite(width) && Number.isFinite(height) && isPlace(x) && isPlace(y) && typeof isMaximized === 'boolean'
  )
}
