/**
 * What can be wrong with the disk: no room left; a folder or file that may not be written, or opened; a database with damaged
 * pages; a disk that fails to read or write.
 */
export type DiskFault = 'full' | 'read-only' | 'damaged' | 'failing'

/** Why a call was refused; the window has the words. */
export type EngineErrorCode =
  | 'invalid-input'
  | 'unknown-name'
  | 'not-found'
  /** Of a search: the same window has asked for another one since. */
  | 'superseded'
  | `storage-${Exclude<DiskFault, 'failing'>}`
  | 'closed'
  | 'internal'
