/** What `import ... from 'electron'` gives the built program under plain Node. Only what Broadsheet uses; anything else is an error. */
import { EventEmitter } from 'node:events'
import { dialogAnswers, shownErrors, waitingBoxes } from '../system/dialogs.ts'
import { menuAnswers, namesInMenu } from '../system/menus.ts'
import { notificationAnswers, shownNotices } from '../system/notifications.ts'
import { powerAnswers } from '../system/power.ts'
import { trayAnswers } from '../system/tray.ts'
import { App } from './app.ts'
import { startChromium } from './chromium.ts'
import { type PagePreferences, WebContents } from './contents.ts'
import { intervalAnswers } from './intervals.ts'
import { sessionModule } from './session.ts'
import { crashUtilityProcesses, utilityPids } from './utility-process.ts'

export { dialog } from '../system/dialogs.ts'
export { Menu } from '../system/menus.ts'
export { Notification } from '../system/notifications.ts'
export { powerMonitor } from '../system/power.ts'
export { Tray } from '../system/tray.ts'
export { MessageChannelMain } from './ports.ts'
export { utilityProcess } from './utility-process.ts'

const chromium = await startChromium()
const { targetInfos } = await chromium.call<{ targetInfos: { targetId: string }[] }>('Target.getTargets')
const startTargets = new Set(targetInfos.map(target => target.targetId))
/** What the tests ask for. */
const seen = {
  opened: [] as string[],
  errors: shownErrors,
  schemes: [] as unknown[],
  copied: '',
  closedPopups: 0,
  dictionaries: [] as string[],
  /** With which preferences windows were made, those that are gone, too. */
  made: [] as Record<string, unknown>[],
}
// The program then takes itself to run there; its helpers know where they are.
if (process.env.STAND_IN_PLATFORM) Object.defineProperty(process, 'platform', { value: process.env.STAND_IN_PLATFORM })
const windows: BrowserWindow[] = []
let givePort: () => void = () => undefined

export const app = new App(() => chromium.close())
export const session = sessionModule(made => app.emit('session-created', made))

export const protocol = {
  registerSchemesAsPrivileged(schemes: unknown[]): void {
    seen.schemes.push(...schemes)
  },
}
export const shell = {
  async openExternal(url: string): Promise<void> {
    seen.opened.push(url)
  },
}
/** The taskbar's pictures, on Windows only; those of the tray; and of notices. */
export const nativeImage = {
  /** Of a PNG. */
  createFromBuffer: (bytes: Buffer) => ({ width: bytes.readUInt32BE(16), isEmpty: () => false }),
  createFromDataURL: (address: string) => ({
    address,
    addRepresentation: () => undefined,
    setTemplateImage: () => undefined,
  }),
}
export const clipboard = {
  writeText(text: string): void {
    seen.copied = text
  },
  readText: async () => seen.copied,
}
class NativeTheme extends EventEmitter {
  /** What the system is set to; the tests' systems are light. */
  #source = 'system'

  get themeSource(): string {
    return this.#source
  }

  set themeSource(source: string) {
    if (source === this.#source) return
    this.#source = source
    this.emit('updated')
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }
}
export const nativeTheme = new NativeTheme()
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }

type WindowOptions = {
  width?: number
  height?: number
  backgroundColor?: string
  webPreferences: PagePreferences & { zoomFactor?: number }
}
export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents
  readonly options: WindowOptions
  isShown = false
  /** On its button on the taskbar of Windows, which goes when it is hidden. */
  overlay: { address: string; description: string } | null = null
  #backgroundColor: string

  constructor(options: WindowOptions) {
    super()
    this.options = options
    const { width = 800, height = 600, backgroundColor = '#ffffff', webPreferences } = options
    this.webContents = new WebContents(chromium, webPreferences, { width, height })
    this.#backgroundColor = backgroundColor
    this.webContents.setZoomLevel(Math.log(webPreferences.zoomFactor ?? 1) / Math.log(1.2))
    this.webContents.once('ready-to-show', () => this.emit('ready-to-show'))
    newestTarget = new Promise(resolve => this.webContents.once('target', resolve))
    void newestTarget.then(targetId => ownTargets.add(targetId))
    // With the first window, Chromium looks for what spelling is checked by.
    if (windows.length === 0) seen.dictionaries = session.all().flatMap(made => made.getSpellCheckerLanguages())
    if (seen.made.length === 0) void newestTarget.then(refuseOthers)
    seen.made.push(preferencesOf(this))
    windows.push(this)
    app.emit('browser-window-created', {}, this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  show(): void {
    this.isShown = true
    this.emit('show')
  }

  hide(): void {
    this.isShown = false
    this.overlay = null
  }

  setBackgroundColor(color: string): void {
    this.#backgroundColor = color
  }

  getBackgroundColor(): string {
    return this.#backgroundColor
  }

  setOverlayIcon(image: { address: string } | null, description: string): void {
    this.overlay = this.isShown && image ? { address: image.address, description } : null
  }

  focus(): void {}
  maximize(): void {}
  restore(): void {}
  isMinimized = () => false
  isVisible = () => this.isShown
  isMaximized = () => false
  isDestroyed = () => this.webContents.isDestroyed()
  getNormalBounds = () => ({ x: 10, y: 10, width: this.options.width, height: this.options.height })

  async close(): Promise<void> {
    let isStopped = false
    this.emit('close', { preventDefault: () => (isStopped = true) })
    if (!isStopped) await this.#end()
  }

  /** As Electron's: nobody is asked. */
  destroy(): void {
    void this.#end()
  }

  async #end(): Promise<void> {
    windows.splice(windows.indexOf(this), 1)
    await this.webContents.destroy()
    this.emit('closed')
    // Who quits is not asked what is to be without a window.
    if (windows.length === 0 && !app.isQuitting) app.emit('window-all-closed')
  }
}

