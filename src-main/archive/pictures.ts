/** Pictures of saved articles in an exported archive: `pictures/KEY.jpg`, each by the key that its address leads to. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileType } from '../feeds/file-type.ts'
import type { ReadDb } from '../store/db/open.ts'
import { pinnedByArticle } from '../store/saved/pinned-pictures.ts'

/** An archive crosses to the engine as text when it is taken in again: with these it stays below the limit. */
const mostBytes = 100_000_000
/** Of the 65,535 files that an archive can hold, 60,000 may be pages. */
const mostPictures = 5_000
/** As large as any that is kept (intake/media/media.ts). */
export const largestPicture = 15_000_000

const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'avif',
  'image/bmp': 'bmp',
}
const nameShape = /^pictures\/([0-9a-f]{64})\.(?:png|jpg|gif|webp|avif|bmp)$/

/** Those of what was saved last, as many as there is room for. Drawings (SVG) are left out: they are drawn anew. */
export function* picturesToExport(
  db: ReadDb,
  folder: string,
): Generator<{ key: string; name: string; bytes: Uint8Array }> {
  let left = mostBytes
  let count = 0
  for (const { key, bytes: size } of pinnedByArticle(db)) {
    if (count >= mostPictures) return
    if (size > left) continue
    const bytes = readOrNull(join(folder, key))
    const ending = bytes && endings[typeOf(bytes) ?? '']
    if (!bytes || !ending) continue
    left -= bytes.length
    count++
    yield { key, name: `pictures/${key}.${ending}`, bytes }
  }
}

/** The key of a picture by its file's name in an archive; null for any other file. */
export function pictureKey(name: string): string | null {
  return nameShape.exec(name)?.[1] ?? null
}

/** Whether these bytes are a picture of a kind that is exported, whatever the file is called. */
export function isExportedPicture(bytes: Uint8Array): boolean {
  return (typeOf(bytes) ?? '') in endings
}

function typeOf(bytes: Uint8Array): string | null {
  return bytes.length < 12 ? null : fileType(bytes)
}

function readOrNull(file: string): Uint8Array | null {
  try {
    return readFileSync(file)
  } catch {
    return null
  }
}
