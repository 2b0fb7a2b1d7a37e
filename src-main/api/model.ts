/** What a window and the engine talk about: plain JSON, in the words of docs/architecture.md. */

import type { DiskFault } from './errors.ts'
import type { FileKind } from './reasons-file.ts'
import type { ReadingOptions, ReadingValues } from './settings.ts'
import type { articleFormat, credentials, pageKey, readingPlace, Shaped, view } from './shapes.ts'
import type { FeedRetention } from './storage-model.ts'

declare const safe: unique symbol
/** HTML that has been through sanitizeHtml. Only that function makes one. */
export type SafeHtml = string & { readonly [safe]: true }

/**
 * The prefix of every `id` in sanitised HTML, and of the fragment of a link within the article. No id of the window begins
 * with it, so that no publisher's id shadows one of ours.
 */
export const articleIdPrefix = 'article-'

export type View = Shaped<typeof view>

export type Folder = {
  id: number
  parentId: number | null
  title: string
  position: number
  /** What it says itself; what is absent is inherited (settings.ts). */
  reading: ReadingOptions
}

/**
 * 'newsletter': its articles come by mail. 'pages': those that were saved by their address. 'digest': Broadsheet writes them,
 * of what came from the others.
 */
export type FeedKind = 'web' | 'newsletter' | 'pages' | 'digest'

/** One source we follow. Times are milliseconds since 1970, UTC. */
export type Feed = {
  id: number
  kind: FeedKind
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
  /** Why the last fetch failed, and since when they have been failing. */
  failure: Failure | null
  failingSince: number | null
  /** Not polled: the user paused it, or its server says that it is gone. */
  paused: 'by-user' | 'gone' | null
  /** The address before a permanent redirect was followed, which can be given back to it. */
  movedFrom: string | null
  /** How long its articles are kept; null: as the settings say. */
  retention: FeedRetention | null
  /** What it says itself; what is absent is inherited (settings.ts). */
  reading: ReadingOptions
}

/** What a feed is fetched with where the user said so; null where it is fetched as any other. */
export type FeedAccess = {
  userName: string | null
  /** Address of an HTTP proxy, without its password; 'direct' for none although the system has one. */
  proxy: string | null
  hasProxyPassword: boolean
  userAgent: string | null
}

export type Credentials = Shaped<typeof credentials>

/** How many articles the top sources list, and how many of them are unread. */
export type Counts = {
  all: number
  today: number
  todayUnread: number
  unread: number
  /** Unread ones that the title and the program's icon show, as the settings say. */
  badge: number
  saved: number
  /** Of the saved ones, pages that were saved by their address. */
  pages: number
  /** Feeds without unread ones are absent. */
  unreadByFeed: Record<number, number>
  /** Read and unread; feeds without any are absent. */
  listedByFeed: Record<number, number>
  /** Of what the feeds within a folder count, what is a copy of another there; folders without any are absent. */
  copiesByFolder: Record<number, { listed: number; unread: number }>
}

/** A run of plain text, and whether the search matched it. */
export type Segment = { text: string; isMatch: boolean }

/**
 * A story that is covered by so many of your sources, two or more: registrable domains, each counted once. `hasNew`: it is
 * followed, and sources have joined since the reader last looked at it.
 */
export type StoryRef = { id: number; sources: number; hasNew?: true }

/** The same article in another feed. */
export type Copy = { id: number; feedTitle: string }

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
  /** It, or a copy of it. */
  isSaved: boolean
  /** Other feeds that have it, too: what is done to it is done to these. */
  copies?: Copy[]
  /** When its publisher last changed it after it had been read; absent once it was opened again. */
  editedAt?: number
  /** Signed path of a thumbnail on the window's own origin. */
  imageUrl: string | null
  /** It has no title and is a picture: the window names it so. */
  isPicture?: true
  /** Opening it opens its page in the browser, as its feed's reading options say. */
  opensPage?: true
  /** Where its feed's reading options say it. */
  direction?: 'ltr' | 'rtl'
  /** Where others of your sources have written about the same event. */
  story?: StoryRef
  /** Search only: the title and the passage that matched. */
  match?: { title: Segment[]; passage: Segment[] }
}