app.closeWindows = async () => {
  for (const window of [...windows]) await window.close()
  return windows.length === 0
}

/** Pages that the program made, and the empty one that Chromium starts with. */
const ownTargets = new Set(startTargets)
/** Of the page that was made last; Chromium tells of a page before it answers who asked for it. */
let newestTarget: Promise<string>

/** From the first window on, no page may exist that the program didn't make; a popup is closed as Electron would. */
function refuseOthers(): void {
  const meet = async ({ targetInfo }: { targetInfo: { targetId: string; type: string } }) => {
    await newestTarget
    if (targetInfo.type !== 'page' || ownTargets.has(targetInfo.targetId)) return
    seen.closedPopups++
    void chromium.call('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => undefined)
  }
  chromium.events.on('Target.targetCreated', meet)
  void chromium.call('Target.setDiscoverTargets', { discover: true })
}

function preferencesOf({ options }: BrowserWindow): Record<string, unknown> {
  const { session: _, ...preferences } = options.webPreferences
  return preferences
}

/** What desktop.ts asks over the child process's channel. */
const answers: Record<string, (argument: never) => unknown> = {
  ...menuAnswers,
  ...dialogAnswers,
  ...powerAnswers,
  ...trayAnswers,
  ...notificationAnswers,
  ...intervalAnswers,
  facts: () => ({
    ...seen,
    name: app.name,
    isSandboxEnabled: app.isSandboxEnabled,
    resolverRules: app.commandLine.getSwitchValue('host-resolver-rules'),
    spelling: session.all().map(made => ({
      languages: made.getSpellCheckerLanguages(),
      isEnabled: made.isSpellCheckerEnabled(),
    })),
    windows: windows.map(window => {
      const { isShown } = window
      return {
        ...window.options,
        webPreferences: preferencesOf(window),
        isShown,
        overlay: window.overlay,
        backgroundColor: window.getBackgroundColor(),
      }
    }),
    boxes: waitingBoxes(),
    notices: shownNotices(),
    themeSource: nativeTheme.themeSource,
    menu: namesInMenu(),
    badgeCount: app.badgeCount,
  }),
  permission: ({ name, address }: { name: string; address: string }) =>
    windows[0]?.webContents.session.allows(name, address),
  isCancelled: (url: string) => windows[0]?.webContents.session.isCancelled(url),
  attachWebview: () => {
    let isStopped = false
    windows[0]?.webContents.emit('will-attach-webview', { preventDefault: () => (isStopped = true) })
    return isStopped
  },
  download: ({ url, isAsked }: { url: string; isAsked: boolean }) => {
    let isStopped = false
    const item = { getURL: () => url, hasUserGesture: () => isAsked }
    windows[0]?.webContents.session.emit('will-download', { preventDefault: () => (isStopped = true) }, item)
    return !isStopped
  },
  /** The next page waits for its port to the engine, as one does that is drawn before the engine has started. */
  holdPort: () => {
    const contents = windows[0]!.webContents
    const hand = contents.postMessage.bind(contents)
    contents.postMessage = (...handed) => {
      if (handed[0] !== 'engine-port') return hand(...handed)
      givePort = () => {
        contents.postMessage = hand
        hand(...handed)
      }
    }
  },
  givePort: () => givePort(),
  crashEngine: () => crashUtilityProcesses(),
  enginePids: () => utilityPids(),
  crash: () => windows[0]?.webContents.forcefullyCrashRenderer(),
  hang: () => windows[0]?.emit('unresponsive'),
  recover: () => windows[0]?.emit('responsive'),
  inPage: (code: string) => windows[0]?.webContents.executeJavaScript(code),
  /** As macOS tells of a link, and of a file that was opened by its kind or dropped on the icon. */
  openUrl: (link: string) => app.emit('open-url', { preventDefault: () => undefined }, link),
  openFile: (file: string) => app.emit('open-file', { preventDefault: () => undefined }, file),
  zoom: () => windows[0]?.webContents.getZoomLevel(),
  setZoom: (level: number) => windows[0]?.webContents.setZoomLevel(level),
  turnWheel: (direction: 'in' | 'out') => windows[0]?.webContents.emit('zoom-changed', {}, direction),
  closeWindow: () => windows[0]?.close(),
  copy: (text: string) => clipboard.writeText(text),
  saveDownloadsIn: (folder: string) =>
    chromium.call('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder }),
}

process.on('message', async ({ id, ask, argument }: { id: number; ask: string; argument: never }) => {
  // A page that has just died can answer nothing.
  const answer = await Promise.resolve(answers[ask]?.(argument)).catch(() => null)
  process.send?.({ id, answer: answer ?? null })
})
process.on('SIGTERM', () => app.quit())
process.on('disconnect', () => app.exit(1))
process.send?.({ endpoint: chromium.endpoint })
