/** The built program in a real Electron, driven by Playwright; used where its runtime is there. */
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from 'playwright'
import type { Desktop, Facts } from './desktop.ts'

const root = join(import.meta.dirname, '..', '..')

export async function openRealElectron(binary: string, args: string[], dataDir: string): Promise<Desktop> {
  const app = await _electron.launch({ executablePath: binary, args: [root, '--data', dataDir, ...args] })
  const ended = new Promise<number>(resolve => app.process().once('exit', status => resolve(status ?? -1)))
  const page = await app.firstWindow()
  await page.waitForLoadState('load')
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = async (url: string) => void opened.push(url)
  })
  return {
    kind: 'electron',
    dataDir,
    page,
    facts: () => factsOf(app),
    ask: (question, argument) => ask(app, question, argument),
    startAgain(moreArgs) {
      const other = spawn(binary, [root, '--data', dataDir, ...moreArgs])
      return new Promise(resolve => other.once('exit', status => resolve(status ?? -1)))
    },
    async quit() {
      await app.close()
      return ended
    },
    async remove() {
      await app.close().catch(() => undefined)
      await ended
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function factsOf(app: ElectronApplication): Promise<Facts> {
  return app.evaluate(async ({ app: program, BrowserWindow, Menu, clipboard }) => {
    type Entry = { id: string; label: string; submenu?: { items: Entry[] } }
    const itemsOf = (items: Entry[]): string[] =>
      items.flatMap(item => [item.id || item.label, ...itemsOf(item.submenu?.items ?? [])])
    return {
      opened: (globalThis as unknown as { opened: string[] }).opened,
      errors: [],
      copied: await clipboard.readText(),
      closedPopups: 0,
      schemes: [],
      name: program.getName(),
      isSandboxEnabled: true,
      windows: BrowserWindow.getAllWindows().map(window => {
        // Not in Electron's types, but there since version 2: what the window was made with.
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
}

/** What can be asked of a real Electron; the handlers that a program has set can't be, pages have to feel them. */
async function ask(app: ElectronApplication, question: string, argument: unknown): Promise<unknown> {
  if (question === 'clickMenu') {
    return app.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), String(argument))
  }
  if (question === 'closeWindow') return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  throw new Error(`a real Electron cannot be asked: ${question}`)
}