export type Enclosure = {
  url: string
  type: string
  length: number | null
  /** By the feed, where its type says nothing (Media RSS `medium`, a playing time of iTunes). */
  medium?: 'audio' | 'video' | 'image' | null
  /** Playing time in seconds. */
  duration?: number | null
  title?: string
  /** Its chapters, or the address of a file that has them (Podcasting 2.0). */
  chapters?: string | FeedChapter[]
}

/** As its feed, a file or the sound itself gives it. Addresses are the publisher's. */
export type FeedChapter = { start: number; title: string; url?: string; image?: string }

export type Article = HeadlineRow & {
  /** When the publisher says it was last changed. */
  updatedAt: number | null
  /** When its publisher last changed what we have of it: earlier versions are kept. */
  lastEditAt: number | null
  firstSeenAt: number
  /** With the pictures that the feed has beside the text put above it. */
  html: SafeHtml
  /** Enclosures that are in the text that is shown. */
  shownEnclosures: string[]
  /** Its stored text can't be read any more; `html` is empty. The feed's next refresh brings it back where it still can. */
  isDamaged: boolean
  /** Signed paths on the window's own origin, by the address in the text that is shown. Nothing else may be loaded. */
  media: Record<string, string>
  /** Width and height in px of those pictures that were fetched before, by the address in `html`. */
  pictureSizes: Record<string, [width: number, height: number]>
  /** As they are shown: each once, and joined as the reader wants them (api/categories). */
  categories: string[]
  enclosures: Enclosure[]
  commentsUrl: string | null
  commentsCount: number | null
  siteUrl: string | null
  /** What holds for its feed. With 'never' no address of a picture is in `media`. */
  reading: ReadingValues
  /** Title and author of the feed's language, for hyphenation and reading direction; BCP 47 or empty. */
  language: string
  /** The feed gives only how it begins, as far as can be told. */
  isTeaser: boolean
  /** Null where its page has not been asked for. */
  fullText: FullText | null
  /** The text of the page is shown, and not that of the feed: chosen by the reader, or by what is set for the feed. */
  isFullTextShown: boolean
  /** Its full text is to be fetched when it is opened, as is set for its feed. */
  isFullTextWanted: boolean
}

/**
 * Of an article in several pages, the first that its text is without, with its address. `failure`: why it could not be had;
 * null where the article has more pages than are joined.
 */
export type MissingPage = { page: number; url: string; failure: Failure | null }

/** The article as its page on the web has it, or why it could not be had. `fetchedAt` in ms. */
export type FullText =
  | {
      kind: 'text'
      html: SafeHtml
      title: string
      byline: string
      url: string
      fetchedAt: number
      /** Absent where it is whole. */
      missing?: MissingPage
    }
  | { kind: 'failed'; failure: Failure; url: string; fetchedAt: number }

/** The text of an article that is shown. */
export function shownHtml({
  html,
  fullText,
  isFullTextShown,
}: Pick<Article, 'html' | 'fullText' | 'isFullTextShown'>): SafeHtml {
  return isFullTextShown && fullText?.kind === 'text' ? fullText.html : html
}

export type ArticleFormat = Shaped<typeof articleFormat>

/** The last row of a page; the next page starts after it. */
export type PageKey = Shaped<typeof pageKey>
export type HeadlinePage = {
  rows: HeadlineRow[]
  /** Null at the end. */
  next: PageKey | null
  /** The highest article id when the page was read: those above it are new. */
  newestId: number
  /** Rows of the whole list, up to the `newestId` of the request; null for a search, and for a later page. */
  total: number | null
}

export type FeedFormat = 'rss' | 'atom' | 'rdf' | 'json'

/** A feed that discovery found at an address, with its latest articles. */
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

/** What a page is instead of the article it was asked for. 'less-than-feed': an article, of which the feed gave more. */
export type NoArticle =
  | 'paywall'
  | 'log-in'
  | 'consent'
  | 'bot-wall'
  | 'error-page'
  | 'not-an-article'
  | 'less-than-feed'

