/** Opening links with Broadsheet, when the user says so. The system alone knows whether it does: nothing is kept of it here. */
import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { app } from 'electron'
import type { HostHandlers } from '../../api/host/calls.ts'
import type { LinkState } from '../../api/host/links.ts'
import { linkPowers } from './link-powers.ts'

/** As the packages name them to the system. */
const schemes = ['feed', 'feeds', 'broadsheet']

export function linksPart(): Pick<HostHandlers, 'links' | 'setLinks'> {
  // A program that is not packaged is Electron with a folder as its argument.
  const program: [string?, string[]?] = app.isPackaged ? [] : [process.execPath, [path.resolve(process.argv[1] ?? '.')]]

  function state(): LinkState {
    const { platform, env } = process
    const can = linkPowers({ platform, env, home: os.homedir(), isPackaged: app.isPackaged, exists: existsSync })
    // It may start a program to find out.
    const areOurs = can !== 'nothing' && app.isDefaultProtocolClient('feed', ...program)
    return { areOurs, can, mayAsk: platform === 'win32' }
  }

  return {
    links: state,
    setLinks({ areOurs }) {
      if (state().can === 'nothing') return state()
      for (const scheme of schemes) {
        if (areOurs) app.setAsDefaultProtocolClient(scheme, ...program)
        else app.removeAsDefaultProtocolClient(scheme, ...program)
      }
      return state()
    },
  }
}
