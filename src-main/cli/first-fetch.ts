/** Waits for the first fetch of what an import added, and tells what came of it. */
import type { ImportedRow, RefreshSummary } from '../api/model.ts'
import { type EngineClient, EngineError } from '../api/rpc.ts'
import type { Imported } from './opml.ts'

/** `fetch`: what came of the first one; null where there was none. `failure` of a row that was added is that of the fetch. */
export type FetchedRow = ImportedRow & { fetch: 'fetched' | 'failed' | 'waiting' | null }
type Fetched = Exclude<Imported, { ok: true }> | (Extract<Imported, { ok: true }> & { rows: FetchedRow[] })

/** Imports, and waits until all is fetched, but for at most so many milliseconds. */
export async function withFirstFetch(
  engine: EngineClient,
  mostMs: number,
  takeIn: () => Promise<Imported>,
): Promise<Fetched> {
  // Listens before it asks: the end may come before the answer is handled.
  const finished = new Promise<RefreshSummary>((resolve, reject) => {
    engine.on('refresh-finished', resolve)
    engine.onClose(() => reject(new EngineError('closed', 'while fetching')))
  })
  // Nobody waits for it where nothing is fetched.
  finished.catch(() => {})
  const imported = await takeIn()
  if (!imported.ok) return imported
  const summary = imported.fetching > 0 ? await atMost(mostMs, finished) : null
  return { ...imported, rows: await rowsNow(engine, imported.rows, summary) }
}

async function atMost(ms: number, finished: Promise<RefreshSummary>): Promise<RefreshSummary | null> {
  const late = Promise.withResolvers<null>()
  const timer = setTimeout(() => late.resolve(null), ms)
  try {
    return await Promise.race([finished, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

async function rowsNow(
  engine: EngineClient,
  rows: ImportedRow[],
  summary: RefreshSummary | null,
): Promise<FetchedRow[]> {
  const { feeds } = await engine.sources({})
  const now = new Map(feeds.map(feed => [feed.id, feed]))
  // Where nobody answered the feeds are left as they were, and only the summary says so.
  const failed = new Map(summary?.failed.map(({ feedId, failure }) => [feedId, failure]))
  return rows.map(row => {
    const feed = row.feedId === null || row.outcome !== 'added' ? undefined : now.get(row.feedId)
    if (!feed) return { ...row, fetch: null }
    const failure = feed.failure ?? failed.get(feed.id) ?? null
    return { ...row, failure, fetch: failure ? 'failed' : feed.lastSuccessAt === null ? 'waiting' : 'fetched' }
  })
}
