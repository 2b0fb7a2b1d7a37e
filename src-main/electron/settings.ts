/** Follows the engine's settings for the host. */

import type { MessagePortMain } from 'electron'
import { connect } from '../api/contract/rpc.ts'
import { portOfElectronPort } from '../api/ports.ts'
import type { Settings } from '../api/settings.ts'
import type { RunningEngine } from '../host/engine-host.ts'

/** Calls the listener with the settings now and at each change, also after restarts of the engine. */
export function followSettings(engine: RunningEngine<MessagePortMain>, listener: (settings: Settings) => void): void {
  if (engine.hasEnded()) return
  const client = connect(portOfElectronPort(engine.connect()))
  client.on('settings-changed', ({ settings }) => listener(settings))
  client.onClose(() => followSettings(engine, listener))
  // If the engine dies now, `onClose` asks again.
  client.settings({}).then(listener, () => undefined)
}
