/** Looks for feeds' icons in the background: weekly at most (SAFETY E14), few at once, and never ahead of articles. */

import { isDrawn } from '../drawing/drawn.ts'
import { findIcon } from '../feeds/icons/find.ts'
import type { Http } from '../http/types.ts'
import type { Clock } from '../lib/clock.ts'
import type { Secrets } from '../lib/secrets.ts'
import { day } from '../lib/time.ts'
import type { WriteDb } from '../store/db/open.ts'
import { accessOf } from '../store/feeds/access.ts'
import { feedById } from '../store/feeds/feeds.ts'
import { dropIcon, iconCheckedAt, iconOf, saveIcon } from '../store/feeds/icons.ts'
import { openProxy } from '../store/feeds/proxy-address.ts'
import type { Pool } from '../workers/pool.ts'
import type { Drawing } from './drawing.ts'
import type { Resource } from './protocol.ts'

export type IconHunt = {
  /** `named` is what the feed itself calls its icon. */
  want(feedId: number, named: string | null): void
  /** Draws an icon that was kept as an SVG, and keeps the drawing; forgets one that can't be drawn. */
  redraw(feedId: number): Promise<Resource>
  /** Holds back the start of further searches. */
  pause(isPaused: boolean): void
  close(): Promise<void>
}

type Deps = {
  db: WriteDb
  http: Pick<Http, 'get'>
  pool: Pick<Pool, 'run'>
  drawing: Drawing
  clock: Clock
  secrets: Secrets
  signal: AbortSignal
  onFound(feedId: number): void
  log(line: string): void
}

const every = 7 * day
const atOnce = 2
const nothing: Resource = { status: 404, type: 'text/plain', maxAgeSeconds: 0, bytes: new Uint8Array() }

export function createIconHunt(deps: Deps): IconHunt {
  const { db, pool, drawing, clock, signal } = deps
  const wanted = new Map<number, string | null>()
  const underWay = new Set<Promise<void>>()
  const redrawn = new Map<number, Promise<Resource>>()
  let isPaused = false

  function next(): void {
    for (const [feedId, named] of wanted) {
      if (isPaused || signal.aborted || underWay.size >= atOnce) return
      wanted.delete(feedId)
      const hunt = look(feedId, named)
        .catch(error => {
          if (!signal.aborted) deps.log(error instanceof Error ? (error.stack ?? error.message) : String(error))
        })
        .finally(() => {
          underWay.delete(hunt)
          next()
        })
      underWay.add(hunt)
    }
  }

  async function look(feedId: number, named: string | null): Promise<void> {
    const feed = feedById(db, feedId)
    if (!feed || feed.isRemoved) return
    const { url: feedUrl, siteUrl, privateHost } = feed
    const proxy = openProxy(deps.secrets, accessOf(db, feedId)?.proxy ?? null)
    const request = { feedUrl, siteUrl, feedIcon: named, privateHost, proxy }
    const icon = await findIcon(request, {
      http: deps.http,
      readPage: input => pool.run('readPage', input, { signal }),
      drawSvg: bytes => drawing.draw(bytes, 'icon'),
      signal,
    })
    if (signal.aborted) return
    saveIcon(db, feedId, icon, clock.now())
    if (icon) deps.onFound(feedId)
  }

  async function redraw(feedId: number): Promise<Resource> {
    const kept = iconOf(db, feedId)
    const drawn = kept && (isDrawn(kept.bytes) ? kept : await drawing.draw(kept.bytes, 'icon'))
    if (signal.aborted) return nothing
    if (!drawn) dropIcon(db, feedId)
    else if (drawn !== kept) saveIcon(db, feedId, { ...drawn, sourceUrl: kept?.sourceUrl ?? null }, clock.now())
    // The address of the icon has changed with it, or there is none.
    if (drawn !== kept) deps.onFound(feedId)
    return drawn ? { status: 200, type: drawn.type, maxAgeSeconds: 0, bytes: drawn.bytes } : nothing
  }

  return {
    want(feedId, named) {
      const now = clock.now()
      const checkedAt = iconCheckedAt(db, feedId)
      if (checkedAt !== null && checkedAt <= now && now - checkedAt < every) return
      wanted.set(feedId, named)
      next()
    },
    redraw(feedId) {
      const redrawing = redrawn.get(feedId) ?? redraw(feedId).finally(() => redrawn.delete(feedId))
      redrawn.set(feedId, redrawing)
      return redrawing
    },
    pause(paused) {
      isPaused = paused
      next()
    },
    close: async () => {
      wanted.clear()
      await Promise.allSettled(underWay)
    },
  }
}
