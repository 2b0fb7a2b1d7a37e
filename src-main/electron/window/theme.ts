/** Title bar, menus and the colour before the first paint follow the reader's theme. */
import { type BrowserWindow, nativeTheme } from 'electron'
import type { Theme } from './window-state.ts'

/** The sheets of src-renderer/ui/styles/tokens.css, painted before the page is, so that nothing flashes white in the dark. */
const sheets = { dark: '#191a1c', light: '#ffffff', sepia: '#f9f1e0', contrast: '#000000' }
export type ShownTheme = keyof typeof sheets

/** Systems know light and dark only. */
const systemThemes = { system: 'system', light: 'light', dark: 'dark', sepia: 'light', contrast: 'dark' } as const

/** Sets the theme of the parts of the window that the system draws. */
export function setSystemTheme(theme: Theme): void {
  nativeTheme.themeSource = systemThemes[theme]
}

/** The theme as it is drawn: 'system' is light or dark. */
export function shownTheme(theme: Theme): ShownTheme {
  if (theme !== 'system') return theme
  return nativeTheme.shouldUseDarkColors ? 'dark' : 'light'
}

export function sheetOf(theme: Theme): string {
  return sheets[shownTheme(theme)]
}

/** Sets the colour behind the page, which is visible while a window is made larger or its page is loaded. */
export function paintSheet(window: BrowserWindow, theme: Theme): void {
  window.setBackgroundColor(sheetOf(theme))
}
