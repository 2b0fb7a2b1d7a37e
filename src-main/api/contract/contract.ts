/**
 * Everything a window may ask of the engine. Each call has a zod schema for its input, checked once, in the engine, and a type
 * for its output. The renderer imports types only. Events are in events.ts.
 */
import { z } from 'zod'
import type { Category, TopCategory } from '../categories/model.ts'
import { type DigestOutputs, digestCommands, digestQueries } from '../digest/calls.ts'
import { type MailOutputs, mailCommands, mailQueries } from '../mail/calls.ts'
import { type OutgoingOutputs, outgoingCommands, outgoingQueries } from '../mail/outgoing-calls.ts'
import type {
  Article,
  Counts,
  Discovery,
  Failure,
  Feed,
  FeedAccess,
  Folder,
  HeadlinePage,
  HeldBack,
  ImportedRow,
  LastPlace,
  MissingPage,
  OpmlPreview,
  Polling,
  RefreshProgress,
} from '../model.ts'
import type { Notice } from '../notices.ts'
import { once } from '../once.ts'
import { type ReadingOutputs, readingCommands, readingQueries } from '../reading/calls.ts'
import type { Settings } from '../settings.ts'
import {
  categoryName,
  credentials,
  feedRetention,
  id,
  ids,
  onFirstUse,
  pageKey,
  readingChanges,
  readingPlace,
  retention,
  settings,
  trendingHours,
  view,
} from '../shapes.ts'
import type { Backup, BackupFailure, Backups, DiskUsage, Health } from '../storage-model.ts'
import type { FollowedStory, Story, TrendingStory } from '../stories/model.ts'
import { correction } from '../stories/shapes.ts'

const address = once(() => z.string().trim().min(1).max(4_096))
const title = once(() => z.string().trim().min(1).max(300))
/** A list of feeds: text, or a file in base64, whose encoding is detected. At most 20 MB. */
const opmlSource = once(() =>
  z.strictObject({ text: z.string().max(20_000_000).optional(), file: z.string().max(26_700_000).optional() }),
)
const none = once(() => z.strictObject({}))
/** Address of an HTTP proxy, with a user name and password where it needs them; or 'direct' for none. */
const proxy = once(() => z.union([z.literal('direct'), z.url({ protocol: /^https?$/ }).max(500)]))

