/**
 * The built desktop program, running: on real Electron where its runtime is there, else under plain Node with the
 * stand-in for the `electron` module. Either way its window is a real Chromium page that a test drives.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { findRuntime } from '../../src-main/electron/runtime.ts'
import { openRealElectron } from './real-electron.ts'

const root = join(import.meta.dirname, '..', '..')
/** Another build than the project's own, for trying out one. */
const outDir = process.env.BROADSHEET_OUT ?? join(root, 'out')
const program = join(outDir, 'main', 'electron.js')

export type Facts = {
  opened: string[]
  errors: string[]
  copied: string
  closedPopups: number
  /** Questions of the host's own that wait for a button. */
  boxes: { message: string; detail: string; buttons: string[] }[]
  themeSource: string
  /** What the system shows of new articles; a real Electron can't be asked. */
  notices: { title?: string; body?: string; buttons: string[]; iconSide: number | null }[]
  /** Of each session there is. Electron's own default session is one of them. */
  spelling: { languages: string[]; isEnabled: boolean }[]
  /** With which preferences windows were made, those that are gone, too; a real Electron is not asked. */
  made: Record<string, unknown>[]
  /** What would have been fetched to check spelling by; a real Electron tells in its network log. */
  dictionaries: string[]
  /** What Chromium makes of names that are to be looked up. */
  resolverRules: string
  schemes: { scheme: string; privileges: Record<string, boolean> }[]
  name: string
  isSandboxEnabled: boolean
  windows: {
    title: string
    show: boolean
    isShown: boolean
    /** On the taskbar of Windows; a real Electron can't be asked. */
    overlay?: { address: string; description: string } | null
    backgroundColor: string
    webPreferences: Record<string, unknown>
  }[]
  menu: string[]
  /** On the program's icon. */
  badgeCount: number
}

export type Desktop = {
  /** 'electron' where the real runtime is there. */
  kind: 'stand-in' | 'electron'
  dataDir: string
  page: Page
  facts(): Promise<Facts>
  /** Asks the stand-in about, or lets it do, what only the main process can. */
  ask(question: string, argument?: unknown): Promise<unknown>
  /** Starts the program once more on the same folder; answers the status it ended with. */
  startAgain(args: string[]): Promise<number>
  /** The status it ended with, once it has. */
  ended: Promise<number>
  /** Ends it as a user would. Answers the status. */
  quit(): Promise<number>
  /** Ends it, if it still runs, and removes its folder. */
  remove(): Promise<void>
}

type Ask = Desktop['ask']

/**
 * Starts the program with links and switches of one's own. Its data folder is fresh unless given. A start that makes no window
 * is asked for one by `askForWindow`.
 */
export async function openDesktop(
  args: string[] = [],
  given?: string,
  askForWindow: (ask: Ask, dataDir: string) => Promise<unknown> = async () => undefined,
): Promise<Desktop> {
  const dataDir = given ?? mkdtempSync(join(tmpdir(), 'broadsheet-data-'))
  const runtime = findRuntime(root)
  if (runtime !== null) return openRealElectron(runtime, args, dataDir)
  const child = startProgram(['--data', dataDir, ...args])
  const errors: string[] = []
  child.stderr?.on('data', data => errors.push(String(data)))
  const ended = new Promise<number>(resolve => child.once('exit', status => resolve(status ?? -1)))

  const waiting = new Map<number, (answer: unknown) => void>()
  let lastId = 0
  const endpoint = await new Promise<string>((resolve, reject) => {
    void ended.then(status => reject(new Error(`The program ended with ${status}: ${errors.join('')}`)))
    child.on('message', (message: { endpoint?: string; id: number; answer: unknown }) => {
      if (message.endpoint) resolve(message.endpoint)
      else waiting.get(message.id)?.(message.answer)
    })
  })
  function ask(question: string, argument?: unknown): Promise<unknown> {
    const id = ++lastId
    return new Promise((resolve, reject) => {
      waiting.set(id, resolve)
      void ended.then(() => reject(new Error(`The program ended: ${errors.join('')}`)))
      child.send({ id, ask: question, argument: argument ?? null }, error => error && reject(error))
    })
  }

  await askForWindow(ask, dataDir)
  const browser = await chromium.connectOverCDP(endpoint)
  const page = await Promise.race([
    windowPage(browser),
    ended.then(status => {
      throw new Error(`The program ended with ${status} before its window: ${errors.join('')}`)
    }),
  ])
  return {
    kind: 'stand-in',
    dataDir,
    page,
    ended,
    ask,
    facts: () => ask('facts') as Promise<Facts>,
    startAgain: moreArgs => startAgain(dataDir, moreArgs),
    async quit() {
      await browser.close()
      child.kill('SIGTERM')
      const status = await ended
      if (status !== 0) throw new Error(`The program ended with ${status}: ${errors.join('')}`)
      return status
    },
    async remove() {
      await browser.close()
      child.kill('SIGTERM')
      await ended
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Starts it once more on a folder where it runs; answers the status this one ended with. */
export function startAgain(dataDir: string, args: string[]): Promise<number> {
  const other = startProgram(['--data', dataDir, ...args])
  return new Promise(resolve => other.once('exit', status => resolve(status ?? -1)))
}

function startProgram(args: string[]): ChildProcess {
  const standIn = join(import.meta.dirname, 'stand-in', 'register.ts')
  return spawn(process.execPath, ['--import', `file://${standIn}`, program, ...args], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
}

/** The window may be there before we look, or come later; Chromium's own empty page is never it. */
async function windowPage(browser: Browser): Promise<Page> {
  const context = browser.contexts()[0]!
  const page = await new Promise<Page>(resolve => {
    const watch = (candidate: Page) =>
      void candidate.waitForURL('https://broadsheet/').then(
        () => resolve(candidate),
        () => undefined,
      )
    context.on('page', watch)
    context.pages().forEach(watch)
  })
  await page.waitForLoadState('load')
  return page
}
