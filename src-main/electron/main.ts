/** The Electron host. Statements below run before the app is ready; see `start` for what comes then. */
import { mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { app, dialog, type MessagePortMain, nativeTheme, session } from 'electron'
import type { HostHandlers } from '../api/host/calls.ts'
import { appId } from '../host/app-id.ts'
import { dataFolder } from '../host/data-folders.ts'
import { beginEngine, type EngineStarted, type RunningEngine } from '../host/engine-host.ts'
import { fileServer, rendererFolder } from '../host/file-server.ts'
import { readRunningNote, removeRunningNote, writeRunningNote } from '../host/running-note.ts'
import { unusableText } from '../host/startup-errors.ts'
import { linkTo } from './engine/engine-link.ts'
import { processHome } from './engine/engine-process.ts'
import { followSettings } from './engine/settings.ts'
import { Given } from './links/given.ts'
import { linksPart } from './links/links-part.ts'
import { showBadge } from './menu/badge.ts'
import { offerContextMenu } from './menu/context-menu.ts'
import { offerIconMenu } from './menu/icon-menu.ts'
import { showMenu } from './menu/show-menu.ts'
import { commandsIn } from './menu/switches.ts'
import { noticesPart } from './notices/notices-part.ts'
import { joinWindow } from './page/hand-over.ts'
import { registerScheme, serveScheme } from './page/scheme.ts'
import { guardEverything } from './page/security.ts'
import { paper } from './paper.ts'
import { tellPower } from './power/power.ts'
import { runtimeFacts } from './runtime-facts.ts'
import { closingBy } from './tray/closing.ts'
import { hiddenSwitch, isHiddenStart, loginPart } from './tray/login-part.ts'
import { type TrayPart, trayPart } from './tray/tray-part.ts'
import { updatesPart } from './updates/updates-part.ts'
import { supervisePage } from './window/dead-page.ts'
import type { Desktop } from './window/desktop.ts'
import { paintSheet, setSystemTheme, shownTheme } from './window/theme.ts'
import { openWindow, workAreas } from './window/window.ts'
import { WindowKeeper } from './window/window-keeper.ts'
import { paneLayoutOf, WindowStateFile } from './window/window-state.ts'

const args = process.argv.slice(app.isPackaged ? 1 : 2)
const dataDir = path.resolve(
  dataArgument(args) ?? dataFolder({ platform: process.platform, home: os.homedir(), env: process.env }),
)

/** Null until the app is ready. */
let theWindow: WindowKeeper | null = null
/** A window was asked for before the app was ready. */
let isWindowWanted = false
/** Links and files to show once the app is ready. */
const given = new Given()

app.enableSandbox()
app.setName('Broadsheet')
// Windows shows notices of a program under the name of its shortcut, which the installer gave this id.
if (process.platform === 'win32') app.setAppUserModelId(appId)
useOwnFolder(path.join(dataDir, 'desktop'))
registerScheme()
guardEverything()

if (app.requestSingleInstanceLock()) {
  given.takeArguments(args, process.cwd())
  given.takeCommands(commandsIn(args))
  app.on('second-instance', (_event, otherArgs, folder) => {
    if (!otherArgs.includes(hiddenSwitch)) showWindow()
    given.takeArguments(otherArgs, folder)
    given.takeCommands(commandsIn(otherArgs))
  })
  app.on('open-url', (event, link) => {
    event.preventDefault()
    if (given.takeLink(link)) showWindow()
  })
  app.on('open-file', (event, file) => {
    event.preventDefault()
    showWindow()
    given.takeFile(file)
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
    theWindow?.current?.hide()
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
  const window = new WindowKeeper(() => {
    const made = openWindow(windowSession, state)
    offerContextMenu(made)
    closing(made)
    return { window: made, announce: joinWindow(made.webContents, engine, handlers), page: supervisePage(made) }
  })
  const link = linkTo(engine)
  const desktop: Desktop = { dataDir, link, window, onSettings: listener => followSettings(link, listener) }
  const tray = trayPart(desktop)
  const closing = closingBy(desktop, tray)
  const handlers: HostHandlers = {
    ...runtimeFacts(),
    ...linksPart(),
    ...noticesPart(desktop, address => engine.resource(address)),
    ...updatesPart(desktop),
    ...showMenu(desktop),
    ...tray.handlers,
    ...loginPart(dataArgument(args)),
  }
  offerIconMenu(desktop)
  showBadge(desktop)
  tellPower(desktop)
  theWindow = window
  if (isWindowWanted || !isHiddenStart(args)) window.open()
  else showWhereUnreachable(tray, window)
  given.tellBy((event, payload) => window.announce(event, payload))
  app.on('activate', () => window.open())

  const paint = () => window.current && paintSheet(window.current, state.current.theme)
  nativeTheme.on('updated', paint)
  desktop.onSettings(settings => {
    state.change({ theme: settings.theme, panes: paneLayoutOf(settings) })
    setSystemTheme(settings.theme)
    paint()
  })
}

function showWindow(): void {
  isWindowWanted = true
  theWindow?.show()
}

/** A start at login has no window until one is asked for, where the reader can ask for one. */
function showWhereUnreachable(tray: TrayPart, window: WindowKeeper): void {
  // The dock is always there.
  if (process.platform === 'darwin') return
  void tray.isShownSoon().then(isShown => isShown || window.open())
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
