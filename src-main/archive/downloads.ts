/** Exported files, kept until they are downloaded: some minutes, or until the next start. */
import { randomBytes } from 'node:crypto'
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

/** A new file in the folder of exports, deleted after some minutes; `fill` answers its size. */
export async function makeDownload(
  folder: string,
  extension: string,
  fill: (file: string) => Promise<number>,
): Promise<{ name: string; bytes: number }> {
  const name = `article-${randomBytes(8).toString('hex')}.${extension}`
  const file = join(folder, name)
  const bytes = await fill(file)
  deleteLater(file)
  return { name, bytes }
}
