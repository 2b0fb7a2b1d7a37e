/** The built program in a real Electron, driven by Playwright; used where its runtime is there. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from 'playwright'
import type { Desktop, Facts } from './desktop.ts'

const root = join(import.meta.dirname, '..', '..')
/** Chromium's sandbox is for everybody but root: as root Electron starts without it or not at all. */
const hasSandbox = process.getuid?.() !== 0

/** What the tests put in the place of the system's parts, in the main process. */
type Box = { message: string; detail: string; buttons: string[]; cancelId: number; signal: AbortSignal }
type Caught = {
  opened: string[]
  errors: string[]
  boxes: (Box & { close(response: number): void })[]
}

export async function openRealElectron(binary: string, args: string[], dataDir: string): Promise<Desktop> {
  const app = await _electron.launch({
    executablePath: binary,
    args: [root, '--data', dataDir, ...args],
    // Without it Playwright adds --no-sandbox.
    chromiumSandbox: hasSandbox,
  })
  const child = app.process()
  const ended = new Promise<number>(resolve => child.once('exit', status => resolve(status ?? -1)))
  const page = await app.firstWindow()
  await page.waitForLoadState('load')
  await app.evaluate(({ shell, dialog }) => {
    const caught: Caught = { opened: [], errors: [], boxes: [] }
    Object.assign(globalThis, { caught })
    const showMessageBox = (_window: unknown, options: Box) =>
      new Promise(resolve => {
        const close = (response: number) => {
          caught.boxes.splice(caught.boxes.indexOf(box), 1)
          resolve({ response, checkboxChecked: false })
        }
        const box = { ...options, close }
        caught.boxes.push(box)
        options.signal.addEventListener('abort', () => close(options.cancelId), { once: true })
      })
    // Electron shows it for an error of the program's that nobody caught, too, and stands still until somebody clicks.
    const showErrorBox = (title: string, text: string) => void caught.errors.push(`${title}: ${text}`)
    Object.assign(dialog, { showMessageBox, showErrorBox })
    shell.openExternal = async (url: string) => void caught.opened.push(url)
  })
  return {
    kind: 'electron',
    dataDir,
    page,
    ended,
    facts: () => factsOf(app),
    async ask(question, argument) {
      const answer = answers[question]
      if (!answer) throw new Error(`a real Electron cannot be asked: ${question}`)
      return answer(app, argument as never)
    },
    startAgain(moreArgs) {
      const other = spawn(binary, [root, '--data', dataDir, ...moreArgs])
      return new Promise(resolve => other.once('exit', status => resolve(status ?? -1)))
    },
    async quit() {
      await app.close()
      return ended
    },
    async remove() {
      await Promise.race([app.close().catch(() => undefined), ended])
      await ended
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function factsOf(app: ElectronApplication): Promise<Facts> {
  const { rendererPid, ...facts } = await app.evaluate(async electron => {
    const { app: program, BrowserWindow, Menu, clipboard, nativeTheme, session } = electron
    const { caught } = globalThis as unknown as { caught: Caught }
    type Entry = { id: string; label: string; submenu?: { items: Entry[] } }
    const itemsOf = (items: Entry[]): string[] =>
      items.flatMap(item => [item.id || item.label, ...itemsOf(item.submenu?.items ?? [])])
    const windows = BrowserWindow.getAllWindows()
    const sessions = [session.defaultSession, ...windows.map(window => window.webContents.session)]
    return {
      opened: caught.opened,
      badgeCount: program.getBadgeCount(),
      boxes: caught.boxes.map(({ message, detail, buttons }) => ({ message, detail, buttons })),
      themeSource: nativeTheme.themeSource,
      errors: caught.errors,
      copied: await clipboard.readText(),
      closedPopups: 0,
      schemes: [],
      dictionaries: [],
      notices: [],
      made: [],
      spelling: sessions.map(made => ({
        languages: made.getSpellCheckerLanguages(),
        isEnabled: made.isSpellCheckerEnabled(),
      })),
      resolverRules: program.commandLine.getSwitchValue('host-resolver-rules'),
      name: program.getName(),
      rendererPid: windows[0]?.webContents.getOSProcessId() ?? 0,
      windows: windows.map(window => {
        // Not in Electron's types, but there since version 2: some of what the window was made with.
        const contents = window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
        return {
          title: window.getTitle(),
          show: false,
          isShown: window.isVisible(),
          backgroundColor: window.getBackgroundColor().toLowerCase(),
          webPreferences: contents.getLastWebPreferences(),
        }
      }),
      menu: itemsOf((Menu.getApplicationMenu()?.items ?? []) as unknown as Entry[]),
    }
  })
  return { ...facts, isSandboxEnabled: isConfined(rendererPid) && (await hasNoWayAround(app)) }
}

/** Whether Linux filters the system calls of a page's process, by the kernel's own account; others are not asked. */
function isConfined(pid: number): boolean {
  if (process.platform !== 'linux' || !hasSandbox) return true
  try {
    return /^Seccomp:\s+2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    // It has ended, and its page with it.
    return false
  }
}

async function hasNoWayAround(app: ElectronApplication): Promise<boolean> {
  const isOff = await app.evaluate(({ app: program }) => program.commandLine.hasSwitch('no-sandbox'))
  return !isOff || !hasSandbox
}

/** The processes of the engine, by Linux's account. */
function enginesOf(parent: number): number[] {
  const read = (pid: string, file: string) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'utf8')
    } catch {
      // It has ended meanwhile.
      return ''
    }
  }
  const isEngine = /node\.mojom\.NodeService|engine\.js/
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => read(pid, 'status').includes(`PPid:\t${parent}\n`) && isEngine.test(read(pid, 'cmdline')))
    .map(Number)
}

