/**
 * Everything a window may ask of the engine.
 * Each entry has a zod schema for its input, checked once, in the engine, and a type for its output.
 * The renderer imports types only. What it hears unasked is in events.ts.
 */
import { z } from 'zod'
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
  OpmlPreview,
  RefreshProgress,
  Settings,
} from './model.ts'
import {
  address,
  credentials,
  feedRetention,
  id,
  ids,
  none,
  onFirstUse,
  opmlSource,
  pageKey,
  proxy,
  retention,
  settings,
  title,
  view,
} from './shapes.ts'
import type { Backup, BackupFailure, Backups, Health, StorageReport } from './storage-model.ts'

/** Queries change nothing; commands answer after their change is on disk (calls.ts says of each what it does). */
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
      /** Articles that came later are left out of the total: they wait behind the pill. */
      newestId: z.int().min(0).optional(),
    }),
  /** How many articles of a view came after the given one: the '12 new' pill. */
  countNewer: () => z.strictObject({ view: view(), newestId: z.int().min(0) }),
  article: () => z.strictObject({ id }),
  /** Looks for feeds at whatever the user typed. Takes up to 10 s. */
  discover: () =>
    z.strictObject({
      address: address(),
      credentials: credentials().optional(),
      /** The user was told that the name leads to this machine or a private network, and wants it. */
      allowPrivate: z.boolean().optional(),
    }),
  previewOpml: opmlSource,
  exportOpml: none,
  settings: none,
  refreshProgress: none,
  /** How a feed's server is asked, where the user said so. Passwords never come back. */
  feedAccess: () => z.strictObject({ feedId: id }),
  health: none,
  backups: none,
  /** How full the disk is and with what. May take some seconds: it reads much of the database, in a thread of its own. */
  storageReport: none,
  /** How many articles would go if articles were kept so; for one feed where it has a rule of its own. */
  previewRetention: () =>
    z.strictObject({
      retention: retention(),
      feed: z.strictObject({ feedId: id, retention: feedRetention().nullable() }).optional(),
    }),
  /** Everything in open formats, as one ZIP file: a signed path to download it from, good for some minutes. */
  exportEverything: none,

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
      /** Indexes of preview rows to take; all when absent. */
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
  /** What is absent stays; null takes it away. The feed is asked again at once. */
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
  /** Takes the folder away; its feeds and folders move up to its parent. */
  removeFolder: () => z.strictObject({ folderId: id }),
  markRead: () => z.strictObject({ articleIds: ids, isRead: z.boolean() }),
  /** Marks what a view showed, up to the newest article the window knew of. */
  markViewRead: () => z.strictObject({ view: view(), newestId: z.int().min(0) }),
  setSaved: () => z.strictObject({ articleIds: ids, isSaved: z.boolean() }),
  /** Takes back a command by the undoId it answered. */
  undo: () => z.strictObject({ undoId: id }),
  /** Refreshes now what the view holds (all feeds when absent). Answers when it has started. */
  refresh: () =>
    z.strictObject({
      view: view().optional(),
      /** All of it, also what was asked minutes ago: for the command line. Never what a server asked us to leave alone. */
      isForced: z.boolean().optional(),
      /** These feeds of it, although they were asked minutes ago: the user has been told, and insists. */
      insistOn: ids.optional(),
    }),
  cancelRefresh: none,
  changeSettings: () => settings().partial(),
  /** Null: as the settings say. */
  setFeedRetention: () => z.strictObject({ feedId: id, retention: feedRetention().nullable() }),
  /** Makes a verified copy now. Answers when it is there. */
  backUpNow: none,
  /** Goes back to a backup by its name. What is there now is kept as a backup first. All windows connect anew. */
  restoreBackup: () => z.strictObject({ name: z.string().min(1).max(200) }),
  /** The user has read what was recovered. */
  dismissRecovery: none,
  /** Ends safe mode: polls again. */
  leaveSafeMode: none,
  /** Takes in a ZIP file of exportEverything, in base64. What is there stays; saved articles and feeds are added. */
  // Whether it is base64 is seen where it is unpacked: looking at 100 MB of it would hold the engine for half a second.
  importEverything: () =>
    z.strictObject({
      archive: z.string().max(280_000_000),
      /** Follow addresses on this machine or a private network too. */
      allowPrivate: z.boolean().optional(),
    }),
})

export type Name = keyof typeof inputs
/** What a window sends, and what the engine works with once it is checked. */
export type Input<N extends Name> = z.input<(typeof inputs)[N]>
export type Checked<N extends Name> = z.output<(typeof inputs)[N]>

/** What a command that can be taken back answers; null when there was nothing to do. */
export type Undoable = { undoId: number | null }

/**
 * What came of taking something back. What somebody has changed since stays as it is now: all of it (`because`), or some
 * things of many (`left` of them). Without `because`: it was taken back before, is too old, or a backup was restored since.
 */
export type Undone = { isUndone: true; left?: number } | { isUndone: false; because?: 'changed-since' | 'gone' }

export type Outputs = {
  sources: { feeds: Feed[]; folders: Folder[]; counts: Counts }
  counts: Counts
  headlines: HeadlinePage
  countNewer: { count: number }
  article: Article | null
  discover: Discovery
  previewOpml: ({ kind: 'read' } & OpmlPreview) | { kind: 'failed'; failure: Failure }
  exportOpml: { text: string }
  settings: Settings
  refreshProgress: RefreshProgress
  feedAccess: FeedAccess
  health: Health
  backups: Backups
  storageReport: StorageReport
  previewRetention: { wouldDelete: number }
  exportEverything: { path: string; bytes: number; name: string }

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
        /** Feeds that are being fetched now: 'feed-changed' tells what came of each, 'refresh-finished' that all are done. */
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
  markRead: { changed: number } & Undoable
  markViewRead: { changed: number } & Undoable
  setSaved: { changed: number } & Undoable
  undo: Undone
  /**
   * `total` feeds are being asked. `paused` ones are not, nor is anything in safe mode. `isElsewhere`: the Broadsheet that has
   * a window open on this folder does it.
   */
  refresh: { total: number; paused: number; isSafeMode?: true; isElsewhere?: true } & HeldBack
  cancelRefresh: Record<string, never>
  /** Of how long articles are kept and where backups go; the rest is set back where it was set. */
  changeSettings: { settings: Settings } & Undoable
  setFeedRetention: Undoable
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
        /** Feeds on this machine or a private network, not followed since nobody allowed it. */
        refused: number
        /** Elements of saved.json that are no articles. */
        unreadable: number
      }
    | { kind: 'failed'; failure: Failure }
}
export type Output<N extends Name> = Outputs[N]
