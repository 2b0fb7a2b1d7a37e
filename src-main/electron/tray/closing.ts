/** What closing the window does: the program goes on without it, or ends. macOS has its own way: programs go on there. */
import { setTimeout as wait } from 'node:timers/promises'
import { app, type BrowserWindow, dialog } from 'electron'
import type { Settings } from '../../api/settings.ts'
import { second } from '../../lib/time.ts'
import type { Desktop } from '../window/desktop.ts'
import type { TrayPart } from './tray-part.ts'

type Choice = 'keep-running' | 'quit'

const question = {
  message: 'Keep Broadsheet running without its window?',
  detail:
    'Your feeds are looked at and notices shown as before. The icon in the tray brings the window back, or quits. Settings > Desktop changes this.',
  buttons: ['Keep Running', 'Quit', 'Cancel'],
}
/** For the answer to be stored before the window goes (ms). */
const patience = second
/** In the order of the buttons. */
const choices: Choice[] = ['keep-running', 'quit']

/** Is told of each window that is made. Without an icon to come back by, closing it ends the program as ever. */
export function closingBy(
  { link: { engine }, onSettings }: Pick<Desktop, 'link' | 'onSettings'>,
  tray: Pick<TrayPart, 'isShown'>,
): (window: BrowserWindow) => void {
  let settings: Settings | null = null
  let isQuitting = false
  let isDeciding = false
  onSettings(next => {
    settings = next
  })
  app.on('before-quit', () => {
    isQuitting = true
  })

  async function decide(window: BrowserWindow, { whenClosed }: Settings): Promise<void> {
    if (!(await tray.isShown())) return app.quit()
    const choice = whenClosed === 'ask' ? await ask(window) : whenClosed
    if (choice === null) return
    if (whenClosed === 'ask') await remember(choice)
    if (choice === 'quit') app.quit()
    else window.hide()
  }

  /** Asked once. Where that can't be stored it is asked again, and nobody waits for an engine that does not answer. */
  function remember(choice: Choice): Promise<unknown> {
    const stored = engine.changeSettings({ whenClosed: choice }).catch(() => undefined)
    return Promise.race([stored, wait(patience)])
  }

  return window => {
    window.on('close', event => {
      if (isQuitting || process.platform === 'darwin' || settings?.whenClosed === 'quit' || !settings?.showsTray) return
      event.preventDefault()
      if (isDeciding) return
      isDeciding = true
      void decide(window, settings)
        .catch((error: unknown) => console.error(`Closing the window: ${String(error)}`))
        .finally(() => {
          isDeciding = false
        })
    })
  }
}

/** Null where the window is to stay. */
async function ask(window: BrowserWindow): Promise<Choice | null> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Broadsheet',
    ...question,
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  })
  return choices[response] ?? null
}
