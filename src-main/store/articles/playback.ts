/** How far sounds of articles were heard, and which are to be played next: neither journaled nor exported. */
import type { EpisodeKey, Playback } from '../../api/reading/playback.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import { type ReadDb, unsynced, type WriteDb } from '../db/open.ts'
import { getRow, run } from '../db/prepared.ts'

const unheard: Playback = { position: 0, duration: null, isPlayed: false }

export function playbackOf(db: ReadDb, { articleId, url }: EpisodeKey): Playback {
  const sql = `SELECT position, duration, is_played AS isPlayed FROM playback WHERE article_id = ? AND url = ?`
  const row = getRow<{ position: number; duration: number | null; isPlayed: number }>(db, sql, articleId, url)
  return row ? { ...row, isPlayed: row.isPlayed === 1 } : unheard
}

/** Survives a crash of the program; a power cut may take it. Does nothing where the article is gone. */
export function keepPlayback(db: WriteDb, { articleId, url }: EpisodeKey, heard: Playback, now: number): void {
  const sql = `INSERT INTO playback (article_id, url, position, duration, is_played, heard_at)
    SELECT id, ?, ?, ?, ?, ? FROM articles WHERE id = ?
    ON CONFLICT DO UPDATE SET position = excluded.position, duration = COALESCE(excluded.duration, duration),
      is_played = excluded.is_played, heard_at = excluded.heard_at`
  const { position, duration, isPlayed } = heard
  unsynced(db, () => run(db, sql, url, position, duration, Number(isPlayed), now, articleId))
}

/** The first of them is what is played now. */
export function readQueue(db: ReadDb): EpisodeKey[] {
  return readMeta(db, 'playQueue') ?? []
}

export function keepQueue(db: WriteDb, episodes: EpisodeKey[]): void {
  unsynced(db, () => writeMeta(db, 'playQueue', episodes.length > 0 ? episodes : null))
}
