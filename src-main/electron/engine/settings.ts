/** Follows the engine's settings for the host. */
import type { EngineLink } from '../../api/contract/link.ts'
import type { Settings } from '../../api/settings.ts'

/** Calls the listener with the settings now and at each change, also after restarts of the engine. */
export function followSettings({ engine, onState }: EngineLink, listener: (settings: Settings) => void): void {
  engine.on('settings-changed', ({ settings }) => listener(settings))
  onState(state => {
    if (state === 'open') void engine.settings({}).then(listener, () => undefined)
  })
}
