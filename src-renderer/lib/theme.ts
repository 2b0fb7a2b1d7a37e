/** Puts a theme on a document. 'system' follows what the desktop says. */
import type { Settings } from '../../src-main/api/model.ts'

export type ShownTheme = 'light' | 'dark' | 'sepia'

export function shownTheme(theme: Settings['theme'], isSystemDark: boolean): ShownTheme {
  if (theme !== 'system') return theme
  return isSystemDark ? 'dark' : 'light'
}

/** Before the settings are known, at once, so that a dark room sees no white flash. */
export function followTheme(root: HTMLElement, theme: Settings['theme']): void {
  root.dataset.theme = shownTheme(theme, matchMedia('(prefers-color-scheme: dark)').matches)
}