/** Queries change nothing; commands answer after their change is on disk (calls.ts declares which is which). */
export const inputs = onFirstUse({
  // queries
  sources: none,
  counts: none,
  headlines: () =>
    z.strictObject({
      view: view(),
      limit: z.int().min(1).max(1_000),
      after: pageKey().nullish(),
      unreadOnly: z.boolean().optional(),
      oldestFirst: z.boolean().optional(),
      /** Shown although read: what the user has open or has read since coming to this view. */
      keepIds: ids.optional(),
      /** Articles that came later are not in the total: they are counted by the pill. */
      newestId: z.int().min(0).optional(),
    }),
  /** How many articles of a view came after the given one: the '12 new' pill. */
  countNewer: () => z.strictObject({ view: view(), newestId: z.int().min(0) }),
  article: () => z.strictObject({ id }),
  /** Finds feeds for whatever the user typed. Takes up to 10 s. */
  discover: () =>
    z.strictObject({
      address: address(),
      credentials: credentials().optional(),
      /** The user was asked, since the name resolves to this machine or a private network, and allowed it. */
      allowPrivate: z.boolean().optional(),
    }),
  previewOpml: opmlSource,
  exportOpml: none,
  settings: none,
  lastPlace: none,
  refreshProgress: none,
  /** Whether feeds are polled by themselves. */
  polling: none,
  /** What a feed is fetched with where the user said so. Passwords are never answered. */
  feedAccess: () => z.strictObject({ feedId: id }),
  health: none,
  backups: none,
  /** What fills the disk. May take some seconds: it reads much of the database, in the maintenance thread. */
  diskUsage: none,
  /** How many articles these rules would delete; `feed` changes the rule of one feed. */
  previewRetention: () =>
    z.strictObject({
      retention: retention(),
      feed: z.strictObject({ feedId: id, retention: feedRetention().nullable() }).optional(),
    }),
  /** Everything in open formats, as one ZIP file: answers a signed path, valid for some minutes. */
  exportEverything: none,
  ...readingQueries,
  ...mailQueries,
  ...outgoingQueries,
  ...digestQueries,
  /** A story with all of its articles. */
  story: () => z.strictObject({ storyId: id }),
  /** Those that sources have joined first, then the latest. */
  followedStories: none,
  /** The stories that most sources have written about in these hours, the first one first. */
  trending: () => z.strictObject({ hours: trendingHours() }),
  /** What is known of a category, in any of its spellings. */
  category: () => z.strictObject({ name: categoryName() }),
  /** The categories that most sites have used in these days, at least two of them, the first one first. */
  topCategories: () => z.strictObject({ days: z.int().min(1).max(28) }),

  // commands
  addFeed: () =>
    z.strictObject({
      url: address(),
      title: title().optional(),
      folderId: id.nullish(),
      credentials: credentials().optional(),
      /** As for discover. */
      allowPrivate: z.boolean().optional(),
    }),
  importOpml: () =>
    opmlSource().extend({
      /** Indexes of preview rows to import; all when absent. */
      rows: z.array(z.int().min(0)).max(200_000).optional(),
      /** Follow addresses on this machine or a private network too. */
      allowPrivate: z.boolean().optional(),
      /** Fetch what was added at once; true when absent. */
      fetchNow: z.boolean().optional(),
    }),
  renameFeed: () => z.strictObject({ feedId: id, title: title().nullable() }),
  moveFeeds: () => z.strictObject({ feedIds: ids, folderId: id.nullable(), position: z.int().min(0).optional() }),
  unsubscribe: () => z.strictObject({ feedIds: ids }),
  setPaused: () => z.strictObject({ feedIds: ids, isPaused: z.boolean() }),
  /** Gives a feed another address, for example back the one it had before it moved. `allowPrivate` as for discover. */
  changeFeedUrl: () => z.strictObject({ feedId: id, url: address(), allowPrivate: z.boolean().optional() }),
  /** What is absent stays; null deletes it. The feed is fetched at once. */
  setFeedAccess: () =>
    z.strictObject({
      feedId: id,
      credentials: credentials().nullish(),
      proxy: proxy().nullish(),
      userAgent: z
        .string()
        .trim()
        .min(1)
        .max(300)
        .regex(/^[\x20-\x7e]+$/)
        .nullish(),
    }),
  createFolder: () => z.strictObject({ title: title(), parentId: id.nullish() }),
  renameFolder: () => z.strictObject({ folderId: id, title: title() }),
  moveFolder: () => z.strictObject({ folderId: id, parentId: id.nullable() }),
  /** Its feeds and folders move up to its parent. */
  removeFolder: () => z.strictObject({ folderId: id }),
  /**
   * All that a click on a headline does: answers the article, marks it read where `marksRead` says so, and notes it as open,
   * at this scroll position. The window then says by keepPlace that it is drawn.
   */
  openArticle: () => z.strictObject({ articleId: id, marksRead: z.boolean(), within: readingPlace().nullish() }),
  /** What is absent stays. `articleId` null: none is open any more. `drawnId`: this article is drawn, or not to be. */
  keepPlace: () =>
    z.strictObject({
      view: view().optional(),
      articleId: z.null().optional(),
      within: readingPlace().nullish(),
      drawnId: id.optional(),
    }),
  markRead: () => z.strictObject({ articleIds: ids, isRead: z.boolean() }),
  /** Marks what a view lists, up to the newest article the window knew of. */
  markViewRead: () => z.strictObject({ view: view(), newestId: z.int().min(0) }),
  setSaved: () => z.strictObject({ articleIds: ids, isSaved: z.boolean() }),
  /** What the reader knows better of a story. It holds from now on, also where stories are found anew. */
  correctStory: correction,
  /** What is called `from` is the category `to` from now on, in all articles. */
  joinCategories: () => z.strictObject({ from: categoryName(), to: categoryName() }),
  /** A name that was joined to a category is one of its own again. */
  separateCategory: () => z.strictObject({ name: categoryName() }),
  followStory: () => z.strictObject({ storyId: id, isFollowed: z.boolean() }),
  /** The reader has looked at a story, and was shown these articles: what is new in it, if it is followed, is what comes then. */
  lookAtStory: () => z.strictObject({ storyId: id, articleIds: ids }),
  /** Fetches a web page by its address, and saves it under 'Pages'. `allowPrivate` as for discover. */
  savePage: () => z.strictObject({ url: address(), allowPrivate: z.boolean().optional() }),
  ...readingCommands,
  ...mailCommands,
  ...outgoingCommands,
  ...digestCommands,
  /** Undoes a command by the undoId it answered. */
  undo: () => z.strictObject({ undoId: id }),
  /** Refreshes the feeds of a view (all feeds when absent). Answers when it has started. */
  refresh: () =>
    z.strictObject({
      view: view().optional(),
      /** Also feeds that were fetched minutes ago: for the command line. Never those whose server asked us to wait. */
      isForced: z.boolean().optional(),
      /** Of these also those that were fetched minutes ago: the user has been told, and insists. */
      insistOn: ids.optional(),
    }),
  cancelRefresh: none,
  /** What the computer runs on: told by the host in Electron, by the windows in a browser. Not kept over a restart. */
  tellPower: () => z.strictObject({ isOnBattery: z.boolean(), isMetered: z.boolean(), isSuspended: z.boolean() }),
  /** Polls nothing until then, after a restart either; what the user refreshes is fetched all the same. 'now' ends it. */
  pausePolling: () => z.strictObject({ until: z.enum(['in-an-hour', 'tomorrow', 'now']) }),
  /** What is to be shown by the system. It is answered once: to the client that shows it. */
  takeNotices: none,
  changeSettings: () => settings().partial(),
  /** Null: as the settings say. */
  setFeedRetention: () => z.strictObject({ feedId: id, retention: feedRetention().nullable() }),
  /** How the articles of feeds, or of all feeds in a folder that say nothing themselves, are read. */
  setReading: () =>
    z.strictObject({
      of: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('feeds'), feedIds: ids }),
        z.strictObject({ kind: z.literal('folder'), folderId: id }),
      ]),
      reading: readingChanges(),
    }),
  /** Makes a verified copy now. Answers when it is there. */
  backUpNow: none,
  /** Goes back to a backup by its name, after a backup of the present database. All windows connect again. */
  restoreBackup: () => z.strictObject({ name: z.string().min(1).max(200) }),
  /** The user has read what was recovered. */
  dismissRecovery: none,
  /** Ends safe mode: polls again. */
  leaveSafeMode: none,
  /** Imports a ZIP file of exportEverything, in base64. Saved articles and feeds are added to what is there. */
  // That it is base64 is checked by the worker: checking 100 MB of it would block the engine for half a second.
  importEverything: () =>
    z.strictObject({
      archive: z.string().max(280_000_000),
      /** Follow addresses on this machine or a private network too. */
      allowPrivate: z.boolean().optional(),
    }),
})

