/** A file that the system gave to Broadsheet: opened by its kind, or named on the command line. */

export type GivenFile = { name: string } & (
  | { kind: 'content' /** In base64. */; content: string }
  /** A database: of a backup the window needs no more than to find it in its list. */
  | { kind: 'backup'; bytes: number }
  | { kind: 'refused'; reason: GivenFileRefusal }
)

export type GivenFileRefusal =
  | 'missing'
  | 'unreadable'
  /** A folder, a pipe, a device. */
  | 'not-a-file'
  | 'empty'
  | 'too-large'
  /** On another computer, by its name. */
  | 'elsewhere'
