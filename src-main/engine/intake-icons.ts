/** Looks for feeds' icons in the background: weekly at most (SAFETY E14), few at once, and never ahead of articles. */
import { findIcon } from './feeds/icon.ts'
import type { Clock } from './feeds/poller-clock.ts'
import type { Http } from './http-types.ts'
import type { WriteDb } from './store/database.ts'
import { feedById } from './store/feeds.ts'
import { iconCheckedAt, saveIcon } from './store/icons.ts'
import type { Pool } from './work/pool.ts'

export type IconHunt = {
  /** `named` is what the feed itself calls its icon. */
  want(feedId: number, named: string | null): void
  /** Holds back the start of further searches. */
  pause(isPaused: boolean): void
  close(): Promise<void>
}

type Deps = {
  db: WriteDb
  http: Pick<Http, 'get'>
  pool: Pick<Pool, 'run'>
  clock: Clock
  signal: AbortSignal
  onFound(feedId: number): void
  log(line: string): void
}

const every = 7 * 24 * 60 * 60_000
const atOnce = 2

export function createIconHunt(deps: Deps): IconHunt {
  const { db, pool, clock, signal } = deps
  const wanted = new Map<number, string | null>()
  const underWay = new Set<Promise<void>>()
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
    const request = { feedUrl: feed.url, siteUrl: feed.siteUrl, feedIcon: named, privateHost: feed.privateHost }
    const icon = await findIcon(request, {
      http: deps.http,
      readPage: input => pool.run('readPage', input, { signal }),
      safeSvg: input => pool.run('safeSvg', input, { signal }),
      signal,
    })
    if (signal.aborted) return
    saveIcon(db, feedId, icon, clock.now())
    if (icon) deps.onFound(feedId)
  }

  return {
    want(feedId, named) {
      const now = clock.now()
      const checkedAt = iconCheckedAt(db, feedId)
      if (checkedAt !== null && checkedAt <= now && now - checkedAt < every) return
      wanted.set(feedId, named)
      next()
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
