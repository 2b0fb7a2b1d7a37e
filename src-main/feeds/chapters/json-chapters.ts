/** Podcasting 2.0's file of chapters (podcastindex-org/podcast-namespace, chapters/jsonChapters.md). */
import type { FeedChapter } from '../../api/model.ts'
import { collapse } from '../../lib/text.ts'
import { webAddress } from '../../lib/urls.ts'
import { mostChapters } from '../fields/chapters.ts'

/** Those that are meant for the table of contents, by time. Empty where it is no such file. */
export function readJsonChapters(bytes: Uint8Array): FeedChapter[] {
  return listIn(bytes)
    .slice(0, mostChapters)
    .flatMap(chapterOf)
    .sort((a, b) => a.start - b.start)
}

function listIn(bytes: Uint8Array): unknown[] {
  try {
    const file: unknown = JSON.parse(new TextDecoder().decode(bytes))
    const list = isObject(file) ? file.chapters : null
    return Array.isArray(list) ? list : []
  } catch {
    return []
  }
}

function chapterOf(chapter: unknown): FeedChapter[] {
  if (!isObject(chapter) || chapter.toc === false) return []
  const start = Number(chapter.startTime)
  if (!Number.isFinite(start) || start < 0) return []
  const title = typeof chapter.title === 'string' ? collapse(chapter.title).slice(0, 300) : ''
  const url = webAddress(text(chapter.url))
  const image = webAddress(text(chapter.img))
  return [{ start, title, ...(url && { url }), ...(image && { image }) }]
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
