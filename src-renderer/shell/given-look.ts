/** What the host has written on the page, where it knows how the window looked last; the engine says it a little later. */
import type { PaneLayout } from '../../src-main/api/model.ts'
import type { ShownTheme } from '../lib/theme.ts'

export function givenTheme(root: HTMLElement): ShownTheme | null {
  const given = root.dataset.theme
  return given === 'light' || given === 'dark' || given === 'sepia' ? given : null
}

/** As src-main/host/file-server.ts writes them: the widths of sources and headlines, and whether the sources are shown. */
export function givenPanes(root: HTMLElement): PaneLayout | null {
  const [, sources, headlines, shown] = /^([\d.]+) ([\d.]+) (shown|hidden)$/.exec(root.dataset.panes ?? '') ?? []
  if (!shown) return null
  return { sourcesWidth: Number(sources), headlinesWidth: Number(headlines), isSourcesHidden: shown === 'hidden' }
}
