/**
 * What each call of the contract does to the database: declared here once, and read by the engine, the window and the tests. A
 * call that is added to the contract does not compile until it is declared. Without zod, since the window imports it, too.
 */
import type { Name, Outputs } from './contract.ts'

/** Changes nothing: the window repeats it when the connection ended before the answer. */
export type Query = { kind: 'query' }

/** May have been done when the connection ends before the answer, and is not repeated, unless it says so. */
export type Command<N extends Name> = {
  kind: 'command'
  /**
   * What it may change of what the journal holds; the journal is written before the command answers. `runCall` writes 'sources'
   * (feeds, folders and mailboxes with all that the user set for them) and 'settings'; the command itself writes 'articles', chunk by
   * chunk, 'stories' (what was decided of them), 'categories' (how they are joined) and 'anything', since only it knows what
   * it changed.
   */
  touches: 'sources' | 'settings' | 'articles' | 'stories' | 'categories' | 'anything' | null
  /**
   * 'one': one transaction, which waits for the batch that is being stored; where the disk was full and the reserve was given
   * up, it is repeated. 'chunks': each chunk waits and is repeated by itself; repeated whole, the command would have two undo
   * records. 'own': its transactions are its own or another thread's, and `runCall` repeats none. 'none': it writes nothing to
   * the database.
   */
  transaction: 'one' | 'chunks' | 'own' | 'none'
  undo: Undo<N>
  /** Done twice it is as done once: the window repeats it as a query. */
  isRepeated?: true
}

/**
 * 'undoable': it answers an undoId. 'ends-chain': it cannot be undone, and nothing that was done before it can be either.
 * 'not-needed': it changes nothing of the user's.
 */
type Undo<N extends Name> = N extends Name
  ? true extends IsUndoable<Outputs[N]>
    ? 'undoable'
    : 'ends-chain' | 'not-needed'
  : never
type IsUndoable<Output> = Output extends { undoId: number | null } ? true : false

const query: Query = { kind: 'query' }

