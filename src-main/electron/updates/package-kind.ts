/** How this program came to the computer, and so who brings its next version. */
import type { UpdateWay } from '../../api/host/updates.ts'

export type PackageKind = 'nsis' | 'portable' | 'mac' | 'appimage' | 'deb' | 'rpm' | 'flatpak' | 'store' | 'unpackaged'

/** Of those that install, the ending of the file. */
export const installedFrom = { nsis: '.exe', mac: '.zip', appimage: '.AppImage' } as const
export type InstallingKind = keyof typeof installedFrom

export type Surroundings = {
  platform: NodeJS.Platform
  isPackaged: boolean
  env: Record<string, string | undefined>
  /** The running program's file. */
  execPath: string
  /** What electron-builder notes in the resources of Linux packages (`package-type`); null where there is nothing. */
  packageType: string | null
  /** It runs from the Windows Store or the Mac App Store. */
  isStore: boolean
  /** The installer's uninstaller lies beside the program (Windows). */
  hasUninstaller: boolean
}

export function packageKind(found: Surroundings): PackageKind {
  const { platform, isPackaged, env, execPath, packageType, isStore, hasUninstaller } = found
  if (!isPackaged) return 'unpackaged'
  if (isStore || env.SNAP) return 'store'
  if (platform === 'darwin') return 'mac'
  if (platform === 'win32') return env.PORTABLE_EXECUTABLE_FILE || !hasUninstaller ? 'portable' : 'nsis'
  if (env.FLATPAK_ID) return 'flatpak'
  // Programs inherit APPIMAGE from an AppImage that starts them: another program's file must not be replaced.
  if (env.APPIMAGE && env.APPDIR && execPath.startsWith(`${env.APPDIR}/`)) return 'appimage'
  return packageType === 'deb' || packageType === 'rpm' ? packageType : 'store'
}

export function isInstalling(kind: PackageKind): kind is InstallingKind {
  return kind in installedFrom
}

/**
 * A package without a named server is a distribution's: it brings new versions itself. `mayReplace`: the place of the program
 * can be written to.
 */
export function wayOf(kind: PackageKind, hasSource: boolean, mayReplace: boolean): UpdateWay {
  if (kind === 'unpackaged') return 'unpackaged'
  if (kind === 'store' || !hasSource) return 'package'
  return isInstalling(kind) && mayReplace ? 'install' : 'tell'
}
