/** The one window. */
import { app, BrowserWindow, nativeTheme, type Session, screen } from 'electron'
import { preloadScript } from '../files.ts'
import { loadStartPage } from './scheme.ts'
import { keepAtHome } from './security.ts'
import { readWindowState, smallest, type WindowState, writeWindowState } from './window-state.ts'

/** The sheets of src-renderer/ui/tokens.css, painted before the page is, so that nothing flashes white in the dark. */
const sheets = { dark: '#191a1c', light: '#ffffff' }

/** Makes the window and loads the page. It shows once the page has painted. */
export function openWindow(session: Session, stateFile: string): BrowserWindow {
  const state = readWindowState(
    stateFile,
    screen.getAllDisplays().map(display => display.workArea),
  )
  const window = new BrowserWindow({
    ...place(state),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Broadsheet',
    backgroundColor: nativeTheme.shouldUseDarkColors ? sheets.dark : sheets.light,
    webPreferences: {
      session,
      preload: preloadScript(),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      // Its dictionaries would be fetched from the network: security.ts sees to it for whole sessions.
      spellcheck: false,
      disableDialogs: true,
      devTools: !app.isPackaged,
      navigateOnDragDrop: false,
      autoplayPolicy: 'document-user-activation-required',
    },
  })
  if (state.isMaximized) window.maximize()
  showOnce(window)
  window.on('close', () => writeWindowState(stateFile, stateOf(window)))
  window.webContents.on('render-process-gone', (_event, details) => reviveOnce(window, details.reason))
  keepAtHome(window.webContents)
  void loadStartPage(window.webContents)
  return window
}

/** A hidden page of which nothing was painted never says so, on a busy machine at times: loaded is good enough then. */
function showOnce(window: BrowserWindow): void {
  const { promise, resolve } = Promise.withResolvers<void>()
  window.once('ready-to-show', resolve)
  window.webContents.once('did-finish-load', resolve)
  window.webContents.once('did-fail-load', () => resolve())
  void promise.then(() => window.isDestroyed() || window.show())
}

function place({ width, height, x, y }: WindowState): Partial<WindowState> {
  return { width, height, ...(x !== undefined && y !== undefined && { x, y }) }
}

function stateOf(window: BrowserWindow): WindowState {
  return { ...window.getNormalBounds(), isMaximized: window.isMaximized() }
}

const revived = new WeakMap<BrowserWindow, number>()

/** A page that crashed is loaded again, but one that crashes at once again stays down instead of spinning. */
function reviveOnce(window: BrowserWindow, reason: string): void {
  const last = revived.get(window) ?? Number.NEGATIVE_INFINITY
  if (window.isDestroyed() || reason === 'clean-exit' || performance.now() - last < 10_000) return
  revived.set(window, performance.now())
  window.webContents.reload()
}