export const calls = {
  sources: query,
  counts: query,
  headlines: query,
  countNewer: query,
  article: query,
  around: query,
  edits: query,
  discover: query,
  previewOpml: query,
  exportOpml: query,
  settings: query,
  lastPlace: query,
  refreshProgress: query,
  polling: query,
  feedAccess: query,
  health: query,
  backups: query,
  diskUsage: query,
  previewRetention: query,
  episode: query,
  playQueue: query,
  chapters: query,
  exportEverything: query,
  exportArticle: query,
  exportBook: query,
  story: query,
  followedStories: query,
  trending: query,
  category: query,
  topCategories: query,
  mailboxes: query,
  mailSenders: query,
  testMailbox: query,
  digest: query,
  exportDigest: query,
  waysOut: query,
  digestFile: query,
  digestMail: query,
  linkedArticle: query,

  addFeed: { kind: 'command', touches: 'sources', transaction: 'own', undo: 'undoable' },
  importOpml: { kind: 'command', touches: 'sources', transaction: 'own', undo: 'undoable' },
  renameFeed: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  moveFeeds: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  unsubscribe: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  setPaused: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  changeFeedUrl: { kind: 'command', touches: 'sources', transaction: 'chunks', undo: 'undoable' },
  setFeedAccess: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  createFolder: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  renameFolder: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  moveFolder: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  removeFolder: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  openArticle: { kind: 'command', touches: 'articles', transaction: 'one', undo: 'undoable', isRepeated: true },
  keepPlace: { kind: 'command', touches: null, transaction: 'one', undo: 'not-needed' },
  keepPlayback: { kind: 'command', touches: null, transaction: 'one', undo: 'not-needed' },
  keepQueue: { kind: 'command', touches: null, transaction: 'one', undo: 'not-needed' },
  markRead: { kind: 'command', touches: 'articles', transaction: 'chunks', undo: 'undoable' },
  markViewRead: { kind: 'command', touches: 'articles', transaction: 'chunks', undo: 'undoable' },
  setSaved: { kind: 'command', touches: 'articles', transaction: 'chunks', undo: 'undoable' },
  fetchFullText: {
    kind: 'command',
    touches: 'articles',
    transaction: 'own',
    undo: 'not-needed',
    isRepeated: true,
  },
  showFullText: { kind: 'command', touches: 'articles', transaction: 'one', undo: 'not-needed', isRepeated: true },
  keepPictures: { kind: 'command', touches: null, transaction: 'none', undo: 'not-needed' },
  correctStory: { kind: 'command', touches: 'stories', transaction: 'one', undo: 'undoable' },
  followStory: { kind: 'command', touches: 'stories', transaction: 'one', undo: 'undoable' },
  joinCategories: { kind: 'command', touches: 'categories', transaction: 'one', undo: 'undoable' },
  separateCategory: { kind: 'command', touches: 'categories', transaction: 'one', undo: 'undoable' },
  lookAtStory: { kind: 'command', touches: 'stories', transaction: 'one', undo: 'not-needed', isRepeated: true },
  savePage: { kind: 'command', touches: 'articles', transaction: 'own', undo: 'undoable' },
  undo: { kind: 'command', touches: 'anything', transaction: 'chunks', undo: 'not-needed' },
  refresh: { kind: 'command', touches: null, transaction: 'none', undo: 'not-needed' },
  tellPower: { kind: 'command', touches: null, transaction: 'none', undo: 'not-needed' },
  pausePolling: { kind: 'command', touches: null, transaction: 'one', undo: 'not-needed' },
  cancelRefresh: { kind: 'command', touches: null, transaction: 'none', undo: 'not-needed' },
  takeNotices: { kind: 'command', touches: null, transaction: 'one', undo: 'not-needed' },
  changeSettings: { kind: 'command', touches: 'settings', transaction: 'one', undo: 'undoable' },
  setFeedRetention: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  setReading: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  backUpNow: { kind: 'command', touches: null, transaction: 'none', undo: 'not-needed' },
  restoreBackup: { kind: 'command', touches: null, transaction: 'none', undo: 'ends-chain' },
  dismissRecovery: { kind: 'command', touches: null, transaction: 'one', undo: 'not-needed' },
  leaveSafeMode: { kind: 'command', touches: null, transaction: 'none', undo: 'not-needed' },
  addMailbox: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  changeMailbox: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  removeMailbox: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  joinNewsletters: { kind: 'command', touches: 'sources', transaction: 'chunks', undo: 'undoable' },
  importMail: { kind: 'command', touches: 'sources', transaction: 'own', undo: 'undoable' },
  decideSenders: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  tellSender: { kind: 'command', touches: null, transaction: 'none', undo: 'not-needed' },
  followDigest: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  setDigestMail: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  stopDigestMail: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  testDigestMail: { kind: 'command', touches: null, transaction: 'none', undo: 'not-needed' },
  sendDigestAgain: { kind: 'command', touches: null, transaction: 'one', undo: 'not-needed' },
  digestArrived: { kind: 'command', touches: null, transaction: 'one', undo: 'not-needed' },
  mailDigest: { kind: 'command', touches: null, transaction: 'none', undo: 'not-needed' },
  importEverything: { kind: 'command', touches: 'sources', transaction: 'own', undo: 'ends-chain' },
} as const satisfies { [N in Name]: Query | Command<N> }

/** Whether the window asks again where the connection ended before the answer. */
export function isRepeated(name: Name): boolean {
  const call: Query | Command<Name> = calls[name]
  return call.kind === 'query' || call.isRepeated === true
}

/** The calls after which nothing older can be undone. */
export type ChainEnding = { [N in Name]: (typeof calls)[N] extends { undo: 'ends-chain' } ? N : never }[Name]
