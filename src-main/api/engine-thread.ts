/** What a host asks of the engine's thread beside the calls of its windows, and what it hears from it. */

/** Bytes for a window: an icon, an image or sound of an article, an export. `status` as in HTTP. */
export type Resource = { status: number; type: string; maxAgeSeconds: number; bytes: Uint8Array }

/** A resource that is refused. */
export function noResource(status: number): Resource {
  return { status, type: 'text/plain', maxAgeSeconds: 0, bytes: new Uint8Array() }
}

/** `NodePort`: the MessagePort of node:worker_threads, which this folder does not know. */
export type EngineThread<NodePort> = {
  /** Whether it takes connections: no longer once it ends. */
  isAccepting(): Promise<boolean>
  /** Serves a window over this port. */
  attach(input: { port: NodePort }): Promise<void>
  /** An icon, a medium or an export by its signed path and query. */
  resource(input: { path: string }): Promise<Resource>
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
