/** Writes a digest into a folder of the user's. */
import { statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { DiskFault } from '../api/errors.ts'
import type { DigestFileKind } from '../api/settings.ts'
import { diskFault, isMissing } from '../lib/disk-fault.ts'
import type { DigestFileFailure } from '../store/db/meta.ts'
import type { LeavingArticle } from './articles/leaving.ts'
import { writeArticle } from './write-articles.ts'

/** `name` is the files' without an ending; `at` in ms. */
export type WriteDigest = {
  article: LeavingArticle
  kind: DigestFileKind
  folder: string
  name: string
  at: number
}

const faultReasons: Record<DiskFault, DigestFileFailure['reason']> = {
  full: 'no-space',
  'read-only': 'not-writable',
  damaged: 'failed',
  failing: 'failed',
}

/** Null where all is written. What is wrong with the folder is in the answer; it is not made: its drive may not be connected. */
export function writeDigestFiles({ article, kind, folder, name, at }: WriteDigest): DigestFileFailure | null {
  try {
    if (!isAbsolute(folder) || !statSync(folder).isDirectory()) return { reason: 'no-folder', detail: folder }
    for (const format of kind === 'both' ? (['html', 'epub'] as const) : [kind])
      writeArticle({ article, format, file: join(folder, `${name}.${format}`), at })
    return null
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    const fault = diskFault(error)
    if (fault !== null) return { reason: faultReasons[fault], detail }
    return { reason: isMissing(error) ? 'no-folder' : 'failed', detail }
  }
}
