/** Columns of feeds: undo puts their values back, and compares them to see whether somebody has changed them since. */
import type { ReadDb, WriteDb } from '../db/open.ts'
import { getRow, getValue, run } from '../db/prepared.ts'
import { folderById } from './folders.ts'

const columns = {
  url: 'url',
  title: 'title',
  siteUrl: 'site_url',
  description: 'description',
  language: 'language',
  customTitle: 'custom_title',
  folderId: 'folder_id',
  position: 'position',
  paused: 'paused',
  retention: 'retention',
  reading: 'reading',
  privateHost: 'private_host',
  credentials: 'credentials',
  proxy: 'proxy',
  userAgent: 'user_agent',
  movedFrom: 'moved_from',
  failure: 'failure',
  failingSince: 'failing_since',
  memory: 'poll_memory',
  lastCheckedAt: 'last_checked_at',
  lastSuccessAt: 'last_success_at',
  nextCheckAt: 'next_check_at',
} as const

export type FeedColumn = keyof typeof columns
/** Some columns as they are stored. Credentials stay sealed, in hex. */
export type FeedState = Partial<Record<FeedColumn, string | number | null>>

/**
 * What a command did to a feed. `after` has the columns that the user set: where one has another value by now, somebody has
 * changed it since. `before` has these and the columns that are put back with them. `isAside`: only its position changed, to
 * make room for another feed.
 */
export type FeedChange = { feedId: number; before: FeedState; after: FeedState; isAside?: true }

export type PutBack = 'done' | 'changed-since' | 'gone'

/** Null where there is no such feed. */
export function feedState(db: ReadDb, feedId: number, names: readonly FeedColumn[]): FeedState | null {
  const wanted = names.map(name => `${selected(name)} AS ${name}`).join(', ')
  return getRow<FeedState>(db, `SELECT ${wanted} FROM feeds WHERE id = ?`, feedId)
}

export function writeFeedState(db: WriteDb, feedId: number, state: FeedState): void {
  const names = Object.keys(state) as FeedColumn[]
  if (names.length === 0) return
  const set = names.map(name => `${columns[name]} = ${name === 'credentials' ? 'unhex(?)' : '?'}`).join(', ')
  run(db, `UPDATE feeds SET ${set} WHERE id = ?`, ...names.map(name => state[name] ?? null), feedId)
}

/** Runs `act`, inside the caller's transaction, and answers what it changed of these feeds: `asked` by the user, or `beside`. */
export function changesOf(
  db: WriteDb,
  feedIds: number[],
  { asked, beside = [] }: { asked: FeedColumn[]; beside?: FeedColumn[] },
  act: () => void,
): FeedChange[] {
  const names = [...asked, ...beside]
  const before = feedIds.map(feedId => feedState(db, feedId, names))
  act()
  return feedIds.flatMap((feedId, index) => {
    const was = before[index]
    const is = feedState(db, feedId, names)
    // The time of the next fetch alone is no change of the user's.
    if (!was || !is || names.every(name => name === 'nextCheckAt' || was[name] === is[name])) return []
    return [{ feedId, before: was, after: Object.fromEntries(asked.map(name => [name, is[name]])) as FeedState }]
  })
}

/** Puts a feed back as it was, unless it has been changed since. */
export function putBackFeed(db: WriteDb, { feedId, before, after }: FeedChange): PutBack {
  if (!isFollowed(db, feedId)) return 'gone'
  const asked = Object.keys(after) as FeedColumn[]
  const now = asked.length > 0 ? feedState(db, feedId, asked) : {}
  const isNow = (state: FeedState) => asked.every(name => now?.[name] === state[name])
  if (!isNow(after)) return isNow(before) ? 'done' : 'changed-since'
  if (!hasPlace(db, before)) return 'gone'
  if (before.url !== undefined && isTaken(db, feedId, before.url)) return 'changed-since'
  writeFeedState(db, feedId, keepsPause(db, feedId, { before, after }) ? { ...before, paused: 'by-user' } : before)
  return 'done'
}

/** Whether the user has paused it since, and it is not pausing that is taken back. */
function keepsPause(db: ReadDb, feedId: number, { before, after }: Pick<FeedChange, 'before' | 'after'>): boolean {
  return 'paused' in before && !('paused' in after) && feedState(db, feedId, ['paused'])?.paused === 'by-user'
}

/** Whether the folder of this state is still there. */
export function hasPlace(db: ReadDb, { folderId }: FeedState): boolean {
  return typeof folderId !== 'number' || folderById(db, folderId) !== null
}

function isFollowed(db: ReadDb, feedId: number): boolean {
  const sql = 'SELECT 1 FROM feeds WHERE id = ? AND removed_at IS NULL'
  return getValue(db, sql, feedId) === 1
}

function isTaken(db: ReadDb, feedId: number, url: string | number | null): boolean {
  const sql = 'SELECT 1 FROM feeds WHERE url = ? AND id <> ?'
  return getValue(db, sql, String(url), feedId) === 1
}

function selected(name: FeedColumn): string {
  return name === 'credentials' ? 'CASE WHEN credentials IS NOT NULL THEN hex(credentials) END' : columns[name]
}
