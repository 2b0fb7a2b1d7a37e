/** Waits for a refresh, or for the first fetch of what an import added. */
import { setTimeout as wait } from 'node:timers/promises'
import { type EngineClient, EngineError } from '../api/contract/rpc.ts'
import type { ImportedRow, RefreshSummary } from '../api/model.ts'
import type { Imported } from './opml.ts'

/** `fetch`: the outcome of the first one; null where there was none. `failure` of a row that was added is that of the fetch. */
export type FetchedRow = ImportedRow & { fetch: 'fetched' | 'failed' | 'waiting' | null }
type Fetched = Exclude<Imported, { ok: true }> | (Extract<Imported, { ok: true }> & { rows: FetchedRow[] })

/** The summary of the next refresh. Call it before asking for one: it may end before the answer is handled. */
export function nextSummary(engine: EngineClient): Promise<RefreshSummary> {
  const summary = new Promise<RefreshSummary>((resolve, reject) => {
    engine.on('refresh-finished', resolve)
    engine.onClose(() => reject(new EngineError('closed', 'while fetching')))
  })
  // Nobody waits for it where there is nothing to fetch.
  summary.catch(() => {})
  return summary
}

/** Imports, and waits at most `mostMs` until all is fetched. */
export async function withFirstFetch(
  engine: EngineClient,
  mostMs: number,
  importRows: () => Promise<Imported>,
): Promise<Fetched> {
  const finished = nextSummary(engine)
  const imported = await importRows()
  if (!imported.ok) return imported
  const summary = imported.fetching > 0 ? await Promise.race([finished, wait(mostMs, null, { ref: false })]) : null
  return { ...imported, rows: await rowsNow(engine, imported.rows, summary) }
}

async function rowsNow(
  engine: EngineClient,
  rows: ImportedRow[],
  summary: RefreshSummary | null,
): Promise<FetchedRow[]> {
  const { feeds } = await engine.sources({})
  const now = new Map(feeds.map(feed => [feed.id, feed]))
  // Offline the feeds stay as they were, and only the summary says so.
  const failed = new Map(summary?.failed.map(({ feedId, failure }) => [feedId, failure]))
  return rows.map(row => {
    const feed = row.feedId === null || row.outcome !== 'added' ? undefined : now.get(row.feedId)
    if (!feed) return { ...row, fetch: null }
    const failure = feed.failure ?? failed.get(feed.id) ?? null
    return { ...row, failure, fetch: failure ? 'failed' : feed.lastSuccessAt === null ? 'waiting' : 'fetched' }
  })
}
