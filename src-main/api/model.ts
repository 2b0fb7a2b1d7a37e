/** What a window and the engine talk about: plain JSON, in the words of docs/architecture.md. */

import type { FeedRetention, Retention } from './storage-model.ts'

declare const safe: unique symbol
/** HTML that has been through sanitizeHtml. Only that function makes one. */
export type SafeHtml = string & { readonly [safe]: true }

/** What the middle pane lists. */
export type View =
  | { kind: 'all' }
  | { kind: 'today' }
  | { kind: 'unread' }
  | { kind: 'saved' }
  | { kind: 'feed'; feedId: number }
  | { kind: 'folder'; folderId: number }
  | { kind: 'search'; query: string }

export type Folder = { id: number; parentId: number | null; title: string; position: number }

/** One source we follow. Times are milliseconds since 1970, UTC. */
export type Feed = {
  id: number
  url: string
  title: string
  /** The publisher's own title, where the user has given another. */
  originalTitle: string
  siteUrl: string | null
  description: string
  folderId: number | null
  position: number
  /** Path on the window's own origin; changes when the icon does. */
  iconUrl: string | null
  addedAt: number
  lastCheckedAt: number | null
  lastSuccessAt: number | null
  nextCheckAt: number | null
  /** Why the last refresh brought nothing, and since when that is so. */
  failure: Failure | null
  failingSince: number | null
  /** Not polled: because the user said so, or because the publisher says the feed is gone. */
  paused: 'by-user' | 'gone' | null
  /** Set while a permanent redirect has been adopted and can still be undone. */
  movedFrom: string | null
  /** How long its articles are kept; null: as the settings say. */
  retention: FeedRetention | null
}

/** How a feed's server is asked, where the user said so; null where it is asked as any other. */
export type FeedAccess = {
  userName: string | null
  /** Address of an HTTP proxy, without its password; 'direct' for none although the system has one. */
  proxy: string | null
  hasProxyPassword: boolean
  userAgent: string | null
}

export type Credentials = { userName: string; password: string }

/** How many articles the top sources list, and how many of them are unread. */
export type Counts = {
  all: number
  today: number
  todayUnread: number
  unread: number
  saved: number
  /** Feeds without unread ones are absent. */
  unreadByFeed: Record<number, number>
  /** All that a feed lists, read or not; feeds without any are absent. */
  listedByFeed: Record<number, number>
}

/** A run of plain text, and whether the search matched it. */
export type Segment = { text: string; isMatch: boolean }

/** One row of the middle pane. Carries no article text. */
export type HeadlineRow = {
  id: number
  /** Null once the feed is unsubscribed; a saved article outlives its feed. */
  feedId: number | null
  feedTitle: string
  feedIconUrl: string | null
  title: string
  summary: string
  author: string
  url: string | null
  /** The publisher's date, never later than when we first saw the article. Lists are ordered by (publishedAt, id). */
  publishedAt: number
  isRead: boolean
  isSaved: boolean
  /** Signed path of a thumbnail on the window's own origin. */
  imageUrl: string | null
  /** Set where an article has no title and is a picture: what to call it. */
  isPicture?: true
  /** Search only: the title and the passage that matched. */
  match?: { title: Segment[]; passage: Segment[] }
}

export type Enclosure = {
  url: string
  type: string
  length: number | null
  /** What the publisher says it is, where its type does not tell (Media RSS `medium`, a playing time of iTunes). */
  medium?: 'audio' | 'video' | 'image' | null
  /** Playing time in seconds. */
  duration?: number | null
  title?: string
}

export type Article = HeadlineRow & {
  /** When the publisher says it was last changed. */
  updatedAt: number | null
  firstSeenAt: number
  /** With the pictures that the feed gives beside the text, above it. */
  html: SafeHtml
  /** Enclosures that `html` shows. */
  shownEnclosures: string[]
  /** Its stored text can't be read any more; `html` is empty. The feed's next refresh brings it back where it still can. */
  isDamaged: boolean
  /** Signed paths on the window's own origin, by the address that stands in `html`. Nothing else may be loaded. */
  media: Record<string, string>
  categories: string[]
  enclosures: Enclosure[]
  commentsUrl: string | null
  /** How many comments there are, where the publisher says so. */
  commentsCount: number | null
  siteUrl: string | null
  /** Title and author of the feed's language, for hyphenation and reading direction; BCP 47 or empty. */
  language: string
}

/** The last row of a page; the next page starts after it. */
export type PageKey = { publishedAt: number; id: number }
export type HeadlinePage = {
  rows: HeadlineRow[]
  /** Where the next page starts; null at the end. */
  next: PageKey | null
  /** The highest article id that existed when the page was read: newer ones are 'new'. */
  newestId: number
  /** How many rows the whole list has, up to the `newestId` that was asked for; null for a search, and for a page that goes on. */
  total: number | null
}

export type FeedFormat = 'rss' | 'atom' | 'rdf' | 'json'

/** A feed that discovery found at an address, with a taste of what it brings. */
export type FoundFeed = {
  url: string
  title: string
  siteUrl: string | null
  format: FeedFormat
  latest: { title: string; publishedAt: number | null }[]
  /** The feed's id where it is followed already. */
  subscribedId: number | null
}

