/** What fetches pictures, sounds and films of articles. */
import { join } from 'node:path'
import { transferring } from '../api/contract/rpc.ts'
import { drawsIn } from './drawing.ts'
import { createChapters } from './media/chapters.ts'
import { createMedia, type DrawSvg, type Media, type MediaOptions } from './media/media.ts'
import { createPictureFiles, type PictureFiles } from './media/picture-files.ts'
import { notesSizes } from './media/picture-sizes.ts'
import { Recordings } from './media/recordings.ts'
import type { IntakeParts } from './parts.ts'
import type { Intake } from './protocol.ts'

type MediaCalls = Pick<Intake, 'media' | 'openRecording' | 'readRecording' | 'closeRecording' | 'chapters'>

export type MediaParts = {
  get: Media['get']
  drawSvg: DrawSvg
  /** Pictures of saved articles. */
  kept: PictureFiles
  calls: MediaCalls
}

export function createMediaParts({
  mustWait,
  db,
  http,
  pool,
  drawingPool,
  clock,
  dataDir,
  log,
  signal,
}: IntakeParts & Pick<MediaOptions, 'mustWait'>): MediaParts {
  const drawSvg = drawsIn(drawingPool, signal)
  const kept = createPictureFiles(join(dataDir, 'pictures'))
  const noteSize = notesSizes(db, clock, log)
  const { get } = createMedia({
    http,
    drawSvg,
    folder: join(dataDir, 'media'),
    kept,
    noteSize,
    now: clock.now,
    mustWait,
  })
  const wait = (ms: number) => new Promise<void>(resolve => void clock.setTimer(ms, resolve))
  const recordings = new Recordings({ http, wait })
  const chapters = createChapters({
    http,
    async read(input) {
      const read = await pool.run('readChapters', input, { signal, isUrgent: true })
      return read.ok ? read.chapters : []
    },
  })
  const calls: MediaCalls = {
    media: get,
    openRecording: request => recordings.open(request),
    async readRecording({ streamId }) {
      const piece = await recordings.read(streamId)
      return transferring(piece, piece.kind === 'bytes' ? [piece.bytes.buffer] : [])
    },
    closeRecording: async ({ streamId }) => recordings.close(streamId),
    chapters,
  }
  return { get, drawSvg, kept, calls }
}
