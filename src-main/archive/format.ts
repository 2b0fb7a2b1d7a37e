/** What is in an exported ZIP file: names of its files, and the shapes of its JSON. Open to any program, so dates are ISO 8601. */

import type { Enclosure } from '../api/model.ts'
import type { FeedRetention } from '../api/storage-model.ts'

export const fileNames = {
  subscriptions: 'subscriptions.opml',
  saved: 'saved.json',
  settings: 'settings.json',
  index: 'index.html',
} as const

/** One element of the array in saved.json. */
export type ExportedArticle = {
  feedUrl: string
  feedTitle: string
  guid: string | null
  url: string | null
  title: string
  author: string
  publishedAt: string
  updatedAt: string | null
  savedAt: string | null
  isRead: boolean
  summary: string
  html: string
  categories: string[]
  enclosures: Enclosure[]
  image: string | null
  commentsUrl: string | null
  commentsCount: number | null
}

/** What OPML can't say of a feed. Passwords are not exported. */
export type ExportedFeed = {
  url: string
  /** The user's own title for it. */
  customTitle: string | null
  isPaused: boolean
  retention: FeedRetention | null
}

/** settings.json. */
export type ExportedSettings = { settings: Record<string, unknown>; feeds: ExportedFeed[] }

/** Names of this computer's folders and numbers of this database mean nothing elsewhere. */
export const settingsLeftOut = [
  'backupFolder',
  'collapsedFolders',
  'lastView',
  'lastArticleId',
  'lastArticlePlace',
  'showingArticleId',
] as const
