/** Puts a theme on a document. 'system' follows the desktop. */
import type { Settings } from '../../src-main/api/settings.ts'

export type ShownTheme = Exclude<Settings['theme'], 'system'>

export function shownTheme(theme: Settings['theme'], isSystemDark: boolean): ShownTheme {
  if (theme !== 'system') return theme
  return isSystemDark ? 'dark' : 'light'
}

/** Called before the settings are known, so that nothing flashes white in the dark. */
export function followTheme(root: HTMLElement, theme: Settings['theme']): void {
  root.dataset.theme = shownTheme(theme, matchMedia('(prefers-color-scheme: dark)').matches)
}
