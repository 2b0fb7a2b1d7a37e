/** Chapters within a sound: frames CHAP of ID3v2, and Nero's list in an MP4. */
import { parseBuffer } from 'music-metadata'
import type { FeedChapter } from '../../api/model.ts'
import { collapse } from '../../lib/text.ts'
import { webAddress } from '../../lib/urls.ts'
import { mostChapters } from '../fields/chapters.ts'
import { fileType } from '../file-type.ts'

/** `head`: the beginning of the file, with all of its tag. Empty where it has none, or is no sound. */
export async function readTagChapters(head: Uint8Array): Promise<FeedChapter[]> {
  const options = { includeChapters: true, skipCovers: true, duration: false, skipPostHeaders: true }
  const { format } = await parseBuffer(head, fileType(head) ?? undefined, options).catch(() => ({
    format: { chapters: [] },
  }))
  return (format.chapters ?? []).slice(0, mostChapters).flatMap(({ start, timeScale, title, url }) => {
    // Of ID3 they are seconds already.
    const seconds = timeScale ? start / timeScale : start
    const page = webAddress(url?.url ?? null)
    if (!Number.isFinite(seconds)) return []
    return [{ start: seconds, title: collapse(String(title)).slice(0, 300), ...(page && { url: page }) }]
  })
}
