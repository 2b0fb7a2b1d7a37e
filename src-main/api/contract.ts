/**
 * Everything a window may ask of the engine and hear from it.
 * Each entry has a zod schema for its input, checked once, in the engine, and a type for its output.
 * The renderer imports types only.
 */
import { z } from 'zod'
import type { Backup, BackupFailure, Backups, FeedRetention, Health, Retention, StorageReport } from './keeping.ts'
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
  RefreshSummary,
  Settings,
  View,
} from './model.ts'

/*
 * zod makes an object of some forty functions for each shape, and all of ours together took 60 ms of every start: each is
 * made when it is first asked for.
 */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined
  return () => (made ??= make())
}

function onFirstUse<Shapes extends object>(makers: { [N in keyof Shapes]: () => Shapes[N] }): Readonly<Shapes> {
  const shapes = {} as Shapes
  for (const name of Object.keys(makers) as (keyof Shapes)[]) {
    Object.defineProperty(shapes, name, { enumerable: true, get: once(makers[name]) })
  }
  return shapes
}

const id = z.int().positive()
/** Checked in one loop: zod looks at 200,000 ids for 40 to 100 ms, on the thread that answers every window. */
const ids = z.custom<number[]>(value => Array.isArray(value) && value.length <= 200_000 && value.every(isId))

function isId(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0
}

const address = once(() => z.string().trim().min(1).max(4_096))
const title = once(() => z.string().trim().min(1).max(300))
/** A list of feeds: text, or a file in base64, whose encoding the engine finds out. At most 20 MB. */
const opmlSource = once(() =>
  z.strictObject({ text: z.string().max(20_000_000).optional(), file: z.string().max(26_700_000).optional() }),
)

export const view = once(
  () =>
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('all') }),
      z.strictObject({ kind: z.literal('today') }),
      z.strictObject({ kind: z.literal('unread') }),
      z.strictObject({ kind: z.literal('saved') }),
      z.strictObject({ kind: z.literal('feed'), feedId: id }),
      z.strictObject({ kind: z.literal('folder'), folderId: id }),
      z.strictObject({ kind: z.literal('search'), query: z.string().max(1_000) }),
    ]) satisfies z.ZodType<View>,
)

const feedRetention = once(
  () =>
    z.strictObject({
      days: z.int().min(1).max(36_500).nullable(),
      perFeed: z.int().min(1).max(1_000_000).nullable(),
      includesUnread: z.boolean(),
    }) satisfies z.ZodType<FeedRetention>,
)
const retention = once(
  () =>
    feedRetention().extend({
      megabytes: z.int().min(50).max(1_000_000).nullable(),
    }) satisfies z.ZodType<Retention>,
)

const pageKey = once(() => z.strictObject({ publishedAt: z.number(), id }))

export const settings = once(
  () =>
    z.strictObject({
      theme: z.enum(['system', 'light', 'dark', 'sepia']),
      density: z.enum(['compact', 'normal', 'roomy']),
      textSize: z.number().min(12).max(32),
      sourcesWidth: z.number().min(160).max(600),
      headlinesWidth: z.number().min(240).max(900),
      isSourcesHidden: z.boolean(),
      collapsedFolders: z.array(id).max(10_000),
      newestFirst: z.boolean(),
      unreadOnly: z.boolean(),
      loadImages: z.boolean(),
      lastView: view(),
      lastArticleId: id.nullable(),
      lastArticlePlace: z.strictObject({ block: z.int(), text: z.string().max(200), offset: z.number() }).nullable(),
      showingArticleId: id.nullable(),
      retention: retention(),
      backupFolder: z.string().trim().min(1).max(1_000).nullable(),
    }) satisfies z.ZodType<Settings>,
)

const none = once(() => z.strictObject({}))
/** Basic credentials (RFC 7617). The user name may be empty, the password too; they are kept sealed. */
const credentials = once(() =>
  z.strictObject({
    userName: z
      .string()
      .max(300)
      .regex(/^[^:]*$/),
    password: z.string().max(1_000),
  }),
)
/** Address of an HTTP proxy, or 'direct' for none. */
const proxy = once(() => z.union([z.literal('direct'), z.url({ protocol: /^https?$/ }).max(500)]))

/** Queries change nothing; commands answer after their change is on disk. */
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

/** What a window hears. Absolute values and ids, never differences. */
export type Events = {
  /** Feeds or folders were added, removed or moved: ask for `sources` again. */
  'sources-changed': Record<string, never>
  /** One feed is now so (after a refresh, a rename...). */
  'feed-changed': { feed: Feed }
  'counts-changed': { counts: Counts }
  'articles-changed': { articleIds: number[]; isRead?: boolean; isSaved?: boolean }
  /** More articles changed than are worth listing: ask for your rows again. */
  'all-changed': Record<string, never>
  /** A refresh stored new or edited articles. */
  'articles-arrived': { feedId: number; newIds: number[]; editedIds: number[] }
  'refresh-progress': RefreshProgress
  'refresh-finished': RefreshSummary
  'settings-changed': { settings: Settings }
  'health-changed': { health: Health }
  /** A backup began, ended or failed. */
  'backups-changed': { backups: Backups }

  /** From the host: a `feed:` or `broadsheet:` link was opened. Show it in the add dialog; never add it unasked. */
  'open-address': { address: string }
  /** From the host: chosen in the application's menu. */
  'menu-command': { command: MenuCommand }
}
export type EventName = keyof Events

/** What the application's menu can ask of a window. */
export type MenuCommand =
  | 'add-feed'
  | 'import-opml'
  | 'export-opml'
  | 'settings'
  | 'undo'
  | 'find'
  | 'refresh-view'
  | 'refresh-all'
  | 'mark-shown-read'
  | 'next-unread'
  | 'toggle-read'
  | 'toggle-saved'
  | 'open-original'
  | 'toggle-sources'
  | 'shortcuts'

/** What the engine refuses or cannot do; the window has the words. */
export type EngineErrorCode =
  | 'invalid-input'
  | 'unknown-name'
  | 'not-found'
  /** Of a search: the same window has asked for another one since. */
  | 'superseded'
  | 'storage-full'
  | 'storage-read-only'
  | 'storage-damaged'
  | 'closed'
  | 'internal'
