/** Updates of the running program: what of it Electron knows, when it looks, and what happens at its end. */
import { accessSync, constants, existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { app } from 'electron'
import project from '../../../package.json' with { type: 'json' }
import type { HostHandlers } from '../../api/host/calls.ts'
import type { UpdateOutputs } from '../../api/host/updates.ts'
import type { Polling } from '../../api/model.ts'
import { once } from '../../api/once.ts'
import { minute } from '../../lib/time.ts'
import { openOutside } from '../links/open-external.ts'
import type { Desktop } from '../window/desktop.ts'
import { UpdateMemoryFile } from './memory.ts'
import { installedFrom, isInstalling, type PackageKind, packageKind, wayOf } from './package-kind.ts'
import { isFreeToAsk } from './schedule.ts'
import { Updates } from './updates.ts'

/** After a start feeds come first. */
const firstLook = minute
const lookEvery = 30 * minute

type Part = Pick<HostHandlers, keyof UpdateOutputs>

export function updatesPart({ dataDir, link, onSettings, window }: Desktop): Part {
  const { version } = project
  const { resourcesPath: resources, arch } = process
  const kind = kindOfThis(resources)
  const fresh = { firstStartAt: Date.now(), place: Math.random() * 100, checkedAt: null, found: null, installing: null }
  const memory = new UpdateMemoryFile(path.join(dataDir, 'updates.json'), fresh)
  const folder = path.join(dataDir, 'desktop', 'updates')
  const wasFound = memory.current.found !== null
  const http = once(async () => (await import('../../http/client.ts')).createHttp())
  const source = once(async () => (await import('./source.ts')).readSource(resources, process))
  /** Null before the engine has answered. */
  let polling: Polling | null = null
  const takePolling = (next: Polling) => {
    polling = next
  }
  link.engine.on('polling-changed', takePolling)
  link.onState(state => state === 'open' && void link.engine.polling({}).then(takePolling, () => undefined))
  const updates = new Updates({
    version,
    arch,
    way: wayOf(kind, existsSync(path.join(resources, 'app-update.yml')), mayReplace(kind)),
    extension: isInstalling(kind) ? installedFrom[kind] : null,
    memory,
    now: Date.now,
    source,
    ask: async of => (await import('./ask.ts')).askForRelease(await http(), of),
    installer: once(async () => {
      if (!isInstalling(kind)) throw new Error(`a ${kind} is not installed by itself`)
      const { createInstaller } = await import('./installer.ts')
      const log = (line: string) => console.error(line)
      const parts = { version, resources, folder, log, quit: () => app.quit(), args: ['--data', dataDir] }
      return createInstaller({ ...parts, kind, http: await http() })
    }),
    mayAsk: () => isFreeToAsk(polling, Date.now()),
    onChange: state => {
      // A window that is made later asks by itself.
      if (window.current) window.announce('updates-changed', state)
    },
  })
  // What this version came from is of no more use.
  if (wasFound && memory.current.found === null) rmSync(folder, { recursive: true, force: true })
  onSettings(settings => updates.follow(settings.updates))
  const tick = () => void updates.tick()
  setTimeout(tick, firstLook).unref()
  setInterval(tick, lookEvery).unref()
  const { restart } = installAtEnd(updates)

  return {
    updates: () => updates.state,
    async checkForUpdates() {
      await updates.check(true)
      return updates.state
    },
    loadUpdate() {
      void updates.load()
      return updates.state
    },
    restartToUpdate() {
      restart()
      return {}
    },
    async openDownloadPage() {
      const { phase } = updates.state
      const from = await source()
      if (from) openOutside(from.pageOf('version' in phase ? phase.version : null))
      return {}
    },
  }
}

/** The last thing of all: the engine has ended by then. */
function installAtEnd(updates: Updates): { restart(): void } {
  let isRestarting = false
  app.once('quit', (_event, status) => {
    if (status !== 0 || !updates.isReady || updates.endsItself) return
    // Else the next version would end at once, as the second on this folder.
    app.releaseSingleInstanceLock()
    updates.install(isRestarting)
  })
  return {
    restart() {
      isRestarting = true
      if (updates.endsItself) updates.install(true)
      else if (updates.isReady) app.quit()
    },
  }
}

/** An AppImage in a folder of the administrator's can't be replaced; the other installers ask for what they need. */
function mayReplace(kind: PackageKind): boolean {
  if (kind !== 'appimage') return true
  try {
    accessSync(path.dirname(process.env.APPIMAGE ?? ''), constants.W_OK)
    return true
  } catch {
    return false
  }
}

function kindOfThis(resources: string): PackageKind {
  const { execPath, platform, env } = process
  return packageKind({
    platform,
    env,
    execPath,
    isPackaged: app.isPackaged,
    packageType: textOf(path.join(resources, 'package-type')),
    isStore: process.windowsStore === true || process.mas === true,
    hasUninstaller: existsSync(path.join(path.dirname(execPath), 'Uninstall Broadsheet.exe')),
  })
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}
