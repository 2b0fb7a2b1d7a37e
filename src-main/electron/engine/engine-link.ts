/** The one client of the engine for all that the main process does itself: its menus, what it keeps of the settings. */
import { setTimeout as wait } from 'node:timers/promises'
import type { MessagePortMain } from 'electron'
import { type EngineLink, linkEngine } from '../../api/contract/link.ts'
import { portOfElectronPort } from '../../api/ports.ts'
import type { RunningEngine } from '../../host/engine-host.ts'

/** It outlives restarts of the engine: calls made meanwhile wait for the next one, for ever where there is none. */
export function linkTo(engine: RunningEngine<MessagePortMain>): EngineLink {
  const never = new Promise<never>(() => undefined)
  return linkEngine(
    { next: () => (engine.hasEnded() ? never : Promise.resolve(portOfElectronPort(engine.connect()))) },
    ms => wait(ms),
  )
}
