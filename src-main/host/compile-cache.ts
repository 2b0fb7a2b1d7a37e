/**
 * Node's compile cache: it keeps V8's compiled code, so that the next start need not compile the program's files again, which
 * takes some 100 ms. It is in out/.cache, beside the files; where that can't be written, nothing is cached.
 */
import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { isBuilt, projectFolder } from './file-server.ts'

/** For what the current thread loads from here on. */
export function useCompileCache(): void {
  const folder = compileCacheFolder()
  if (folder !== null) enableCompileCache(folder)
}

/** The environment for a new thread, in which it and the threads it starts use the cache from their first file on. */
export function environmentOfThread(): NodeJS.ProcessEnv {
  const folder = compileCacheFolder()
  return folder === null ? process.env : { ...process.env, NODE_COMPILE_CACHE: folder }
}

/** Null for unbuilt sources, which change often, and for Electron, whose program folder may be read-only. */
function compileCacheFolder(): string | null {
  return isBuilt && process.versions.electron === undefined ? path.join(projectFolder(), 'out', '.cache') : null
}
