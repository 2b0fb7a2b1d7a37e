/** The user's settings: their defaults and limits. What they are is in shapes.ts, so that the window stays free of zod. */
import type { Shaped, settings } from './shapes.ts'

export const themes = ['system', 'light', 'dark', 'sepia'] as const
export const densities = ['compact', 'normal', 'roomy'] as const

export type Settings = Shaped<typeof settings>

/** How the panes stand beside each other. */
export type PaneLayout = Pick<Settings, 'sourcesWidth' | 'headlinesWidth' | 'isSourcesHidden'>

/** The defaults, for the engine, and for a window until the engine has answered. */
export const defaultSettings: Settings = {
  theme: 'system',
  density: 'normal',
  textSize: 18,
  sourcesWidth: 260,
  headlinesWidth: 400,
  isSourcesHidden: false,
  collapsedFolders: [],
  newestFirst: true,
  unreadOnly: false,
  loadImages: true,
  retention: { days: null, perFeed: null, includesUnread: false, megabytes: null },
  backupFolder: null,
}

/** Inclusive, in px. */
export const settingLimits = {
  textSize: { min: 12, max: 32 },
  sourcesWidth: { min: 160, max: 600 },
  headlinesWidth: { min: 240, max: 900 },
} as const
