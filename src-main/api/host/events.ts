/** The events a window gets from Electron's main process, over a port of their own. */

import type { UpdateState } from './updates.ts'

export type HostEvents = {
  /** A `feed:` or `broadsheet:` link was opened. Show it in the add dialog; never add it unasked. */
  'open-address': { address: string }
  /** Chosen in the application's menu. */
  'menu-command': { command: MenuCommand }
  'updates-changed': UpdateState
}

/** What the application's menu can ask of a window. */
export type MenuCommand =
  | 'add-feed'
  | 'import-opml'
  | 'export-opml'
  | 'print'
  | 'save-as-pdf'
  | 'settings'
  | 'undo'
  | 'find'
  | 'refresh-view'
  | 'refresh-all'
  | 'mark-shown-read'
  | 'next-unread'
  | 'toggle-read'
  | 'toggle-saved'
  | 'open-original'
  | 'toggle-sources'
  | 'shortcuts'
