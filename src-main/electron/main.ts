/** The Electron host. Statements below run before the app is ready; see `start` for what comes then. */
import { mkdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { app, type BrowserWindow, dialog, session } from 'electron'
import { type RunningEngine, startEngine } from '../engine-thread.ts'
import { fileServer, rendererFolder } from '../files.ts'
import { introduce, introductionIn, takeLeave } from '../introduction.ts'
import { dataFolder } from '../paths.ts'
import { unusableText } from '../unusable.ts'
import { offerContextMenu } from './context-menu.ts'
import { type Announce, joinWindow } from './hand-over.ts'
import { addressesIn, addressOfLink } from './links.ts'
import { setMenu } from './menu.ts'
import { registerScheme, serveScheme } from './scheme.ts'
import { guardEverything } from './security.ts'
import { followTheme } from './theme.ts'
import { openWindow } from './window.ts'

const args = process.argv.slice(app.isPackaged ? 1 : 2)
const dataDir = path.resolve(
  dataArgument(args) ?? dataFolder({ platform: process.platform, home: os.homedir(), env: process.env }),
)

let window: BrowserWindow | null = null
let announce: Announce | null = null
/** Links that came before there was a window. */
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
    if (address !== null) openAddress(address)
  })
  void app.whenReady().then(start)
} else {
  // The other instance has our arguments now.
  app.exit(0)
}

async function start(): Promise<void> {
  const started = await startEngine({ dataDir })
  if (started.kind === 'unusable')
    return refuse(started.code, (started.code === 'in-use' && whoElse()) || started.detail)
  const { engine } = started
  engine.onExit(reason => {
    if (reason.kind !== 'closed') refuse(reason.kind === 'unusable' ? reason.code : 'internal', reason.detail)
  })
  introduce(dataDir, { pid: process.pid, host: 'electron', url: null })
  closeWith(engine)

  // Kept in memory only: the window has nothing to remember that the engine doesn't.
  const windowSession = session.fromPartition('broadsheet', { cache: false })
  serveScheme(
    windowSession,
    fileServer({ root: rendererFolder(), resource: address => engine.resource(address), connect: [] }),
  )
  setMenu(command => announce?.('menu-command', { command }))
  await followTheme(engine)

  const open = () => {
    window = openWindow(windowSession, path.join(dataDir, 'window.json'))
    announce = joinWindow(window.webContents, engine)
    offerContextMenu(window)
    window.on('closed', () => {
      window = null
      announce = null
    })
    for (const address of waitingAddresses.splice(0)) openAddress(address)
  }
  open()
  app.on('activate', () => window ?? open())
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

function show(): void {
  if (window?.isMinimized()) window.restore()
  window?.show()
  window?.focus()
}

/** Shows an address in the window's add dialog; nothing is fetched or followed before the user says so. */
function openAddress(address: string): void {
  if (announce) announce('open-address', { address })
  else waitingAddresses = [...waitingAddresses, address]
}

/** The other host, where one is running on this folder. */
function whoElse(): string | null {
  const other = introductionIn(dataDir)
  return other && `process ${other.pid}, ${other.host === 'web' ? 'in the browser' : 'in its window'}`
}

function refuse(code: string, detail: string): void {
  dialog.showErrorBox('Broadsheet', unusableText(code, detail, dataDir))
  app.exit(1)
}

/** The engine finishes what it is writing before the process ends. */
function closeWith(engine: RunningEngine): void {
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.on('will-quit', event => {
    if (engine.hasEnded()) return
    event.preventDefault()
    takeLeave(dataDir)
    void engine.close().then(() => app.quit())
  })
}

function dataArgument(given: readonly string[]): string | undefined {
  const index = given.indexOf('--data')
  return index < 0 ? undefined : given[index + 1]
}
