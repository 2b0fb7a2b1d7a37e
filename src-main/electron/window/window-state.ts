/**
 * Place and look of the window, in a small file beside the database: they belong to this computer's screens, and are needed
 * before the engine, which has the settings, is started.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type PaneLayout, type Settings, themes } from '../../api/settings.ts'

export type Area = { x: number; y: number; width: number; height: number }
/** The theme that was set last: a window is painted in it until the settings arrive. */
export type Theme = Settings['theme']
/**
 * In device-independent pixels. Without `x` and `y` the system places the window. `zoom` is Chromium's level: 0 is 100 %.
 * `panes` are as in the last settings, null before there were any.
 */
export type WindowState = {
  width: number
  height: number
  x?: number
  y?: number
  isMaximized: boolean
  zoom: number
  theme: Theme
  panes: PaneLayout | null
}

const usual: WindowState = { width: 1280, height: 860, isMaximized: false, zoom: 0, theme: 'system', panes: null }
export const smallest = { width: 420, height: 400 }
/** From half to three times the size: beyond that the menu could not be found to zoom back. */
const zoomLimits = { least: -4, most: 6 }

/** The state in the file, as far as it fits the present screens. */
export function readWindowState(file: string, screens: Area[]): WindowState {
  try {
    return fitted(JSON.parse(readFileSync(file, 'utf8')), screens)
  } catch {
    return usual
  }
}

/** A screen may have been unplugged: a window that would be out of reach is placed by the system. */
export function fitted(stored: unknown, screens: Area[]): WindowState {
  if (typeof stored !== 'object' || stored === null) return usual
  const { zoom, theme, panes } = stored as Record<string, unknown>
  const look = {
    zoom: typeof zoom === 'number' ? zoomWithin(zoom) : usual.zoom,
    theme: themes.find(known => known === theme) ?? usual.theme,
    panes: isPaneLayout(panes) ? paneLayoutOf(panes) : usual.panes,
  }
  return { ...(isPlaced(stored) ? fittedPlace(stored, screens) : placeOf(usual)), ...look }
}

/** Zoom within its limits, rounded: Chromium's levels have rounding errors, which would add up. */
export function zoomWithin(level: number): number {
  if (!Number.isFinite(level)) return usual.zoom
  return Math.round(Math.min(zoomLimits.most, Math.max(zoomLimits.least, level)) * 100) / 100
}

/** Written to a new file and renamed, so that a crash leaves the old one. A state that can't be written is no loss. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  } catch {
    return
  }
}

/** The settings of the panes. */
export function paneLayoutOf({ sourcesWidth, headlinesWidth, isSourcesHidden }: PaneLayout): PaneLayout {
  return { sourcesWidth, headlinesWidth, isSourcesHidden }
}

function isPaneLayout(value: unknown): value is PaneLayout {
  if (typeof value !== 'object' || value === null) return false
  const { sourcesWidth, headlinesWidth, isSourcesHidden } = value as Record<string, unknown>
  const isWidth = (width: unknown) => typeof width === 'number' && width > 0 && width < 10_000
  return isWidth(sourcesWidth) && isWidth(headlinesWidth) && typeof isSourcesHidden === 'boolean'
}

type Placed = Omit<WindowState, 'zoom' | 'theme' | 'panes'>

function placeOf({ width, height, isMaximized }: WindowState): Placed {
  return { width, height, isMaximized }
}

function fittedPlace(stored: Placed, screens: Area[]): Placed {
  const { x, y, isMaximized } = stored
  const size = { width: sizeWithin('width', stored, screens), height: sizeWithin('height', stored, screens) }
  if (x === undefined || y === undefined || !screens.some(screen => isTitleOn(screen, { x, y, ...size }))) {
    return { ...size, isMaximized }
  }
  return { ...size, x: Math.round(x), y: Math.round(y), isMaximized }
}

/** No smaller than is usable, and no larger than the largest screen. */
function sizeWithin(side: 'width' | 'height', stored: Placed, screens: Area[]): number {
  const most = Math.max(smallest[side], ...screens.map(screen => screen[side]))
  return Math.min(most, Math.max(smallest[side], Math.round(stored[side])))
}

/** Enough of the title bar must be on the screen to drag the window by. */
function isTitleOn(screen: Area, { x, y, width }: Area): boolean {
  const shown = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x)
  return shown >= 100 && y >= screen.y && y <= screen.y + screen.height - 40
}

function isPlaced(value: object): value is Placed {
  const { width, height, x, y, isMaximized } = value as Record<string, unknown>
  const isPlace = (place: unknown) => place === undefined || Number.isFinite(place)
  return (
    Number.isFinite(width) && Number.isFinite(height) && isPlace(x) && isPlace(y) && typeof isMaximized === 'boolean'
  )
}

/** The state and its file, which is written at every change: writing it at the end only would lose it in a crash. */
export class WindowStateFile {
  readonly #file: string
  #state: WindowState

  constructor(file: string, screens: Area[]) {
    this.#file = file
    this.#state = readWindowState(file, screens)
  }

  get current(): WindowState {
    return this.#state
  }

  change(part: Partial<WindowState>): void {
    const changed = { ...this.#state, ...part }
    if (JSON.stringify(changed) === JSON.stringify(this.#state)) return
    this.#state = changed
    writeWindowState(this.#file, changed)
  }
}
