/** Recovers from a page whose process dies or hangs: it is reloaded once without asking; after that the user is asked. */
import { app, type BrowserWindow, dialog, type RenderProcessGoneDetails } from 'electron'

type Question = { message: string; detail: string; buttons: string[] }

/** Reloading a page that dies again within this time of its loading (ms) would only spin. */
const soon = 10_000

const reasons: Partial<Record<RenderProcessGoneDetails['reason'], string>> = {
  oom: 'It ran out of memory.',
  'memory-eviction': 'The system ended it, since memory was short.',
  killed: 'The system or another program ended it.',
  'launch-failed': 'The system did not let it start.',
  'integrity-failure': 'The system refused a part of it as altered.',
}

function diedAgain({ reason, exitCode }: RenderProcessGoneDetails): Question {
  return {
    message: 'The window’s page has stopped working, twice within moments.',
    detail: `${reasons[reason] ?? 'It crashed.'} (${reason}, ${exitCode})\nYour feeds and articles are safe.`,
    buttons: ['Reload', 'Quit'],
  }
}

const hangs: Question = {
  message: 'The window does not respond.',
  detail: 'It may come back by itself. Reloading it loses nothing but what you are typing.',
  buttons: ['Wait', 'Reload'],
}

/** Watches a window's page for as long as the window is there. `reload` brings the page back whatever state it is in. */
export function supervisePage(window: BrowserWindow): { reload(): void } {
  const { webContents: contents } = window
  let hasDied = false
  /** When the page of now had loaded; null before. A busy machine was seen to take 12 s from a death until then. */
  let loadedAt: number | null = null
  let isHanging = false
  /** We ended its process ourselves, to reload the page. */
  let isIntended = false
  let question = new AbortController()

  function reload(): void {
    question.abort()
    if (isHanging) {
      isHanging = false
      isIntended = true
      // The process ends some time after this call: a reload that began before would end with it.
      contents.forcefullyCrashRenderer()
    } else contents.reload()
  }

  /** The button that was chosen; null when the question was withdrawn meanwhile. */
  async function ask({ message, detail, buttons }: Question): Promise<string | null> {
    question.abort()
    const own = new AbortController()
    question = own
    // The window of a page that died before its first paint is still hidden. A visible one must not take the focus.
    if (!window.isVisible()) window.show()
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      title: 'Broadsheet',
      message,
      detail,
      buttons,
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal: own.signal,
    })
    return own.signal.aborted ? null : (buttons[response] ?? null)
  }

  contents.on('did-finish-load', () => {
    loadedAt = performance.now()
  })
  contents.on('render-process-gone', (_event, details) => {
    if (window.isDestroyed() || details.reason === 'clean-exit') return
    if (isIntended) {
      isIntended = false
      contents.reload()
      return
    }
    isHanging = false
    const isAgain = hasDied && (loadedAt === null || performance.now() - loadedAt < soon)
    hasDied = true
    loadedAt = null
    if (!isAgain) return reload()
    void ask(diedAgain(details)).then(answer => {
      if (answer === 'Reload') reload()
      else if (answer === 'Quit') app.quit()
    })
  })
  window.on('unresponsive', () => {
    isHanging = true
    void ask(hangs).then(answer => {
      if (answer === 'Reload') reload()
    })
  })
  window.on('responsive', () => {
    isHanging = false
    question.abort()
  })
  window.once('closed', () => question.abort())
  return { reload }
}
