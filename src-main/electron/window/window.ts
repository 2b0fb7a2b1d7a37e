/** The one window. */
import { app, BrowserWindow, type Session, screen } from 'electron'
import { preloadScript } from '../../host/file-server.ts'
import { loadStartPage } from '../page/scheme.ts'
import { confined, keepAtHome } from '../page/security.ts'
import { sheetOf } from './theme.ts'
import { type Area, fitted, smallest, type WindowState, type WindowStateFile, zoomWithin } from './window-state.ts'

/** One step of zoom, as of Electron's own menu items. */
const zoomStep = 0.5

/** Makes the window and loads the page. It shows once the page has painted. */
export function openWindow(session: Session, file: WindowStateFile): BrowserWindow {
  const state = fitted(file.current, workAreas())
  const window = new BrowserWindow({
    ...place(state),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Broadsheet',
    backgroundColor: sheetOf(state.theme),
    webPreferences: {
      ...confined,
      session,
      preload: preloadScript(),
      devTools: !app.isPackaged,
      autoplayPolicy: 'document-user-activation-required',
      // Set here for the first paint. Chromium's levels are powers of 1.2.
      zoomFactor: 1.2 ** state.zoom,
    },
  })
  if (state.isMaximized) window.maximize()
  showOnce(window)
  window.on('close', () => file.change(stateOf(window)))
  window.webContents.on('zoom-changed', (_event, direction) =>
    zoomBy(window, direction === 'in' ? zoomStep : -zoomStep),
  )
  keepAtHome(window.webContents)
  void loadStartPage(window.webContents)
  return window
}

/** The parts of all screens that windows may cover. */
export function workAreas(): Area[] {
  return screen.getAllDisplays().map(display => display.workArea)
}

/** 'ready-to-show' is not always emitted for a hidden page on a busy machine; it is shown when it has loaded then. */
function showOnce(window: BrowserWindow): void {
  const { promise, resolve } = Promise.withResolvers<void>()
  window.once('ready-to-show', resolve)
  window.webContents.once('did-finish-load', resolve)
  window.webContents.once('did-fail-load', () => resolve())
  void promise.then(() => window.isDestroyed() || window.show())
}

/** For Ctrl and the wheel, of which Electron only emits an event. */
function zoomBy({ webContents }: BrowserWindow, step: number): void {
  webContents.setZoomLevel(zoomWithin(webContents.getZoomLevel() + step))
}

function place({ width, height, x, y }: WindowState): Partial<Area> {
  return { width, height, ...(x !== undefined && y !== undefined && { x, y }) }
}

function stateOf(window: BrowserWindow): Partial<WindowState> {
  return {
    ...window.getNormalBounds(),
    isMaximized: window.isMaximized(),
    zoom: zoomWithin(window.webContents.getZoomLevel()),
  }
}
