/** What the parts of the desktop are given: the menu and all else that the system shows of the program beside its window. */
import type { EngineLink } from '../../api/contract/link.ts'
import type { Settings } from '../../api/settings.ts'
import type { WindowKeeper } from './window-keeper.ts'

export type Desktop = {
  dataDir: string
  /** A client of the engine that outlives restarts: calls made meanwhile wait. */
  link: EngineLink
  window: WindowKeeper
  /** Calls the listener with the settings now and at each change. */
  onSettings(listener: (settings: Settings) => void): void
}
