/** Updates, as a window sees them: what of a new version is known, and what may be done about it. */
import { z } from 'zod'

const nothing = () => z.strictObject({})

export const updateInputs = {
  updates: nothing,
  /** Asks now, whatever the settings say: the reader wants to know. */
  checkForUpdates: nothing,
  /** Loads the new version, to be installed at the end of the program. */
  loadUpdate: nothing,
  /** Ends the program, installs what was loaded, and starts the new version. */
  restartToUpdate: nothing,
  /** Opens the page of the new version in the browser. */
  openDownloadPage: nothing,
}

/**
 * Who brings new versions: the program by itself; the reader, who is told; or whoever installed it (`package`: a store or a
 * distribution), with none known for a program that was built here (`unpackaged`).
 */
export type UpdateWay = 'install' | 'tell' | 'package' | 'unpackaged'

export type UpdateFailure =
  | 'offline'
  | 'unreachable'
  | 'refused'
  | 'unreadable'
  | 'no-file'
  | 'cut-off'
  | 'wrong-digest'
  | 'wrong-signature'
  | 'disk'
  | 'not-installed'
  | 'failed'

export type NewVersion = {
  version: string
  /** What is new, as plain text; empty where nothing is said. */
  notes: string
}

export type UpdatePhase =
  | { kind: 'unknown' }
  | { kind: 'checking' }
  | { kind: 'newest' }
  | ({ kind: 'there' } & NewVersion)
  | ({ kind: 'loading'; share: number } & NewVersion)
  | ({ kind: 'ready' } & NewVersion)
  /** `next`: the version whose loading failed; null where asking did. */
  | { kind: 'failed'; reason: UpdateFailure; detail: string; next: NewVersion | null }

export type UpdateState = {
  version: string
  way: UpdateWay
  /** The program has been used for a day: the reader may be asked whether it should look for updates. */
  isToAsk: boolean
  /** When a server was last asked (ms); null where none ever was. */
  checkedAt: number | null
  phase: UpdatePhase
}

export type UpdateOutputs = {
  updates: UpdateState
  checkForUpdates: UpdateState
  loadUpdate: UpdateState
  restartToUpdate: Record<string, never>
  openDownloadPage: Record<string, never>
}
