/** What is in an exported ZIP file: names of its files, and the shapes of its JSON. Open to any program, so dates are ISO 8601. */

import type { PortableEpisode, PortablePlayback } from '../api/reading/playback.ts'
import type { ReadingOptions, Settings } from '../api/settings.ts'
import type { FeedRetention } from '../api/storage-model.ts'
import type { PortableArticle } from '../store/articles/portable.ts'
import type { Decision } from '../store/stories/decisions.ts'

export const fileNames = {
  subscriptions: 'subscriptions.opml',
  saved: 'saved.json',
  settings: 'settings.json',
  listening: 'listening.json',
  index: 'index.html',
} as const

/** What of an article means nothing to another program, or can be made of the rest. */
type LeftOut = 'language' | 'firstSeenAt' | 'media' | 'hash' | 'visibleHash' | 'keys'
type Dates = 'publishedAt' | 'updatedAt' | 'savedAt'

/** One element of the array in saved.json. */
export type ExportedArticle = Omit<PortableArticle, LeftOut | Dates | 'html' | 'fullText'> & {
  html: string
  /** The article as its page had it; `isShown`: which of the two texts the reader chose. */
  fullText?: { url: string; fetchedAt: string; title: string; byline: string; html: string; isShown: boolean | null }
  publishedAt: string
  updatedAt: string | null
  savedAt: string | null
}

/** What OPML has no attributes for. Passwords are not exported. */
export type ExportedFeed = {
  url: string
  /** The user's own title for it. */
  customTitle: string | null
  isPaused: boolean
  retention: FeedRetention | null
  reading: ReadingOptions
}

/** A folder that says itself how articles are read, by the names that lead to it. */
export type ExportedFolder = { path: string[]; reading: ReadingOptions }

/** How far recordings were heard, the last one first, and what is to be played next. Exports of earlier versions have none. */
export type ExportedListening = {
  heard: (Omit<PortablePlayback, 'heardAt'> & { heardAt: string })[]
  queue: PortableEpisode[]
}

/** What the reader decided of stories: of two articles that they are of one, of an article that it is of another, to follow one. */
export type ExportedDecision = Omit<Decision, 'decidedAt'> & { decidedAt: string }

/** Paths of this computer and ids of this database mean nothing elsewhere. */
export const settingsLeftOut: readonly (keyof Settings)[] = ['backupFolder', 'collapsedFolders', 'digestFolder']
