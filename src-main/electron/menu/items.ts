/** Items of the application's menu: their keys from the window's table, and when they can be used. */
import type { MenuItemConstructorOptions } from 'electron'
import { shortcuts } from '../../api/host/keys.ts'
import type { MenuCommand, MenuState } from '../../api/host/menu.ts'

export type Item = MenuItemConstructorOptions

export const line: Item = { type: 'separator' }

/** Before the window has said anything, and on its welcome. */
export const noState: MenuState = {
  hasFeeds: false,
  hasArticle: false,
  hasLink: false,
  canRefreshShown: false,
  openArticle: null,
  isUnreadOnly: false,
  areSourcesShown: true,
}

/** These work without any feed; all other commands need some. */
const alwaysThere = new Set<string>([
  'add-feed',
  'import-opml',
  'settings',
  'show-newsletters',
  'undo',
  'help',
  'whats-new',
  'report-fault',
])
const needArticle = new Set<string>(['toggle-read', 'toggle-saved'])
const needLink = new Set<string>(['toggle-full-text', 'open-original', 'copy-link', 'copy-markdown-link'])
const needOpenArticle = new Set<string>(['print', 'save-as-pdf', 'load-pictures', 'copy-quotation'])
const ticks: Partial<Record<MenuCommand, (state: MenuState) => boolean>> = {
  'toggle-unread-only': state => state.isUnreadOnly,
  'toggle-sources': state => state.areSourcesShown,
}

/** Whether a command can be used now. */
export function isUsable(command: string, state: MenuState): boolean {
  if (alwaysThere.has(command)) return true
  if (!state.hasFeeds) return false
  if (needOpenArticle.has(command)) return state.openArticle !== null
  if (needLink.has(command)) return state.hasLink
  if (command === 'refresh-view') return state.canRefreshShown
  return !needArticle.has(command) || state.hasArticle
}

/** Whether a command's item is ticked; undefined for one that never is. */
export function isTicked(command: string, state: MenuState): boolean | undefined {
  return ticks[command as MenuCommand]?.(state)
}

/** Makes items that send their command to the window. */
export class Items {
  readonly #isMac: boolean
  readonly #send: (command: MenuCommand) => void

  constructor(isMac: boolean, send: (command: MenuCommand) => void) {
    this.#isMac = isMac
    this.#send = send
  }

  /** With a key that the menu takes for itself, wherever the focus is. */
  item(label: string, command: MenuCommand, accelerator?: string): Item {
    const isTick = isTicked(command, noState)
    return {
      id: command,
      label,
      click: () => this.#send(command),
      enabled: isUsable(command, noState),
      ...(isTick !== undefined && ({ type: 'checkbox', checked: isTick } as const)),
      ...(accelerator && { accelerator }),
    }
  }

  /**
   * With the window's own key, shown and not taken: in the page a letter is text as often as a command. macOS takes every key
   * that a menu shows, so that its menu shows none of these.
   */
  hint(label: string, command: MenuCommand): Item {
    const accelerator = this.#isMac ? undefined : keyShown(command)
    return { ...this.item(label, command, accelerator), ...(accelerator && { registerAccelerator: false }) }
  }
}

/** The first key of a command that a menu can show; none for two keys after one another. */
function keyShown(command: MenuCommand): string | undefined {
  const keys = shortcuts.find(shortcut => shortcut.command === command)?.keys ?? []
  const key = keys.find(one => one.startsWith('Mod+')) ?? keys.find(one => !one.includes(' '))
  return key && acceleratorOf(key)
}

/** 'Mod+z' as Electron's menus write it. */
export function acceleratorOf(key: string): string {
  return key
    .replace('Mod+', 'CmdOrCtrl+')
    .replace('Arrow', '')
    .replace(/(^|\+)([a-z])$/, (_, before: string, letter: string) => before + letter.toUpperCase())
    .replace(/^\+$/, 'Plus')
}
