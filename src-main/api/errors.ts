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
