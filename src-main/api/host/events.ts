/** The events a window gets from Electron's main process, over a port of their own. */
import type { GivenFile } from './given-file.ts'
import type { MenuCommand } from './menu.ts'
import type { UpdateState } from './updates.ts'

export type HostEvents = {
  /** A `feed:`, `feeds:` or `broadsheet:` link was opened. Show it in the add dialog; never add it unasked. */
  'open-address': { address: string }
  /** A file was opened with Broadsheet. Show what is in it; import and restore nothing unasked. */
  'open-file': GivenFile
  /** Chosen in the application's menu. */
  'menu-command': { command: MenuCommand }
  /** A notice was clicked, or an article in the tray's menu: show it; null for a notice of many articles. */
  'show-article': { articleId: number | null }
  /** Done by a button of a notice, and undone as what this window does. */
  'notice-acted': { action: 'save' | 'mark-read'; articleId: number; undoId: number }
  'updates-changed': UpdateState
}
