/** WebContents over a real Chromium page. Chromium knows no app: scheme, so app://broadsheet is https://broadsheet to it. */
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Chromium, Json } from './chromium.ts'
import type { MessagePortMain } from './ports.ts'
import type { Session } from './session.ts'

type WindowOpenHandler = (details: { url: string; frameName: string }) => { action: 'deny' | 'allow' }
type Paused = {
  requestId: string
  frameId: string
  resourceType: string
  request: { url: string; method: string; headers: Record<string, string> }
}

/** Chromium's names of permissions, by Electron's. */
const permissions: Record<string, string> = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  midiSysex: 'midi',
  media: 'camera',
  'clipboard-read': 'clipboard-read',
  'idle-detection': 'idle-detection',
}

const toChromium = (url: string) => url.replace(/^app:\/\//, 'https://')
const toElectron = (url: string) => url.replace(/^https:\/\/broadsheet(?=[/?#]|$)/, 'app://broadsheet')

export type PagePreferences = { session: Session; preload?: string; javascript?: boolean }

export class WebContents extends EventEmitter {
  readonly session: Session
  readonly #chromium: Chromium
  readonly #preload: string | undefined
  readonly #runsScripts: boolean
  readonly #size: { width: number; height: number }
  readonly #ports = new Map<number, MessagePortMain>()
  #zoomLevel = 0
  #isCrashed = false
  #crashing: Promise<void> = Promise.resolve()
  /** Rejects when the document can't answer any more. */
  #document = unanswered()
  #openHandler: WindowOpenHandler = () => ({ action: 'allow' })
  #targetId = ''
  #sessionId = ''
  #preloadContext = 0
  #expected: string | null = null
  #url = ''
  #lastPort = 0
  #isDestroyed = false

  constructor(chromium: Chromium, preferences: PagePreferences, size: { width: number; height: number }) {
    super()
    this.#size = size
    this.session = preferences.session
    this.#chromium = chromium
    this.#preload = preferences.preload
    this.#runsScripts = preferences.javascript ?? true
  }

  /** Loads the address, as the program's own act: it isn't asked whether it may. */
  async loadURL(url: string): Promise<void> {
    if (this.#sessionId === '') await this.#makePage()
    this.#expected = url
    const loaded = new Promise(resolve => this.once('did-finish-load', resolve))
    await this.#call('Page.navigate', { url: toChromium(url) })
    await loaded
  }

  /** Electron's options, in Chromium's words. */
  async printToPDF(options: {
    pageSize: 'A4' | 'Letter'
    generateTaggedPDF: boolean
    generateDocumentOutline: boolean
  }) {
    const [paperWidth, paperHeight] = options.pageSize === 'A4' ? [8.27, 11.69] : [8.5, 11]
    const { generateTaggedPDF, generateDocumentOutline } = options
    const paper = { paperWidth, paperHeight, generateTaggedPDF, generateDocumentOutline }
    return Buffer.from((await this.#call<{ data: string }>('Page.printToPDF', paper)).data, 'base64')
  }

  getURL(): string {
    return this.#url
  }

  async #makePage(): Promise<void> {
    const { call, events } = this.#chromium
    this.#targetId = (await call<{ targetId: string }>('Target.createTarget', { url: 'about:blank' })).targetId
    this.emit('target', this.#targetId)
    const attached = await call<{ sessionId: string }>('Target.attachToTarget', {
      targetId: this.#targetId,
      flatten: true,
    })
    this.#sessionId = attached.sessionId
    this.#listen(events)
    await this.#obeyPermissions()
    await this.#sizePage()
    await this.#call('Page.enable')
    await this.#call('Inspector.enable')
    await this.#call('Runtime.enable')
    await this.#call('Runtime.addBinding', { name: 'toMainProcess', executionContextName: 'preload' })
    if (!this.#runsScripts) await this.#call('Emulation.setScriptExecutionDisabled', { value: true })
    const source = this.#preload && preloadSource(this.#preload)
    if (source) await this.#call('Page.addScriptToEvaluateOnNewDocument', { source, worldName: 'preload' })
    await this.#call('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  reload(): void {
    void this.#reload()
  }

  async #reload(): Promise<void> {
    await this.#crashing
    this.#expected = this.#url
    this.#isCrashed = false
    await this.#call('Page.reload')
  }

  isCrashed(): boolean {
    return this.#isCrashed
  }

  /** Chromium ends the page's process as if it had crashed. A reload at once is one into a new process. */
  forcefullyCrashRenderer(): void {
    this.#crashing = new Promise(resolve => this.once('render-process-gone', () => resolve()))
    void this.#call('Page.crash').catch(() => undefined)
  }

  getZoomLevel(): number {
    return this.#zoomLevel
  }

  /** A page that is zoomed has fewer pixels of its own. */
  setZoomLevel(level: number): void {
    this.#zoomLevel = level
    if (this.#sessionId !== '') void this.#sizePage()
  }

  executeJavaScript(expression: string): Promise<unknown> {
    if (this.#isCrashed) return Promise.reject(new Error('the page has crashed'))
    const answer = this.#call<{ result: { value?: unknown } }>('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    }).then(({ result }) => result.value ?? null)
    return Promise.race([answer, this.#document.promise])
  }

  /** What the document that goes was asked and has not answered, it never will. `after`: ms. */
  #replaceDocument(why: string, after: number): void {
    const { reject } = this.#document
    this.#document = unanswered()
    setTimeout(() => reject(new Error(why)), after).unref()
  }

  async #sizePage(): Promise<void> {
    const factor = 1.2 ** this.#zoomLevel
    const [width, height] = [this.#size.width, this.#size.height].map(side => Math.round(side / factor))
    await this.#call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: factor, mobile: false })
  }

  /** Electron's way to give ports to a page: they arrive in the preload script's `ipcRenderer.on(channel)`. */
  postMessage(channel: string, _message: unknown, transferred: MessagePortMain[]): void {
    // As Electron does.
    if (this.#isCrashed) throw new Error('Render frame was disposed before WebFrameMain could be accessed')
    const ids = transferred.map(port => this.#adopt(port))
    this.#inPreload(`deliver(${JSON.stringify(channel)}, ${JSON.stringify(ids)})`)
    for (const port of transferred) port.start()
  }

  async destroy(): Promise<void> {
    this.#isDestroyed = true
    this.#closePorts()
    await this.#chromium.call('Target.closeTarget', { targetId: this.#targetId }).catch(() => undefined)
  }

  #adopt(port: MessagePortMain): number {
    const id = ++this.#lastPort
    this.#ports.set(id, port)
    port.page = {
      post: data => this.#inPreload(`post(${id}, ${JSON.stringify(data)})`),
      close: () => this.#inPreload(`end(${id})`),
    }
    // Electron keeps what was sent before the hand-over.
    port.on('message', event => port.page?.post(event.data))
    return id
  }

  #listen(events: EventEmitter): void {
    const on = <T>(name: string, listener: (params: T) => void) =>
      events.on(name, (params: T, sessionId?: string) => {
        if (sessionId === this.#sessionId) listener(params)
      })
    on<{ frame: { id: string; url: string; parentId?: string } }>('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId !== undefined) return
      this.#url = toElectron(frame.url)
      this.emit('did-navigate', {}, this.#url, -1, '')
    })
    on('Inspector.targetCrashed', () => {
      this.#isCrashed = true
      this.#replaceDocument('the page has crashed', 0)
      this.#closePorts()
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    })
    on('Page.domContentEventFired', () => this.emit('dom-ready'))
    on('Page.loadEventFired', () => {
      // The one that is there now may have been asked already.
      this.#replaceDocument('the page was loaded anew', 3_000)
      this.emit('did-finish-load')
      if (!process.argv.includes('--never-painted')) this.emit('ready-to-show')
    })
    on<{ context: { id: number; name: string; auxData: { frameId: string } } }>(
      'Runtime.executionContextCreated',
      ({ context }) => {
        if (context.name === 'preload' && context.auxData.frameId === this.#targetId) this.#preloadContext = context.id
      },
    )
    on<{ executionContextId: number }>('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#preloadContext) this.#closePorts()
    })
    on<{ name: string; payload: string }>('Runtime.bindingCalled', ({ payload }) => this.#hear(payload))
    on<Paused>('Fetch.requestPaused', paused => void this.#answer(paused))
    on<{ url: string; windowName: string }>('Page.windowOpen', ({ url, windowName }) =>
      this.#meetPopup(toElectron(url), windowName),
    )
  }

  /** A page asked for a new window. The stand-in closes what Chromium made of it (see electron.ts). */
  #meetPopup(url: string, frameName: string): void {
    const { action } = this.#openHandler({ url, frameName })
    if (action !== 'deny') throw new Error(`the program would have opened a window for ${url}`)
  }

  async #answer(paused: Paused): Promise<void> {
    const { requestId, request } = paused
    const url = toElectron(request.url)
    if (paused.resourceType === 'Document' && this.#isNavigationStopped(paused, url)) {
      return this.#reply('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
    }
    const handler = this.session.handlers.get(new URL(url).protocol.slice(0, -1))
    if (this.session.isCancelled(url) || !handler) {
      return this.#reply('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
    }
    const response = await handler(new Request(url, { method: request.method, headers: request.headers }))
    const type = response.headers.get('content-type') ?? ''
    const bytes = Buffer.from(await response.arrayBuffer())
    const body = type.startsWith('text/javascript') ? Buffer.from(inChromiumsWords(String(bytes))) : bytes
    const responseHeaders = [...response.headers]
      .filter(([name]) => name !== 'content-length')
      .map(([name, value]) => ({ name, value }))
    await this.#reply('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders,
      body: body.toString('base64'),
    })
  }

  /** Answers a request of the page's, which may have been closed meanwhile. */
  async #reply(method: string, params: Json): Promise<void> {
    await this.#call(method, params).catch((error: Error) => {
      if (!error.message.startsWith('Session with given id not found')) throw error
    })
  }

  #isNavigationStopped({ frameId }: Paused, url: string): boolean {
    const isMainFrame = frameId === this.#targetId
    if (isMainFrame && url === this.#expected) {
      this.#expected = null
      return false
    }
    let isStopped = false
    const event = { url, isMainFrame, preventDefault: () => (isStopped = true) }
    if (isMainFrame) this.emit('will-navigate', event)
    this.emit('will-frame-navigate', event)
    return isStopped
  }

  #hear(payload: string): void {
    const { port: id, data, isClosed } = JSON.parse(payload) as { port: number; data: unknown; isClosed?: boolean }
    const port = this.#ports.get(id)
    if (isClosed) {
      this.#ports.delete(id)
      port?.close()
    } else port?.peer?.arrive(data)
  }

  #closePorts(): void {
    this.#preloadContext = 0
    for (const port of this.#ports.values()) port.close()
    this.#ports.clear()
  }

  /** What the program answers to permission questions is set in Chromium, so that pages really live with it. */
  async #obeyPermissions(): Promise<void> {
    for (const [electronName, name] of Object.entries(permissions)) {
      const isAllowed = this.session.allows(electronName, 'app://broadsheet/').onRequest
      const setting = isAllowed ? 'granted' : 'denied'
      await this.#chromium
        .call('Browser.setPermission', { permission: { name }, setting, origin: 'https://broadsheet' })
        .catch(() => undefined)
    }
  }

  #inPreload(expression: string): void {
    if (this.#preloadContext === 0) return
    void this.#call('Runtime.evaluate', { expression, contextId: this.#preloadContext }).catch(() => undefined)
  }

  #call<T = Json>(method: string, params: Json = {}): Promise<T> {
    return this.#chromium.call<T>(method, params, this.#sessionId)
  }
}

/** The page's own question whether it lives under app: has to come out true. */
function inChromiumsWords(script: string): string {
  return script.replace(/(["'`])app:\1/g, '$1https:$1')
}

function preloadSource(file: string): string {
  return `(() => {
    if (window !== window.top) return
    const listeners = new Map(), ports = new Map()
    const require = name => {
      if (name !== 'electron') throw new Error('a sandboxed preload has no ' + name)
      return { ipcRenderer: { on: (channel, listener) => listeners.set(channel, listener) } }
    }
    const tell = message => toMainProcess(JSON.stringify(message))
    globalThis.deliver = (channel, ids) => {
      const theirs = ids.map(id => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = event => tell({ port: id, data: event.data })
        port1.onclose = () => tell({ port: id, isClosed: true })
        ports.set(id, port1)
        return port2
      })
      listeners.get(channel)?.({ ports: theirs })
    }
    globalThis.post = (id, data) => ports.get(id)?.postMessage(data)
    globalThis.end = id => { ports.get(id)?.close(); ports.delete(id) }
    ;(function (module, exports) { ${readFileSync(file, 'utf8')}
    })({ exports: {} }, {})
  })()`
}

/** A rejection that nobody waits for is no error. */
function unanswered(): PromiseWithResolvers<never> {
  const made = Promise.withResolvers<never>()
  made.promise.catch(() => undefined)
  return made
}
