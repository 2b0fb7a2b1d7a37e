/** The menu of the icon in the tray, as data. */
import type { MenuItemConstructorOptions } from 'electron'
import { labelOf } from '../menu/label.ts'

export type TrayArticle = { id: number; title: string; source: string }
export type TrayMenuState = {
  unread: number
  /** The newest unread, newest first. */
  articles: TrayArticle[]
  /** When polling goes on (ms); null while it is not paused. */
  pausedUntil: number | null
}
export type TrayActions = {
  open(): void
  openArticle(id: number): void
  refresh(): void
  pause(until: 'in-an-hour' | 'tomorrow' | 'now'): void
  addFromClipboard(): void
  settings(): void
  quit(): void
}

const line: MenuItemConstructorOptions = { type: 'separator' }

export function trayMenu(state: TrayMenuState, actions: TrayActions): MenuItemConstructorOptions[] {
  const { unread, articles, pausedUntil } = state
  return [
    { label: 'Open Broadsheet', click: () => actions.open() },
    line,
    { label: unreadText(unread), enabled: false },
    ...articles.map(({ id, title, source }) => ({
      label: labelOf(source === '' ? title : `${title} (${source})`),
      click: () => actions.openArticle(id),
    })),
    line,
    { label: 'Refresh All', click: () => actions.refresh() },
    ...pauseItems(pausedUntil, actions),
    line,
    { label: 'Add Feed from Clipboard…', click: () => actions.addFromClipboard() },
    { label: 'Settings…', click: () => actions.settings() },
    line,
    { label: 'Quit Broadsheet', click: () => actions.quit() },
  ]
}

/** For the menu and for who hovers over the icon. */
export function unreadText(unread: number): string {
  return unread === 0 ? 'Nothing unread' : `${unread.toLocaleString('en')} unread`
}

function pauseItems(pausedUntil: number | null, { pause }: TrayActions): MenuItemConstructorOptions[] {
  if (pausedUntil === null) {
    return [
      { label: 'Pause Polling for an Hour', click: () => pause('in-an-hour') },
      { label: 'Pause Polling until Tomorrow', click: () => pause('tomorrow') },
    ]
  }
  const time = new Date(pausedUntil).toLocaleString([], { weekday: 'long', hour: 'numeric', minute: '2-digit' })
  return [
    { label: `Polling paused until ${time}`, enabled: false },
    { label: 'Resume Polling', click: () => pause('now') },
  ]
}
