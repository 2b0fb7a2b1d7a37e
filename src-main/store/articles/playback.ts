/** How far sounds of articles were heard, and which are to be played next: exported, but not journaled. */
import type {
  EpisodeKey,
  Playback,
  PortableEpisode,
  PortableListening,
  PortablePlayback,
} from '../../api/reading/playback.ts'
import { readMeta, writeMeta } from '../db/meta.ts'
import { type ReadDb, unsynced, type WriteDb } from '../db/open.ts'
import { getRow, getRows, getValue, run } from '../db/prepared.ts'
import { articlesByKey } from '../identity/keys.ts'

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

/** In an export. */
const mostHeard = 2_000
const mostQueued = 500

const portable = `feeds.url AS feedUrl, articles.guid,
  (SELECT key FROM identities WHERE article_id = articles.id AND kind = 'link' LIMIT 1) AS link`

/** What was heard last, first. */
export function portableListening(db: ReadDb): PortableListening {
  const sql = `SELECT ${portable}, playback.url, playback.position, playback.duration, is_played AS isPlayed,
      heard_at AS heardAt
    FROM playback JOIN articles ON articles.id = article_id JOIN feeds ON feeds.id = feed_id
    ORDER BY heard_at DESC LIMIT ?`
  const rows = getRows<Omit<PortablePlayback, 'isPlayed'> & { isPlayed: number }>(db, sql, mostHeard)
  const ofArticle = `SELECT ${portable} FROM articles JOIN feeds ON feeds.id = feed_id WHERE articles.id = ?`
  const queue = readQueue(db).flatMap(({ articleId, url }) => {
    const article = getRow<Omit<PortableEpisode, 'url'>>(db, ofArticle, articleId)
    return article ? [{ ...article, url }] : []
  })
  return { heard: rows.map(row => ({ ...row, isPlayed: row.isPlayed === 1 })), queue }
}

/** Takes in what was heard in another database. What is of articles that are not here yet waits for them. */
export function takeInListening(db: WriteDb, { heard, queue }: PortableListening): void {
  const waiting = readMeta(db, 'listeningElsewhere') ?? { heard: [], queue: [] }
  writeMeta(db, 'listeningElsewhere', {
    heard: [...heard, ...waiting.heard].slice(0, mostHeard),
    queue: [...waiting.queue, ...queue].slice(0, mostQueued),
  })
  settleListening(db)
}

/** Finds the articles of what waits for them. What was heard here later than there stays. */
export function settleListening(db: WriteDb): void {
  const waiting = readMeta(db, 'listeningElsewhere')
  if (!waiting) return
  const heard = waiting.heard.filter(one => {
    const articleId = articleOf(db, one)
    if (articleId !== null) takeInPlayback(db, articleId, one)
    return articleId === null
  })
  const queue = readQueue(db)
  const queued = waiting.queue.filter(({ url, ...article }) => {
    const articleId = articleOf(db, article)
    const isKnown = queue.some(other => other.articleId === articleId && other.url === url)
    if (articleId !== null && !isKnown) queue.push({ articleId, url })
    return articleId === null
  })
  if (queued.length < waiting.queue.length) writeMeta(db, 'playQueue', queue)
  if (heard.length === waiting.heard.length && queued.length === waiting.queue.length) return
  writeMeta(db, 'listeningElsewhere', heard.length + queued.length > 0 ? { heard, queue: queued } : null)
}

function articleOf(db: ReadDb, { feedUrl, guid, link }: Omit<PortableEpisode, 'url'>): number | null {
  const feedId = getValue<number>(db, 'SELECT id FROM feeds WHERE url = ?', feedUrl)
  const key = guid ?? link
  if (feedId === null || key === null) return null
  const found = articlesByKey(db, feedId, { kind: guid === null ? 'link' : 'guid', key })
  return found.find(article => article.isThere === 1 && article.guid === guid)?.articleId ?? null
}

function takeInPlayback(db: WriteDb, articleId: number, heard: PortablePlayback): void {
  const sql = `INSERT INTO playback (article_id, url, position, duration, is_played, heard_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET position = excluded.position, duration = COALESCE(excluded.duration, duration),
      is_played = excluded.is_played, heard_at = excluded.heard_at
    WHERE excluded.heard_at > heard_at`
  const { url, position, duration, isPlayed, heardAt } = heard
  run(db, sql, articleId, url, position, duration, Number(isPlayed), heardAt)
}
