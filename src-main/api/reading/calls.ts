/** What a window may ask of an article that is read: a part of the contract (contract/contract.ts). */
import { z } from 'zod'
import type { Failure, HeadlineRow } from '../model.ts'
import { once } from '../once.ts'
import { articleFormat, id, ids } from '../shapes.ts'
import { mostInBook } from './book.ts'
import type { Edit } from './edits.ts'
import type { Chapter, Episode } from './playback.ts'

const episodeKey = once(() => z.strictObject({ articleId: id, url: z.string().trim().min(1).max(4_096) }))
const seconds = once(() => z.number().min(0).max(10_000_000))
const none = once(() => z.strictObject({}))

export const readingQueries = {
  /** What stands below an article. Of the latest of its source, those of `leaveOut` are left out: they were read just now. */
  around: () => z.strictObject({ articleId: id, leaveOut: ids.optional() }),
  /** What its publisher changed, the last edit first. Compared in a worker. */
  edits: () => z.strictObject({ articleId: id }),
  /** A sound of an article, with how far it was heard. */
  episode: episodeKey,
  /** What was being played, and then what is to be played next. */
  playQueue: none,
  /** The chapters of an episode, which may have to be fetched; empty where it has none. */
  chapters: episodeKey,
  /** The text of an article that is shown, as one file with its pictures. `loadsPictures` absent: as is set for its feed. */
  exportArticle: () =>
    z.strictObject({ articleId: id, format: articleFormat(), loadsPictures: z.boolean().optional() }),
  /** The shown texts of these articles as one EPUB, with their pictures where they are loaded. Its chapters stand by source. */
  exportBook: () =>
    z.strictObject({ title: z.string().trim().min(1).max(300), articleIds: z.array(id).min(1).max(mostInBook) }),
}

export const readingCommands = {
  /** How far an episode was heard. */
  keepPlayback: () =>
    episodeKey().extend({ position: seconds(), duration: seconds().nullable(), isPlayed: z.boolean() }),
  /** What is played, and then what is to be played next. */
  keepQueue: () => z.strictObject({ episodes: z.array(episodeKey()).max(500) }),
  /** Fetches an article's page and stores what it says; from then on that is shown. Takes as long as its server does. */
  fetchFullText: () => z.strictObject({ articleId: id }),
  /** Which text of an article is shown, and kept so: that of its page, where it was fetched, or that of its feed. */
  showFullText: () => z.strictObject({ articleId: id, isFull: z.boolean() }),
  /** The reader had the pictures of an article loaded, where they are to be asked for: a saved one keeps them from now on. */
  keepPictures: () => z.strictObject({ articleId: id }),
}

export type ReadingOutputs = {
  /** `related`: of other sources, about the same thing; mostly empty. */
  around: { latest: HeadlineRow[]; related: HeadlineRow[] }
  edits: { edits: Edit[] }
  /** Null: there is no such article, or it has no such sound. */
  episode: Episode | null
  playQueue: Episode[]
  chapters: Chapter[]
  /** `missingPictures` could not be had, or are too many. */
  exportArticle: { path: string; bytes: number; name: string; missingPictures: number }
  /** `articles`: how many are in it; others are gone, or too long together. */
  exportBook: { path: string; bytes: number; name: string; articles: number; missingPictures: number }

  keepPlayback: Record<string, never>
  keepQueue: Record<string, never>
  fetchFullText: { kind: 'fetched' } | { kind: 'failed'; failure: Failure }
  showFullText: Record<string, never>
  keepPictures: Record<string, never>
}