export type Name = keyof typeof inputs
/** What a window sends, and what it is once checked. */
export type Input<N extends Name> = z.input<(typeof inputs)[N]>
export type Checked<N extends Name> = z.output<(typeof inputs)[N]>

/** Null when nothing was changed. */
export type Undoable = { undoId: number | null }

/**
 * What was changed again since the command stays as it is: all of it (`because`), or `left` of many things. Without `because`:
 * it was undone before, is too old, or a backup was restored since.
 */
export type Undone = { isUndone: true; left?: number } | { isUndone: false; because?: 'changed-since' | 'gone' }

export type Outputs = ReadingOutputs &
  MailOutputs &
  OutgoingOutputs &
  DigestOutputs & {
    sources: { feeds: Feed[]; folders: Folder[]; counts: Counts }
    counts: Counts
    headlines: HeadlinePage
    countNewer: { count: number }
    article: Article | null
    discover: Discovery
    previewOpml: ({ kind: 'read' } & OpmlPreview) | { kind: 'failed'; failure: Failure }
    exportOpml: { text: string }
    settings: Settings
    lastPlace: LastPlace
    refreshProgress: RefreshProgress
    polling: Polling
    feedAccess: FeedAccess
    health: Health
    backups: Backups
    diskUsage: DiskUsage
    previewRetention: { wouldDelete: number }
    exportEverything: { path: string; bytes: number; name: string }
    /** Null: there is no such story any more. */
    story: Story | null
    followedStories: { stories: FollowedStory[] }
    /** `isGrouping`: articles wait to be compared with others. */
    trending: { stories: TrendingStory[]; isGrouping: boolean }
    category: Category
    topCategories: { categories: TopCategory[] }

    addFeed:
      | { kind: 'added'; feed: Feed; newArticles: number; undoId: number }
      | { kind: 'already-there'; feedId: number }
      | { kind: 'failed'; failure: Failure }
    importOpml:
      | {
          kind: 'imported'
          rows: ImportedRow[]
          undoId: number | null
          isCutOff: boolean
          /** Feeds that are being fetched: each ends with a 'feed-changed', all of them with 'refresh-finished'. */
          fetching: number
        }
      | { kind: 'failed'; failure: Failure }
    renameFeed: Undoable
    moveFeeds: Undoable
    unsubscribe: Undoable
    setPaused: Undoable
    changeFeedUrl:
      | ({ kind: 'changed' } & Undoable)
      | { kind: 'taken'; feedId: number }
      | { kind: 'failed'; failure: Failure }
    setFeedAccess: Undoable
    createFolder: { folderId: number } & Undoable
    renameFolder: Undoable
    moveFolder: Undoable
    removeFolder: Undoable
    /** Null: there is no such article. */
    openArticle: { article: Article | null } & Undoable
    keepPlace: Record<string, never>
    markRead: { changed: number } & Undoable
    markViewRead: { changed: number } & Undoable
    setSaved: { changed: number } & Undoable
    correctStory: Undoable
    followStory: Undoable
    joinCategories: Undoable
    separateCategory: Undoable
    lookAtStory: Record<string, never>
    savePage:
      | { kind: 'saved'; articleId: number; undoId: number; missing?: MissingPage }
      | { kind: 'already-there'; articleId: number }
      | { kind: 'failed'; failure: Failure }
    undo: Undone
    /**
     * `total` feeds are being fetched; `paused` ones are not, nor is any in safe mode. `isElsewhere`: the Broadsheet that has a
     * window open on this folder does it. `asksMailboxes`: what comes by mail is looked for, too.
     */
    refresh: { total: number; paused: number; isSafeMode?: true; isElsewhere?: true; asksMailboxes?: true } & HeldBack
    cancelRefresh: Record<string, never>
    pausePolling: Polling
    tellPower: Record<string, never>
    takeNotices: { notices: Notice[] }
    /** An undoId for retention and the folder of backups alone: the user sets the others back where they were set. */
    changeSettings: { settings: Settings } & Undoable
    setFeedRetention: Undoable
    setReading: Undoable
    backUpNow: { kind: 'made'; backup: Backup } | { kind: 'failed'; failure: BackupFailure }
    restoreBackup: { kind: 'restoring' } | { kind: 'failed'; failure: BackupFailure }
    dismissRecovery: Record<string, never>
    leaveSafeMode: Record<string, never>
    importEverything:
      | {
          kind: 'imported'
          feeds: number
          folders: number
          saved: number
          alreadyThere: number
          /** Feeds on this machine or a private network, not followed since the user has not allowed it. */
          refused: number
          /** Elements of saved.json that are not articles. */
          unreadable: number
        }
      | { kind: 'failed'; failure: Failure }
  }
export type Output<N extends Name> = Outputs[N]
