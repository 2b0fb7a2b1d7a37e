/**
 * The tray of a Linux desktop, asked over the session bus (StatusNotifierItem, freedesktop.org). Electron answers nothing of it:
 * on a desktop without a tray `new Tray()` succeeds all the same.
 */
import { type BusObject, busProperty } from '../system/gdbus.ts'

const watcher: BusObject = { bus: 'session', service: 'org.kde.StatusNotifierWatcher', path: '/StatusNotifierWatcher' }

export type StatusNotifiers = {
  /** A panel is there that shows items. */
  hasHost(): Promise<boolean>
  /** The names of all items that are shown, ours among them. */
  items(): Promise<string[]>
}

export const statusNotifiers: StatusNotifiers = {
  async hasHost() {
    return (await busProperty(watcher, 'IsStatusNotifierHostRegistered')) === '(<true>,)'
  },
  async items() {
    const answer = await busProperty(watcher, 'RegisteredStatusNotifierItems')
    // A text with an apostrophe stands in quotation marks. No name of the bus has either: such an item is another's.
    return [...answer.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(([, ...names]) => names.join(''))
  },
}
