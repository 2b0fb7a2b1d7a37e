/**
 * The tray of a Linux desktop, asked over the session bus (StatusNotifierItem, freedesktop.org). Electron answers nothing of it:
 * on a desktop without a tray `new Tray()` succeeds all the same.
 */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { second } from '../../lib/time.ts'

const run = promisify(execFile)
const watcher = 'org.kde.StatusNotifierWatcher'

export type StatusNotifiers = {
  /** A panel is there that shows items. */
  hasHost(): Promise<boolean>
  /** The names of all items that are shown, ours among them. */
  items(): Promise<string[]>
}

export const statusNotifiers: StatusNotifiers = {
  async hasHost() {
    return (await property('IsStatusNotifierHostRegistered')) === '(<true>,)'
  },
  async items() {
    const answer = await property('RegisteredStatusNotifierItems')
    // A text with an apostrophe stands in quotation marks. No name of the bus has either: such an item is another's.
    return [...answer.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(([, ...names]) => names.join(''))
  },
}

/** As GLib writes values; empty where nobody answers, or this system has no gdbus. */
async function property(name: string): Promise<string> {
  const args = ['call', '--session', '--timeout', '2', '--dest', watcher, '--object-path', '/StatusNotifierWatcher']
  const call = ['--method', 'org.freedesktop.DBus.Properties.Get', watcher, name]
  return run('gdbus', [...args, ...call], { timeout: 5 * second }).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  )
}
