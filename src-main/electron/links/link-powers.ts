/** What the system can be asked about links. */
import path from 'node:path'
import type { LinkState } from '../../api/host/links.ts'
import { appId } from '../../host/app-id.ts'

export type LinkSurroundings = {
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  home: string
  isPackaged: boolean
  exists: (file: string) => boolean
}

export function linkPowers({ platform, isPackaged, ...linux }: LinkSurroundings): LinkState['can'] {
  if (platform === 'win32') return 'both'
  // The schemes must stand in the program's Info.plist, and Electron's own has none.
  if (platform === 'darwin') return isPackaged ? 'both' : 'nothing'
  return hasEntry(linux) ? 'take' : 'nothing'
}

/** The name of the desktop entry: Electron sets it from package.json's `desktopName`. */
export function entryName(env: NodeJS.ProcessEnv): string {
  return path.basename(env.CHROME_DESKTOP || `${appId}.desktop`)
}

/** Linux knows programs by their desktop entries: an AppImage that was not integrated has none, nor has a run from the source. */
function hasEntry({ env, home, exists }: Pick<LinkSurroundings, 'env' | 'home' | 'exists'>): boolean {
  // Defaults of the XDG Base Directory Specification.
  const folders = [
    env.XDG_DATA_HOME || path.join(home, '.local', 'share'),
    ...(env.XDG_DATA_DIRS || '/usr/local/share:/usr/share').split(':'),
  ]
  return folders.some(folder => path.isAbsolute(folder) && exists(path.join(folder, 'applications', entryName(env))))
}