export type Discovery = { kind: 'found'; feeds: FoundFeed[] } | { kind: 'failed'; failure: Failure }

/** Why a feed, a page or a file could not be had. Data, never an exception; words in reasons.ts. */
export type Failure =
  | { reason: 'bad-address' }
  /** Neither an address nor a name that the catalogue knows; or one that several feeds of it have. */
  | { reason: 'unknown-name'; name: string }
  | { reason: 'unclear-name'; name: string; matches: { title: string; url: string }[] }
  | { reason: 'dns'; host: string }
  | { reason: 'refused'; host: string }
  | { reason: 'unreachable'; host: string }
  | { reason: 'offline' }
  | { reason: 'tls'; host: string; detail: string }
  | { reason: 'timeout'; seconds: number }
  | { reason: 'too-slow'; seconds: number }
  | { reason: 'too-large'; megabytes: number }
  | { reason: 'http'; status: number }
  | { reason: 'bot-wall'; status: number; host: string }
  | { reason: 'retry-later'; status: number; until: number; host: string }
  | { reason: 'gone' }
  | { reason: 'redirect-loop' }
  | { reason: 'bad-redirect'; to: string }
  | { reason: 'private-address'; host: string }
  | { reason: 'not-a-feed'; found: string[] }
  | { reason: 'malformed'; detail: string; line: number | null }
  | { reason: 'encoding'; charset: string }
  /** A file that is to be taken in, and is none that Broadsheet has exported. */
  | { reason: 'not-an-export'; detail: string }
  /** A file that is to be read as a list of feeds, and is something else. */
  | { reason: 'not-a-list'; found: FileKind }
  | { reason: 'unsafe'; detail: string }
  | { reason: 'worker-limit'; limit: 'time' | 'memory' }
  | { reason: 'bad-answer'; detail: string }
  /** It ended in the middle. What had come was kept; it is asked for whole again. */
  | { reason: 'cut-off' }
  /** It came, but could not be kept. `detail` is SQLite's code or the system's; empty for a mistake of ours. */
  | { reason: 'not-stored'; fault: 'full' | 'read-only' | 'damaged' | 'failing' | null; detail: string }

/** What a file is that was given for a list of feeds. 'no-feeds': it is OPML, and names none. */
export type FileKind =
  | 'empty'
  | 'no-feeds'
  | 'feed'
  | 'web-page'
  | 'bookmarks'
  | 'json'
  | 'xml'
  | 'plist'
  | 'text'
  | 'picture'
  | 'media'
  | 'pdf'
  | 'document'
  | 'zip'
  | 'archive'
  | 'database'
  | 'program'
  | 'binary'

/** Feeds of a refresh that are not asked now, and why. */
export type HeldBack = {
  /** Asked less than five minutes ago, the last of them then: asked again where the user insists on them. */
  recent: { feedIds: number[]; lastAskedAt: number } | null
  /** Left alone because their servers asked for it, whoever insists: the first until `from`, the last until `until`. */
  waiting: { feeds: number; from: number; until: number } | null
  /** Being refreshed already. */
  underWay: number
}

export type RefreshProgress = {
  /** Absolute for the run that is going on; all zero when none is. */
  isRunning: boolean
  done: number
  total: number
  failed: number
  newArticles: number
}

export type RefreshSummary = {
  feeds: number
  updated: number
  unchanged: number
  failed: { feedId: number; title: string; failure: Failure }[]
  newArticles: number
  wasCancelled: boolean
}

/** One outline of an OPML file, flattened: `path` are the folders above it. */
export type OpmlRow = { url: string; title: string; path: string[]; subscribedId: number | null }
export type OpmlPreview = {
  rows: OpmlRow[]
  problems: OpmlProblem[]
  /** Folders of the file that no feed is in. */
  emptyFolders: string[][]
  /** The file ends in the middle: what came after the last row is missing. */
  isCutOff: boolean
}
export type OpmlProblem = { title: string; url: string; failure: Failure }
export type ImportedRow = {
  url: string
  title: string
  outcome: 'added' | 'already-there' | 'failed'
  feedId: number | null
  failure: Failure | null
}

/** Where an article is read: how far into one of its blocks of text, in parts of that block's height. */
export type ReadingPlace = {
  /** Counted from 0; -1 for above the text, where `offset` is in px from the top. */
  block: number
  /** How the block begins: by that it is known again when the article has changed. */
  text: string
  offset: number
}

export type Settings = {
  theme: 'system' | 'light' | 'dark' | 'sepia'
  density: 'compact' | 'normal' | 'roomy'
  /** Article text, in px. */
  textSize: number
  /** Pane widths in px and what is folded away; kept here, since a browser's own storage belongs to one port. */
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
  /** Set while an article is long in being drawn: what is left here after an end may be why it ended. */
  showingArticleId: number | null
  /** How long articles are kept, where a feed has no rule of its own. */
  retention: Retention
  /** A folder of the user's own for backups, as a path; null for the one in the data folder. */
  backupFolder: string | null
}

/** How the panes stand beside each other. */
export type PaneLayout = Pick<Settings, 'sourcesWidth' | 'headlinesWidth' | 'isSourcesHidden'>

/** What holds where the user has chosen nothing: in the engine, and in a window till the engine has answered. */
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
