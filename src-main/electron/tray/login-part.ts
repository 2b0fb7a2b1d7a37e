/** Starting at login, without a window. The system alone knows whether it does: nothing is kept of it here. */
import os from 'node:os'
import path from 'node:path'
import { app } from 'electron'
import type { HostHandlers } from '../../api/host/calls.ts'
import type { LoginState } from '../../api/host/tray.ts'
import { entryName } from '../links/link-powers.ts'
import { hasEntry, removeEntry, writeEntry } from './autostart-entry.ts'

/** The switch of a start that makes no window. */
export const hiddenSwitch = '--hidden'

/** Whether this start was one at login. */
export function isHiddenStart(args: readonly string[]): boolean {
  if (process.platform === 'darwin') return app.getLoginItemSettings().wasOpenedAtLogin
  return args.includes(hiddenSwitch)
}

/** `dataArgument`: the folder that was named at this start; undefined where it is the usual one. */
export function loginPart(dataArgument: string | undefined): Pick<HostHandlers, 'startAtLogin' | 'setStartAtLogin'> {
  const { platform, env, execPath } = process
  const args = [hiddenSwitch, ...(dataArgument === undefined ? [] : ['--data', path.resolve(dataArgument)])]
  /** What the reader started: AppImages and portable programs run from a folder that is another at each start. */
  const program = env.APPIMAGE ?? env.PORTABLE_EXECUTABLE_FILE ?? execPath
  const entry = path.join(env.XDG_CONFIG_HOME || path.join(os.homedir(), '.config'), 'autostart', entryName(env))
  const items = { path: program, args }

  function state(): LoginState {
    const isOn = platform === 'linux' ? hasEntry(entry) : app.getLoginItemSettings(items).openAtLogin
    return { isOn, canSet: canSet(platform, env, dataArgument !== undefined) }
  }

  return {
    startAtLogin: state,
    setStartAtLogin({ isOn }) {
      if (!state().canSet) return state()
      if (platform !== 'linux') app.setLoginItemSettings({ openAtLogin: isOn, ...items })
      else if (isOn) writeEntry(entry, [program, ...args])
      else removeEntry(entry)
      return state()
    },
  }
}

/** A Flatpak is started by a path of its own; macOS gives no arguments. */
function canSet(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, isOtherFolder: boolean): boolean {
  if (!app.isPackaged || env.FLATPAK_ID !== undefined || env.SNAP !== undefined) return false
  return platform !== 'darwin' || !isOtherFolder
}
