/** The folders for data and caches on each system. */
import path from 'node:path'

/** The system, as far as folders depend on it. */
export type System = {
  platform: NodeJS.Platform
  /** The user's home folder. */
  home: string
  env: Readonly<Record<string, string | undefined>>
}

/** For the database and its backups. */
export function dataFolder({ platform, home, env }: System): string {
  if (platform === 'win32') return path.win32.join(roamingFolder(home, env), 'Broadsheet')
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Application Support', 'Broadsheet')
  return path.posix.join(xdgFolder(env.XDG_DATA_HOME, home, '.local/share'), 'broadsheet')
}

/** For what can be fetched or found out again: media, the browser's own files, notes about failed downloads. */
export function cacheFolder({ platform, home, env }: System): string {
  if (platform === 'win32') return path.win32.join(localFolder(home, env), 'Broadsheet', 'Cache')
  if (platform === 'darwin') return path.posix.join(home, 'Library', 'Caches', 'Broadsheet')
  return path.posix.join(xdgFolder(env.XDG_CACHE_HOME, home, '.cache'), 'broadsheet')
}

/** Relative paths are to be ignored (XDG Base Directory Specification). */
function xdgFolder(given: string | undefined, home: string, standard: string): string {
  return given && path.posix.isAbsolute(given) ? given : path.posix.join(home, standard)
}

function roamingFolder(home: string, env: System['env']): string {
  return env.APPDATA || path.win32.join(home, 'AppData', 'Roaming')
}

function localFolder(home: string, env: System['env']): string {
  return env.LOCALAPPDATA || path.win32.join(home, 'AppData', 'Local')
}