/** Why a feed, a page or a file could not be fetched or read. Data, never an exception; words in reasons.ts. */
export type Failure =
  | { reason: 'bad-address' }
  /** Neither an address nor a name in the catalogue; or a name that several of its feeds have. */
  | { reason: 'unknown-name'; name: string }
  | { reason: 'unclear-name'; name: string; matches: { title: string; url: string }[] }
  | { reason: 'dns'; host: string }
  | { reason: 'refused'; host: string }
  | { reason: 'unreachable'; host: string }
  | { reason: 'offline' }
  /** The network answers in the place of servers: a captive portal. */
  | { reason: 'sign-in' }
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
  /** Of a file that is imported as an export of Broadsheet. */
  | { reason: 'not-an-export'; detail: string }
  /** Of a file that is imported as a list of feeds. */
  | { reason: 'not-a-list'; found: FileKind }
  /** Of a page that was fetched for the full text of an article. */
  | { reason: 'no-article'; found: NoArticle; host: string }
  | { reason: 'unsafe'; detail: string }
  | { reason: 'worker-limit'; limit: 'time' | 'memory' }
  | { reason: 'bad-answer'; detail: string }
  /** The body ended early. Its complete items were stored; the next request is unconditional. */
  | { reason: 'cut-off' }
  /** `detail` is SQLite's code or the system's; empty for a mistake of ours. */
  | { reason: 'not-stored'; fault: DiskFault | null; detail: string }

/** Feeds of a refresh that are not fetched now, and why. */
export type HeldBack = {
  /** Fetched less than five minutes ago, the latest at `lastAskedAt`: fetched again where the user insists. */
  recent: { feedIds: number[]; lastAskedAt: number } | null
  /** Their servers asked us to wait, the first until `from`, the last until `until`; nobody can insist on these. */
  waiting: { feeds: number; from: number; until: number } | null
  /** Being refreshed already. */
  underWay: number
}

export type RefreshProgress = {
  /** The numbers are of the refresh under way; zero when none is. */
  isRunning: boolean
  done: number
  total: number
  failed: number
  newArticles: number
}

/** What the computer runs on, as far as a host or a window can tell. `isSuspended`: it is about to sleep, until it says otherwise. */
export type Power = { isOnBattery: boolean; isMetered: boolean; isSuspended: boolean }

/**
 * `pausedUntil` (ms): no feed is polled by itself until then; null where all are when they are due. `power` is what was told
 * last: on battery, or where each byte costs, feeds are asked less often if the settings say so.
 */
export type Polling = { pausedUntil: number | null; power: Power; network: Network }

/**
 * 'offline': nobody answers. 'sign-in': the network answers in the place of all servers, until one has signed in (a captive
 * portal). No feed is blamed for either.
 */
export type Network = 'online' | 'offline' | 'sign-in'

export type RefreshSummary = {
  feeds: number
  updated: number
  unchanged: number
  failed: { feedId: number; title: string; failure: Failure }[]
  newArticles: number
  wasCancelled: boolean
}

/** One outline of an OPML file; `path` are the folders above it. */
export type OpmlRow = { url: string; title: string; path: string[]; subscribedId: number | null }
export type OpmlPreview = {
  rows: OpmlRow[]
  problems: OpmlProblem[]
  /** Folders of the file that no feed is in. */
  emptyFolders: string[][]
  /** The file ends early: what came after the last row is missing. */
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

export type ReadingPlace = Shaped<typeof readingPlace>

/** Where the reader was when the window was last closed. No setting: it changes with every click, and may be lost. */
export type LastPlace = {
  view: View
  /** The open article; null for none. */
  articleId: number | null
  /** The scroll position in it; null for its beginning. */
  within: ReadingPlace | null
  /** An article that takes long to draw: one that is left here at a start may have caused the crash. */
  undrawnId: number | null
}

export const firstPlace: LastPlace = { view: { kind: 'all' }, articleId: null, within: null, undrawnId: null }
