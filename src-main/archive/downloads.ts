/** Exported files, kept until they are downloaded: some minutes, or until the next start. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { minute } from '../lib/time.ts'

const offeredFor = 15 * minute

export function exportFolder(dataDir: string): string {
  return join(dataDir, 'exports')
}

/** Removes what an earlier run left. */
export function clearExports(dataDir: string): void {
  rmSync(exportFolder(dataDir), { recursive: true, force: true })
}

/** Deletes the file after some minutes. */
export function deleteLater(file: string): void {
  setTimeout(() => rmSync(file, { force: true }), offeredFor).unref()
}
