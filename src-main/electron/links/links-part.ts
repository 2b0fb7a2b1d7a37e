/** Opening links with Broadsheet, when the user says so. The system alone knows whether it does: nothing is kept of it here. */
import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { app } from 'electron'
import type { HostHandlers } from '../../api/host/calls.ts'
import type { LinkState } from '../../api/host/links.ts'
import { entryName, linkPowers } from './link-powers.ts'
import { electronHandlers, type SchemeHandlers, xdgHandlers } from './scheme-handlers.ts'

export function linksPart(): Pick<HostHandlers, 'links' | 'setLinks'> {
  const { platform, env } = process
  const handlers = handlersOf(platform)

  async function state(): Promise<LinkState> {
    const can = linkPowers({ platform, env, home: os.homedir(), isPackaged: app.isPackaged, exists: existsSync })
    return { areOurs: can !== 'nothing' && (await handlers.areOurs()), can, mayAsk: platform === 'win32' }
  }

  return {
    links: state,
    async setLinks({ areOurs }) {
      const { can } = await state()
      if (can !== 'nothing') await (areOurs ? handlers.take() : handlers.leave())
      return state()
    },
  }
}

function handlersOf(platform: NodeJS.Platform): SchemeHandlers {
  if (platform === 'linux') return xdgHandlers(entryName(process.env))
  if (app.isPackaged) return electronHandlers(app)
  // Electron with a folder as its argument.
  return electronHandlers(app, process.execPath, [path.resolve(process.argv[1] ?? '.')])
}
