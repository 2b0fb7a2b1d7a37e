/** What happens when the page's process dies or hangs: it is loaded anew once by itself, and after that the user is asked. */
import { app, type BrowserWindow, dialog, type RenderProcessGoneDetails } from 'electron'

type Question = { message: string; detail: string; buttons: string[] }

/** A page that dies again so soon would only spin. */
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

/** Attends to a window's page for as long as it lives. `reload` brings the page back whatever state it is in. */
export function attendPage(window: BrowserWindow): { reload(): void } {
  const { webContents: contents } = window
  let lastDeath = Number.NEGATIVE_INFINITY
  let isHanging = false
  /** We ended its process ourselves, to load it anew. */
  let isWanted = false
  let asked = new AbortController()

  function reload(): void {
    asked.abort()
    if (isHanging) {
      isHanging = false
      isWanted = true
      // The process ends some time after this, and would take along what it has begun to load.
      contents.forcefullyCrashRenderer()
    } else contents.reload()
  }

  /** The button that was chosen; null when the question has become idle meanwhile. */
  async function ask({ message, detail, buttons }: Question): Promise<string | null> {
    asked.abort()
    const own = new AbortController()
    asked = own
    // One that died before it ever painted has not shown its window. One in sight takes the focus from no other program.
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

  contents.on('render-process-gone', (_event, details) => {
    if (window.isDestroyed() || details.reason === 'clean-exit') return
    if (isWanted) {
      isWanted = false
      contents.reload()
      return
    }
    isHanging = false
    const isAgain = performance.now() - lastDeath < soon
    lastDeath = performance.now()
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
    asked.abort()
  })
  window.once('closed', () => asked.abort())
  return { reload }
}
