/** Notes the sizes of pictures as they are fetched, and stores them a few at a time. */
import { imageKind } from '../../feeds/icons/image-kind.ts'
import { isTurned } from '../../feeds/pictures/orientation.ts'
import type { Clock } from '../../lib/clock.ts'
import type { WriteDb } from '../../store/db/open.ts'
import { asBatch } from '../../store/db/write-gate.ts'
import { keepPictureSizes, type PictureSize } from '../../store/picture-sizes.ts'

/** In ms: the pictures of one article come together, and are one transaction. */
const pause = 300
const mostNoted = 5_000

export type NoteSize = (key: string, bytes: Uint8Array) => void

export function notesSizes(db: WriteDb, clock: Clock, log: (line: string) => void): NoteSize {
  const noted = new Set<string>()
  let waiting = new Map<string, PictureSize>()

  function store(): void {
    const sizes = waiting
    waiting = new Map()
    try {
      asBatch(db, () => keepPictureSizes(db, sizes))
    } catch (error) {
      // On a full disk an article moves when its pictures come.
      log(`sizes of pictures were not stored: ${String(error)}`)
    }
  }

  return (key, bytes) => {
    if (noted.has(key)) return
    if (noted.size >= mostNoted) noted.clear()
    noted.add(key)
    const size = sizeOf(bytes)
    if (!size) return
    if (waiting.size === 0) clock.setTimer(pause, store)
    waiting.set(key, size)
  }
}

function sizeOf(bytes: Uint8Array): PictureSize | null {
  const kind = imageKind(bytes)
  if (!kind || kind.width === 0 || kind.height === 0) return null
  const { type, width, height } = kind
  return type === 'image/jpeg' && isTurned(bytes) ? [height, width] : [width, height]
}
