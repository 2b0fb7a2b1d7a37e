/** Whether the system opens links of our schemes with this program, and asking it to. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { App } from 'electron'
import { second } from '../../lib/time.ts'

/** As the packages name them to the system. */
const schemes = ['feed', 'feeds', 'broadsheet']
const run = promisify(execFile)

export type SchemeHandlers = {
  areOurs(): boolean | Promise<boolean>
  take(): void | Promise<void>
  leave(): void
}

/** Windows and macOS. `program` and `args` start this one, where it is not packaged. */
export function electronHandlers(
  app: Pick<App, 'isDefaultProtocolClient' | 'setAsDefaultProtocolClient' | 'removeAsDefaultProtocolClient'>,
  ...program: [program?: string, args?: string[]]
): SchemeHandlers {
  return {
    areOurs: () => app.isDefaultProtocolClient('feed', ...program),
    take() {
      for (const scheme of schemes) app.setAsDefaultProtocolClient(scheme, ...program)
    },
    leave() {
      for (const scheme of schemes) app.removeAsDefaultProtocolClient(scheme, ...program)
    },
  }
}

/**
 * Linux, by xdg-mime. Electron asks xdg-settings there, which on GNOME makes the program that of HTML files as well (seen with
 * xdg-utils 1.1.3), and holds the main process meanwhile. `entry` is the name of the desktop entry.
 */
export function xdgHandlers(entry: string): SchemeHandlers {
  const types = schemes.map(scheme => `x-scheme-handler/${scheme}`)
  return {
    async areOurs() {
      const answer = await xdgMime('query', 'default', types[0]!)
      return answer.trim() === entry
    },
    async take() {
      await xdgMime('default', entry, ...types)
    },
    // There another program is chosen, and none is left.
    leave: () => undefined,
  }
}

/** What it says; nothing where it is missing or fails: how things are is asked afterwards. */
async function xdgMime(...args: string[]): Promise<string> {
  return run('xdg-mime', args, { timeout: 10 * second }).then(
    ({ stdout }) => stdout,
    () => '',
  )
}
