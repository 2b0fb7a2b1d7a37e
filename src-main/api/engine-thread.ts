/** What a host asks of the engine's thread beside the calls of its windows, and what it hears from it. */

/** What a host starts the engine's thread with. */
export type EngineStart = {
  dataDir: string
  intakeFile: string
  workerFile: string
  maintenanceFile: string
  groupingFile: string
  /** A window's engine: it polls by itself, and holds the folder's lock while it runs. */
  isPolling: boolean
  /** For a program that does not poll by itself, but refreshes now. */
  isRefreshing: boolean
  /** The last engine of this host had the database open, and died. */
  isAgain: boolean
}

/** What a player asks for (RFC 9110, 14.1.2); `last` null: to the end. */
export type ByteRange = { first: number; last: number | null }

type About = { status: number; type: string; maxAgeSeconds: number }
/** An icon, or an image or sound of an article, for a window. `status` as in HTTP. */
export type LoadedResource = About & { bytes: Uint8Array }
/** An export is a file, since it may have 200 MB, and bytes are copied on their way out of a process. */
export type Resource = LoadedResource | (About & { file: string })

/** Which bytes of a recording: from `first` to `last`, null where its server does not say how long it is. `total`: of all of it. */
export type RecordingPart = { first: number; last: number | null; total: number | null }
/** 'broken-off': its server went away for good, or nobody read on for long. */
export type RecordingPiece = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'end' } | { kind: 'broken-off' }
/** Sound or film of any length, whose bytes are asked for by `streamId`. `status` 206: a part; 200: all, of a server without ranges. */
export type OpenedRecording = About & { streamId: number; part: RecordingPart }

/** A resource that is refused. */
export function noResource(status: number): LoadedResource {
  return { status, type: 'text/plain', maxAgeSeconds: 0, bytes: new Uint8Array() }
}

export type EngineThread = {
  /** Whether it takes connections: no longer once it ends. */
  isAccepting(): Promise<boolean>
  /** An icon, a medium or an export by its signed path and query. */
  resource(input: { path: string; range: ByteRange | null }): Promise<Resource | OpenedRecording>
  readRecording(input: { streamId: number }): Promise<RecordingPiece>
  closeRecording(input: { streamId: number }): Promise<void>
  /** Finishes what is under way and ends the thread, which is the answer. */
  end(): Promise<void>
}

export type EngineThreadEvents = {
  /** Before it is ready, it rewrites a store of an earlier version; `share` is done, from 0 to 1. */
  upgrading: { share: number }
  ready: Record<string, never>
  /** Its folder or database cannot be used. */
  unusable: { code: string; detail: string }
  /** It ends now on purpose, to be started again. */
  restarting: Record<string, never>
}
