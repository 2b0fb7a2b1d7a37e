/**
 * What each call of the contract does to what is kept: declared here once, and read by whatever has to know it. A call that is
 * added to the contract does not compile till it is declared. Knows no zod: the window reads this, too.
 */
import type { Name, Outputs } from './contract.ts'

/** Changes nothing: the window asks again when the connection ends under it. */
export type Query = { kind: 'query' }

/** May have been done when its connection ends, and is not asked again. */
export type Command<N extends Name> = {
  kind: 'command'
  /**
   * What of the user's it may change, as far as the journal tells of it: it is written down before the command answers.
   * 'sources' (feeds, folders, how they are asked and kept) and 'settings' are compared and written by `runCall`; 'articles' by
   * the command itself, part by part; so is 'anything', of which only the command knows what it was.
   */
  touches: 'sources' | 'settings' | 'articles' | 'anything' | null
  /**
   * 'one': done at once, in one transaction, which waits for the batch that is being stored; where the disk was full and room
   * was made, it is repeated. 'chunks': each waits and is repeated by itself; repeated whole, the command would have two undo
   * records. 'own': writes in ways of its own, or in another thread, and is not repeated. 'none': writes nothing itself.
   */
  transaction: 'one' | 'chunks' | 'own' | 'none'
  undo: Undo<N>
}

/**
 * Whether it answers an undoId. 'ends-chain': it cannot be taken back, and nothing that was done before it can be either.
 * 'not-needed': nothing of the user's is changed.
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
  discover: query,
  previewOpml: query,
  exportOpml: query,
  settings: query,
  refreshProgress: query,
  feedAccess: query,
  health: query,
  backups: query,
  storageReport: query,
  previewRetention: query,
  exportEverything: query,

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
  markRead: { kind: 'command', touches: 'articles', transaction: 'chunks', undo: 'undoable' },
  markViewRead: { kind: 'command', touches: 'articles', transaction: 'chunks', undo: 'undoable' },
  setSaved: { kind: 'command', touches: 'articles', transaction: 'chunks', undo: 'undoable' },
  undo: { kind: 'command', touches: 'anything', transaction: 'chunks', undo: 'not-needed' },
  refresh: { kind: 'command', touches: null, transaction: 'none', undo: 'not-needed' },
  cancelRefresh: { kind: 'command', touches: null, transaction: 'none', undo: 'not-needed' },
  changeSettings: { kind: 'command', touches: 'settings', transaction: 'one', undo: 'undoable' },
  setFeedRetention: { kind: 'command', touches: 'sources', transaction: 'one', undo: 'undoable' },
  backUpNow: { kind: 'command', touches: null, transaction: 'none', undo: 'not-needed' },
  restoreBackup: { kind: 'command', touches: null, transaction: 'none', undo: 'ends-chain' },
  dismissRecovery: { kind: 'command', touches: null, transaction: 'one', undo: 'not-needed' },
  leaveSafeMode: { kind: 'command', touches: null, transaction: 'none', undo: 'not-needed' },
  importEverything: { kind: 'command', touches: 'sources', transaction: 'own', undo: 'ends-chain' },
} as const satisfies { [N in Name]: Query | Command<N> }
