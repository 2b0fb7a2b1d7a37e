/**
 * Loads and installs a version by electron-updater: it checks Windows' signature by the publisher of this program, hands a ZIP to
 * macOS's own updater (which checks the signature, too), and runs the silent installer. It is given a version that has been
 * checked here, and our way to the network: by its own it would ask Chromium, for which no name resolves (page/security.ts).
 */
import { join } from 'node:path'
import { type AppUpdater, type BaseUpdater, MacUpdater, NsisUpdater, Provider } from 'electron-updater'
import type { Http } from '../../http/types.ts'
import { AppImage } from './appimage.ts'
import { download } from './download.ts'
import { failureOf } from './failure.ts'
import type { InstallingKind } from './package-kind.ts'
import type { Release, ReleaseFile } from './release-files.ts'

export type InstallerParts = {
  kind: InstallingKind
  version: string
  http: Http
  /** What electron-builder put into the program's package. */
  resources: string
  /** Where versions are kept until they are installed. */
  folder: string
  log(line: string): void
  /** Asks Electron to end the program. */
  quit(): void
  /** What the next version is started with. */
  args: string[]
}

export type Loading = {
  release: Release
  file: ReleaseFile
  /** Of its folder. */
  from: string
  privateHost: string | null
  signal: AbortSignal
  onShare(share: number): void
}

export type Installer = {
  /** Throws UpdateError. A file that was loaded before and is whole is not loaded again. */
  load(loading: Loading): Promise<void>
  /** What was loaded takes the place of this program. In the last moment of the process, but on macOS. */
  install(restart: boolean): void
  /** macOS's updater ends the program itself. */
  endsItself: boolean
}

export function createInstaller(parts: InstallerParts): Installer {
  const updater = updaterFor(parts)
  updater.autoDownload = false
  updater.allowDowngrade = false
  updater.disableWebInstaller = true
  // By ranges of what is there already: more requests, and more that can be wrong, for fewer bytes.
  updater.disableDifferentialDownload = true
  // On macOS it means: handed to the system's updater at once, which installs it at the end. Else we say when.
  updater.autoInstallOnAppQuit = updater instanceof MacUpdater
  updater.logger = { info: () => undefined, warn: parts.log, error: parts.log }
  // Whatever fails is thrown, too.
  updater.on('error', () => undefined)
  return {
    endsItself: updater instanceof MacUpdater,
    async load(loading) {
      give(updater, parts.http, loading)
      try {
        await updater.downloadUpdate()
      } catch (error) {
        throw failureOf(error)
      }
    },
    install(restart) {
      if (updater instanceof MacUpdater) updater.quitAndInstall()
      else updater.install(true, restart)
    },
  }
}

function updaterFor({ kind, version, resources, folder, quit, args }: InstallerParts): MacUpdater | BaseUpdater {
  const app = {
    version,
    name: 'Broadsheet',
    isPackaged: true,
    appUpdateConfigPath: join(resources, 'app-update.yml'),
    userDataPath: folder,
    baseCachePath: folder,
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit,
    onQuit: () => undefined,
  }
  if (kind === 'nsis') return new NsisUpdater(null, app)
  return kind === 'mac' ? new MacUpdater(undefined, app) : new AppImage(app, args)
}

/** What it would find by itself: which version, of which file, and how to load it. */
function give(updater: AppUpdater, http: Http, { release, file, from, privateHost, signal, onShare }: Loading): void {
  const info = { url: file.name, sha512: file.sha512, ...(file.bytes !== null && { size: file.bytes }) }
  const { version } = release
  const checked = { version, files: [info], path: info.url, sha512: info.sha512, releaseDate: '' }
  class Checked extends Provider<typeof checked> {
    constructor() {
      super({ isUseMultipleRangeRequest: false, platform: 'linux', executor: null as never })
    }

    getLatestVersion = () => Promise.resolve(checked)
    resolveFiles = () => [{ url: new URL(info.url, from), info }]
  }
  const httpExecutor = {
    async download(url: URL, destination: string): Promise<string> {
      const { sha512, bytes } = file
      await download(http, { url: url.href, destination, sha512, bytes, privateHost, signal, onShare })
      return destination
    },
  }
  Object.assign(updater, { httpExecutor, updateInfoAndProvider: { info: checked, provider: new Checked() } })
}
