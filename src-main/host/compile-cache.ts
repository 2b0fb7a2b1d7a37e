/**
 * Node can keep what V8 made of a program's files, so that the next start need not compile them again: some 100 ms of
 * each start. Kept in out/.cache, beside the files themselves; where that can't be written, nothing is kept.
 */
import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { isBuilt, projectFolder } from './file-server.ts'

/** For the thread that runs now: what it loads from here on. */
export function keepCompiled(): void {
  const folder = folderOfCompiled()
  if (folder !== null) enableCompileCache(folder)
}

/** The environment of a thread to start, in which it and the threads it starts do the same from their first file on. */
export function environmentOfThread(): NodeJS.ProcessEnv {
  const folder = folderOfCompiled()
  return folder === null ? process.env : { ...process.env, NODE_COMPILE_CACHE: folder }
}

/** Null for the sources as they are, which change often, and for Electron, whose program folder nobody writes into. */
function folderOfCompiled(): string | null {
  return isBuilt && process.versions.electron === undefined ? path.join(projectFolder(), 'out', '.cache') : null
}