type Answer = (app: ElectronApplication, argument: never) => Promise<unknown>

/** What can be asked of a real Electron; the handlers that a program has set can't be, pages have to feel them. */
const answers: Record<string, Answer> = {
  clickMenu: (app, id: string) =>
    app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id),
  clickLabel: (app, label: string) =>
    app.evaluate(({ Menu }, wanted) => {
      const items = Menu.getApplicationMenu()?.items.flatMap(menu => menu.submenu?.items ?? []) ?? []
      items.find(item => item.label === wanted)?.click()
    }, label),
  press: (app, button: string) =>
    app.evaluate((_electron, wanted) => {
      const [box] = (globalThis as unknown as { caught: Caught }).caught.boxes
      box?.close(box.buttons.indexOf(wanted))
    }, button),
  holdPort: app =>
    app.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0]!
      const hand = webContents.postMessage.bind(webContents)
      webContents.postMessage = (...handed) => {
        if (handed[0] !== 'engine-port') return hand(...handed)
        const givePort = () => {
          webContents.postMessage = hand
          hand(...handed)
        }
        Object.assign(globalThis, { givePort })
      }
    }),
  givePort: app => app.evaluate(() => (globalThis as unknown as { givePort(): void }).givePort()),
  /** Ends the engine's process as a fault in its native code would. */
  crashEngine: async app => {
    const pids = enginesOf(app.process().pid ?? 0)
    for (const pid of pids) process.kill(pid, 'SIGSEGV')
    return pids.length
  },
  crash: app =>
    app.evaluate(({ BrowserWindow }) => {
      const pid = BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId()
      if (pid) process.kill(pid, 'SIGKILL')
    }),
  hang: app => app.evaluate(({ BrowserWindow }) => void BrowserWindow.getAllWindows()[0]?.emit('unresponsive')),
  recover: app => app.evaluate(({ BrowserWindow }) => void BrowserWindow.getAllWindows()[0]?.emit('responsive')),
  /** Null where the page can't answer: what a dying one is asked is never answered at all. */
  inPage: (app, code: string) =>
    app.evaluate(async ({ BrowserWindow }, text) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (!contents || contents.isCrashed()) return null
      const never = new Promise<null>(resolve => setTimeout(resolve, 1_000, null))
      return Promise.race([contents.executeJavaScript(text), never])
    }, code),
  openUrl: (app, link: string) =>
    app.evaluate(
      ({ app: program }, wanted) => void program.emit('open-url', { preventDefault: () => undefined }, wanted),
      link,
    ),
  openFile: (app, file: string) =>
    app.evaluate(
      ({ app: program }, wanted) => void program.emit('open-file', { preventDefault: () => undefined }, wanted),
      file,
    ),
  zoom: app => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel()),
  setZoom: (app, level: number) =>
    app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomLevel(to), level),
  turnWheel: (app, direction: 'in' | 'out') =>
    app.evaluate(
      ({ BrowserWindow }, to) => void BrowserWindow.getAllWindows()[0]?.webContents.emit('zoom-changed', {}, to),
      direction,
    ),
  closeWindow: app => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()),
  /** Where the system's dialog would ask. */
  saveDownloadsIn: (app, folder: string) =>
    app.evaluate(({ BrowserWindow }, where) => {
      BrowserWindow.getAllWindows()[0]?.webContents.session.on('will-download', (_event, item) => {
        item.setSavePath(`${where}/${item.getFilename()}`)
      })
    }, folder),
  /** The address that Chromium finds for a name, or its error. */
  resolve: (app, name: string) =>
    app.evaluate(async ({ session }, host) => {
      const found = await session.defaultSession.resolveHost(host).catch((error: Error) => error.message)
      return typeof found === 'string' ? found : found.endpoints.map(({ address }) => address).join(' ')
    }, name),
}
