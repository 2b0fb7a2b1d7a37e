/** Electron's `app`: its life, its events, one instance per user data folder. */
import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export class App extends EventEmitter {
  /** Where a test names the resources of a package, the program runs from one. */
  readonly isPackaged = process.env.STAND_IN_RESOURCES !== undefined
  isSandboxEnabled = false
  wasSandboxedBeforeReady = false
  name = ''
  readonly #switches = new Map<string, string>()
  readonly commandLine = {
    appendSwitch: (name: string, value = '') => void this.#switches.set(name, value),
    getSwitchValue: (name: string) => this.#switches.get(name) ?? '',
  }
  #userData = ''
  #isReady = false
  #isQuitting = false
  #isLockHeld = false
  readonly #onEnd: () => void

  /** `onEnd` tidies up before the process ends. */
  constructor(onEnd: () => void) {
    super()
    // Electron's own resources, where it is not packaged.
    const resourcesPath = process.env.STAND_IN_RESOURCES ?? join(import.meta.dirname, 'no-resources')
    Object.assign(process, { resourcesPath })
    this.#onEnd = onEnd
  }

  enableSandbox(): void {
    this.isSandboxEnabled = !this.#isReady
  }

  badgeCount = 0
  setBadgeCount(count = 0): boolean {
    this.badgeCount = count
    return true
  }

  /** As on a Linux that knows no such program; elsewhere the system's settings, which no test may change. */
  isDefaultProtocolClient = () => false
  setAsDefaultProtocolClient = () => false
  removeAsDefaultProtocolClient = () => false

  /** macOS only. */
  readonly dock = undefined

  /** Windows only. */
  setUserTasks(): boolean {
    return true
  }

  /** Windows only. */
  setAppUserModelId(): void {}

  /** Windows and macOS only; the tests' system is Linux, where login is a file. */
  getLoginItemSettings = () => ({ openAtLogin: false, wasOpenedAtLogin: false })
  setLoginItemSettings(): void {}

  setName(name: string): void {
    this.name = name
  }

  /** The tests' systems are where paper is A4. */
  getLocaleCountryCode = () => 'AT'

  setPath(name: string, folder: string): void {
    if (!existsSync(folder)) throw new Error(`Failed to set path: ${folder} does not exist`)
    if (name === 'userData') this.#userData = folder
  }

  /** The loser's arguments go to the winner as a file in the user data folder, which the winner watches. */
  requestSingleInstanceLock(): boolean {
    const messages = join(this.#userData, 'second-instances')
    mkdirSync(messages, { recursive: true })
    try {
      openSync(join(this.#userData, 'singleton'), 'wx')
    } catch {
      writeFileSync(join(messages, `${process.pid}.json`), JSON.stringify(process.argv))
      return false
    }
    this.#isLockHeld = true
    const seen = new Set<string>()
    watch(messages, () => {
      for (const name of readdirSync(messages).filter(other => !seen.has(other))) {
        const text = readFileSync(join(messages, name), 'utf8')
        if (!text.endsWith(']')) continue
        seen.add(name)
        this.emit('second-instance', {}, JSON.parse(text), process.cwd())
      }
    }).unref()
    return true
  }

  releaseSingleInstanceLock(): void {
    if (this.#isLockHeld) rmSync(join(this.#userData, 'singleton'), { force: true })
    this.#isLockHeld = false
  }

  async whenReady(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve))
    this.#isReady = true
    this.emit('ready', {}, {})
  }

  /** Set by whoever makes windows: closes all of them, each with its say. False where one stays. */
  closeWindows: () => Promise<boolean> = async () => true

  get isQuitting(): boolean {
    return this.#isQuitting
  }

  quit(): void {
    if (!this.#isQuitting) this.emit('before-quit', { preventDefault: () => undefined })
    this.#isQuitting = true
    void this.closeWindows().then(areClosed => {
      if (areClosed) this.#end()
      else this.#isQuitting = false
    })
  }

  #end(): void {
    let isStopped = false
    this.emit('will-quit', { preventDefault: () => (isStopped = true) })
    if (!isStopped) this.exit(0)
  }

  exit(status: number): never {
    this.emit('quit', {}, status)
    this.releaseSingleInstanceLock()
    this.#onEnd()
    process.exit(status)
  }
}
