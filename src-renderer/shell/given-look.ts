/** Theme and pane widths that the host has written on the page, for the first paint; the settings come a little later. */
import { type PaneLayout, themes } from '../../src-main/api/settings.ts'
import type { ShownTheme } from '../lib/theme.ts'

export function givenTheme(root: HTMLElement): ShownTheme | null {
  const given = themes.find(theme => theme === root.dataset.theme)
  return given && given !== 'system' ? given : null
}

/** As src-main/host/file-server.ts writes them: '248 420 shown'. */
export function givenPanes(root: HTMLElement): PaneLayout | null {
  const [, sources, headlines, shown] = /^([\d.]+) ([\d.]+) (shown|hidden)$/.exec(root.dataset.panes ?? '') ?? []
  if (!shown) return null
  return { sourcesWidth: Number(sources), headlinesWidth: Number(headlines), isSourcesHidden: shown === 'hidden' }
}
