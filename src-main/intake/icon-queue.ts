/** Looks for feeds' icons in the background: weekly at most (SAFETY E14), few at once, and never ahead of articles. */
import { type LoadedResource, noResource } from '../api/engine-thread.ts'
import { isDrawn } from '../drawing/drawn.ts'
import { findIcon } from '../feeds/icons/find.ts'
import type { Http } from '../http/types.ts'
import type { Clock } from '../lib/clock.ts'
import { stackOf } from '../lib/log.ts'
import type { Secrets } from '../lib/secrets.ts'
import { day } from '../lib/time.ts'
import type { WriteDb } from '../store/db/open.ts'
import { accessOf } from '../store/feeds/access.ts'
import { feedById } from '../store/feeds/feeds.ts'
import { dropIcon, iconCheckedAt, iconOf, saveIcon } from '../store/feeds/icons.ts'
import { openProxy } from '../store/feeds/proxy-address.ts'
import { readingOf } from '../store/reading.ts'
import type { Pool } from '../workers/pool.ts'
import type { DrawSvg } from './media/media.ts'

export type IconQueue = {
  /** Looks for the feed's icon, unless that was done within the week. `named` is the icon that the feed itself names. */
  enqueue(feedId: number, named: string | null): void
  /** Draws an icon that is stored as an SVG, and stores the drawing; deletes one that can't be drawn. */
  redraw(feedId: number): Promise<LoadedResource>
  /** While it is paused, no further search starts. */
  setPaused(isPaused: boolean): void
  close(): Promise<void>
}

type Deps = {
  db: WriteDb
  http: Pick<Http, 'get'>
  pool: Pick<Pool, 'run'>
  drawSvg: DrawSvg
  clock: Clock
  secrets: Secrets
  signal: AbortSignal
  onFound(feedId: number): void
  log(line: string): void
}

const interval = 7 * day
const mostAtOnce = 2

export function createIconQueue(deps: Deps): IconQueue {
  const { db, clock, signal, log } = deps
  const queue = new Map<number, string | null>()
  const searches = new Set<Promise<void>>()
  const redraws = new Map<number, Promise<LoadedResource>>()
  let isPaused = false

  function startNext(): void {
    for (const [feedId, named] of queue) {
      if (isPaused || signal.aborted || searches.size >= mostAtOnce) return
      queue.delete(feedId)
      const search = searchIcon(deps, feedId, named)
        .catch(error => {
          if (!signal.aborted) log(stackOf(error))
        })
        .finally(() => {
          searches.delete(search)
          startNext()
        })
      searches.add(search)
    }
  }

  return {
    enqueue(feedId, named) {
      const now = clock.now()
      const checkedAt = iconCheckedAt(db, feedId)
      if (checkedAt !== null && checkedAt <= now && now - checkedAt < interval) return
      queue.set(feedId, named)
      startNext()
    },
    redraw(feedId) {
      const redrawing = redraws.get(feedId) ?? redrawIcon(deps, feedId).finally(() => redraws.delete(feedId))
      redraws.set(feedId, redrawing)
      return redrawing
    },
    setPaused(paused) {
      isPaused = paused
      startNext()
    },
    async close() {
      queue.clear()
      await Promise.allSettled(searches)
    },
  }
}

async function searchIcon(deps: Deps, feedId: number, named: string | null): Promise<void> {
  const { db, http, pool, drawSvg, signal } = deps
  const feed = feedById(db, feedId)
  if (!feed || feed.isRemoved) return
  // Its next poll asks again: where pictures may be loaded by then, the icon comes with it.
  if (readingOf(db, feedId).pictures.value === 'never') return
  const { url: feedUrl, siteUrl, privateHost } = feed
  const proxy = openProxy(deps.secrets, accessOf(db, feedId)?.proxy ?? null)
  const request = { feedUrl, siteUrl, feedIcon: named, privateHost, proxy }
  const icon = await findIcon(request, {
    http,
    readPage: input => pool.run('readPage', input, { signal }),
    drawSvg: bytes => drawSvg(bytes, 'icon'),
    signal,
  })
  if (signal.aborted) return
  saveIcon(db, feedId, icon, deps.clock.now())
  if (icon) deps.onFound(feedId)
}

async function redrawIcon({ db, drawSvg, clock, signal, onFound }: Deps, feedId: number): Promise<LoadedResource> {
  const stored = iconOf(db, feedId)
  const drawn = stored && (isDrawn(stored.bytes) ? stored : await drawSvg(stored.bytes, 'icon'))
  if (signal.aborted) return noResource(404)
  if (!drawn) dropIcon(db, feedId)
  else if (drawn !== stored) saveIcon(db, feedId, { ...drawn, sourceUrl: stored?.sourceUrl ?? null }, clock.now())
  // The address of the icon has changed with it, or there is none.
  if (drawn !== stored) onFound(feedId)
  return drawn ? { status: 200, type: drawn.type, maxAgeSeconds: 0, bytes: drawn.bytes } : noResource(404)
}
