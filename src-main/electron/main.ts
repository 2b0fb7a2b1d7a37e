/** The Electron host. Statements below run before the app is ready; see `start` for what comes then. */
import { mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { app, type BrowserWindow, dialog, Menu, type MessagePortMain, nativeTheme, session } from 'electron'
import { dataFolder } from '../host/data-folders.ts'
import { beginEngine, type EngineStarted, type RunningEngine } from '../host/engine-host.ts'
import { fileServer, rendererFolder } from '../host/file-server.ts'
import { readRunningNote, removeRunningNote, writeRunningNote } from '../host/running-note.ts'
import { unusableText } from '../host/startup-errors.ts'
import { supervisePage } from './dead-page.ts'
import { processHome } from './engine-process.ts'
import { type Announce, joinWindow } from './hand-over.ts'
import { addressesIn, addressOfLink } from './links/links.ts'
import { offerContextMenu } from './menu/context-menu.ts'
import { menuTemplate } from './menu/menu-template.ts'
import { paper } from './paper.ts'
import { registerScheme, serveScheme } from './scheme.ts'
import { guardEverything, saveWasChosen } from './security.ts'
import { followSettings } from './settings.ts'
import { paintSheet, setSystemTheme, shownTheme } from './theme.ts'
import { openWindow, workAreas } from './window.ts'
import { paneLayoutOf, WindowStateFile } from './window-state.ts'

const args = process.argv.slice(app.isPackaged ? 1 : 2)
const dataDir = path.resolve(
  dataArgument(args) ?? dataFolder({ platform: process.platform, home: os.homedir(), env: process.env }),
)

/** The window; on macOS there may be none. */
let opened: { window: BrowserWindow; page: { reload(): void }; announce: Announce } | null = null
/** Makes the window; null until the app is ready. */
let open: (() => void) | null = null
/** Addresses to show once there is a window. */
let waitingAddresses = addressesIn(args)

app.enableSandbox()
app.setName('Broadsheet')
useOwnFolder(path.join(dataDir, 'desktop'))
registerScheme()
guardEverything()

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, otherArgs) => {
    show()
    for (const address of addressesIn(otherArgs)) openAddress(address)
  })
  app.on('open-url', (event, link) => {
    event.preventDefault()
    const address = addressOfLink(link)
    if (address === null) return
    show()
    openAddress(address)
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  void app.whenReady().then(start)
} else {
  // The other instance has been given our arguments.
  app.exit(0)
}

/** Makes the window while the engine starts: the page is drawn by the time the engine answers. */
function start(): void {
  const { engine, started } = beginEngine(processHome, { dataDir })
  closeWith(engine, started)
  engine.onExit(reason => {
    if (reason.kind === 'closed') return
    // The page is of no use without an engine.
    opened?.window.hide()
    if (reason.kind === 'crashing') refuse('internal', reason.detail)
    else refuse(reason.code, (reason.code === 'in-use' && otherHost()) || reason.detail)
  })
  const state = new WindowStateFile(path.join(dataDir, 'window.json'), workAreas())
  setSystemTheme(state.current.theme)

  // In memory only: the engine stores all that a window needs.
  const windowSession = session.fromPartition('broadsheet', { cache: false })
  serveScheme(
    windowSession,
    fileServer({
      root: rendererFolder(),
      resource: (address, range) => engine.resource(address, range),
      connect: [],
      makePdf: paper(),
      look: () => ({ theme: shownTheme(state.current.theme), panes: state.current.panes }),
    }),
  )
  const menu = menuTemplate(process.platform, app.isPackaged, {
    send(command) {
      if (!opened) open?.()
      if (command === 'export-opml' || command === 'save-as-pdf') saveWasChosen()
      opened?.announce('menu-command', { command })
    },
    reload: () => (opened ? opened.page.reload() : open?.()),
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu))

  open = () => {
    const window = openWindow(windowSession, state)
    opened = { window, announce: joinWindow(window.webContents, engine), page: supervisePage(window) }
    offerContextMenu(window)
    window.on('closed', () => {
      opened = null
    })
    for (const address of waitingAddresses.splice(0)) openAddress(address)
  }
  open()
  app.on('activate', () => opened ?? open?.())

  const paint = () => opened && paintSheet(opened.window, state.current.theme)
  nativeTheme.on('updated', paint)
  followSettings(engine, settings => {
    state.change({ theme: settings.theme, panes: paneLayoutOf(settings) })
    setSystemTheme(settings.theme)
    paint()
  })
}

/** For Chromium's own files, and for the single-instance lock: two data folders can be open side by side. */
function useOwnFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    app.setPath('userData', folder)
  } catch (error) {
    refuse('storage-read-only', String(error))
  }
}

/** Brings the window to the front, or makes it where it was closed (macOS). */
function show(): void {
  if (!opened) open?.()
  const window = opened?.window
  if (window?.isMinimized()) window.restore()
  window?.show()
  window?.focus()
}

/** Shows an address in the window's add dialog; nothing is fetched or followed before the user confirms. */
function openAddress(address: string): void {
  if (opened) opened.announce('open-address', { address })
  else waitingAddresses = [...waitingAddresses, address]
}

/** The other host, where one is running on this folder. */
function otherHost(): string | null {
  const other = readRunningNote(dataDir)
  return other && `process ${other.pid}, ${other.host === 'web' ? 'in the browser' : 'in its window'}`
}

function refuse(code: string, detail: string): void {
  dialog.showErrorBox('Broadsheet', unusableText(code, detail, dataDir))
  app.exit(1)
}

/** The engine finishes what it is writing before the process ends. */
function closeWith(engine: RunningEngine<MessagePortMain>, started: Promise<EngineStarted<MessagePortMain>>): void {
  // Another Broadsheet may have the folder until the engine has started.
  let isOurs = false
  void started.then(({ kind }) => {
    isOurs = kind === 'running' && !engine.hasEnded()
    if (isOurs) writeRunningNote(dataDir, { pid: process.pid, host: 'electron', url: null })
  })
  app.on('will-quit', event => {
    if (engine.hasEnded()) return
    event.preventDefault()
    if (isOurs) removeRunningNote(dataDir)
    void engine.close().then(() => app.quit())
  })
}

function dataArgument(given: readonly string[]): string | undefined {
  const index = given.indexOf('--data')
  return index < 0 ? undefined : given[index + 1]
}
