/** Title bar, menus and the colour before the first paint follow the reader's theme. */
import { type BrowserWindow, nativeTheme } from 'electron'
import { portOfNodePort } from '../api/ports.ts'
import { connect } from '../api/rpc.ts'
import type { RunningEngine } from '../engine-thread.ts'
import type { Theme } from './window-state.ts'

/** The sheets of src-renderer/ui/tokens.css, painted before the page is, so that nothing flashes white in the dark. */
const sheets = { dark: '#191a1c', light: '#ffffff', sepia: '#f9f1e0' }
export type ShownTheme = keyof typeof sheets

/** Calls the listener with the theme that is set, now and at each change, over restarts of the engine. */
export function followTheme(engine: RunningEngine, listener: (theme: Theme) => void): void {
  if (engine.hasEnded()) return
  const client = connect(portOfNodePort(engine.connect()))
  client.on('settings-changed', ({ settings }) => listener(settings.theme))
  client.onClose(() => followTheme(engine, listener))
  // An engine that dies just now closes the client, which asks again.
  client.settings({}).then(
    ({ theme }) => listener(theme),
    () => undefined,
  )
}

/** Tells the system, whose parts of the window follow. Systems know no sepia; it is a light theme. */
export function setSystemTheme(theme: Theme): void {
  nativeTheme.themeSource = theme === 'sepia' ? 'light' : theme
}

/** What a theme looks like now: 'system' is light or dark. */
export function shownTheme(theme: Theme): ShownTheme {
  if (theme === 'sepia') return theme
  return nativeTheme.shouldUseDarkColors ? 'dark' : 'light'
}

export function sheetOf(theme: Theme): string {
  return sheets[shownTheme(theme)]
}

/** Paints what lies behind the page, which shows while a window is made larger or its page is loaded. */
export function paintSheet(window: BrowserWindow, theme: Theme): void {
  window.setBackgroundColor(sheetOf(theme))
}
