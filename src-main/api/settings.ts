/** The user's settings: their type, defaults and limits. Their zod shape is in shapes.ts, so that the window stays free of zod. */
import type { ReadingPlace, View } from './model.ts'
import type { Retention } from './storage-model.ts'

export const themes = ['system', 'light', 'dark', 'sepia'] as const
export const densities = ['compact', 'normal', 'roomy'] as const

export type Settings = {
  theme: (typeof themes)[number]
  density: (typeof densities)[number]
  /** Article text, in px. */
  textSize: number
  /** Pane widths in px and what is collapsed; here, since a browser's own storage belongs to one port. */
  sourcesWidth: number
  headlinesWidth: number
  isSourcesHidden: boolean
  collapsedFolders: number[]
  newestFirst: boolean
  unreadOnly: boolean
  /** Images in articles: fetched through the engine, or not at all. */
  loadImages: boolean
  /** Where the reader was. */
  lastView: View
  lastArticleId: number | null
  lastArticlePlace: ReadingPlace | null
  /** Set while an article takes long to draw: one that is left here at a start may have caused the crash. */
  showingArticleId: number | null
  /** How long articles are kept, where a feed has no rule of its own. */
  retention: Retention
  /** A folder of the user's own for backups, as a path; null for the one in the data folder. */
  backupFolder: string | null
}

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
  lastView: { kind: 'all' },
  lastArticleId: null,
  lastArticlePlace: null,
  showingArticleId: null,
  retention: { days: null, perFeed: null, includesUnread: false, megabytes: null },
  backupFolder: null,
}

/** Inclusive, in px. */
export const settingLimits = {
  textSize: { min: 12, max: 32 },
  sourcesWidth: { min: 160, max: 600 },
  headlinesWidth: { min: 240, max: 900 },
} as const

/** Settings that are only where the reader is: neither journaled nor exported. */
export const readingPosition: readonly (keyof Settings)[] = [
  'lastView',
  'lastArticleId',
  'lastArticlePlace',
  'showingArticleId',
]
