/** Clicks on a Broadsheet that may be killed at any moment, and how to tell afterwards which of them are stored. */
import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import Database from 'better-sqlite3'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import type { PageKey } from '../../src-main/api/model.ts'
import { defaultSettings, type Settings } from '../../src-main/api/settings.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { insertFeed } from '../../src-main/store/feeds/feeds.ts'
import { makeArticle } from '../support/articles.ts'

const feeds = 50
const itemsPerFeed = 20

export type Farm = { url: string; close(): Promise<void> }

/** A server of feeds, each of which has five new articles whenever it is polled. */
export async function startFarm(): Promise<Farm> {
  const asked = new Map<string, number>()
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const round = (asked.get(path) ?? 0) + 1
    asked.set(path, round)
    response.setHeader('content-type', 'application/rss+xml')
    response.end(feedText(path, round))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

function feedText(path: string, round: number): string {
  const items = Array.from({ length: itemsPerFeed }, (_, index) => round * 5 + index).map(
    number => `<item><guid>${path}/${number}</guid><link>http://127.0.0.1${path}/${number}</link>
      <title>${path} story ${number}</title><description>${'Words of a story. '.repeat(40)}</description></item>`,
  )
  return `<rss version="2.0"><channel><title>Feed ${path}</title>${items.join('')}</channel></rss>`
}

/** Fills a new database with so many articles and the feeds of the farm; leaves an existing one alone. */
export function seed(dataDir: string, farmUrl: string, articles: number): void {
  const file = join(dataDir, 'broadsheet.db')
  if (existsSync(file)) return
  mkdirSync(dataDir, { recursive: true })
  const db = openDatabase(file)
  const follow = (url: string, title: string, nextCheckAt: number | null) =>
    insertFeed(
      db,
      {
        ...{ url, title, customTitle: null, siteUrl: null, folderId: null, nextCheckAt },
        privateHost: new URL(url).host,
      },
      Date.now(),
    ).feedId
  for (let index = 0; index < feeds; index++)
    follow(`${farmUrl}/feed/${index}`, `Feed ${index}`, Date.now() + 3_600_000)
  const seeded = follow(`${farmUrl}/seed`, 'Seed', Date.now() + 3_600_000)
  for (let start = 0; start < articles; start += 500) {
    storeArticles(
      db,
      seeded,
      Array.from({ length: Math.min(500, articles - start) }, (_, index) =>
        makeArticle({
          title: `Seed ${start + index}`,
          text: `Seed number ${start + index}. ${'More words. '.repeat(30)}`,
        }),
      ),
      Date.now(),
    )
  }
  db.close()
}

export type Action = {
  act(engine: EngineClient): Promise<unknown>
  /** Whether its effect is in what the program shows. */
  isThere(shown: Shown): boolean
  /** Whether a part of it is, and another is not, though they were one command. */
  isHalf?(shown: Shown): boolean
}
export type Shown = {
  folders: Set<string>
  feeds: Set<string>
  titles: Set<string>
  read: Set<number>
  saved: Set<number>
  settings: Pick<Settings, 'sourcesWidth' | 'headlinesWidth'>
}

/** The click of a token: a function of its number alone, and no click reverts another. */
export function actionOf(token: string, farm: Farm, articles: number): Action {
  const number = Number(/\d+/.exec(token)?.[0] ?? 0)
  // Half of the articles are for saving, the other half for marking; ids begin at 1.
  const id = 1 + ((number * 2) % articles)
  switch (number % 5) {
    case 0:
      return {
        act: engine => engine.createFolder({ title: token }),
        isThere: shown => shown.folders.has(token),
      }
    case 1:
      return {
        act: engine => engine.setSaved({ articleIds: [id], isSaved: true }),
        isThere: shown => shown.saved.has(id),
      }
    case 2: {
      const urls = [`${farm.url}/more/${token}`, `${farm.url}/more/${token}/too`]
      const found = (shown: Shown) => urls.filter(url => shown.feeds.has(url)).length + Number(shown.folders.has(token))
      return {
        act: engine => engine.importOpml({ text: opml(token, urls), allowPrivate: true, fetchNow: false }),
        isThere: shown => found(shown) === 3,
        isHalf: shown => found(shown) === 1 || found(shown) === 2,
      }
    }
    case 3:
      return {
        act: async engine => {
          const { folderId } = await engine.createFolder({ title: `first ${token}` })
          await engine.renameFolder({ folderId, title: `renamed ${token}` })
        },
        isThere: shown => shown.folders.has(`renamed ${token}`),
      }
    default:
      return {
        act: engine => engine.markRead({ articleIds: [id + 1], isRead: true }),
        isThere: shown => shown.read.has(id + 1),
      }
  }
}

function opml(folder: string, urls: string[]): string {
  const feeds = urls.map(url => `<outline text="More" type="rss" xmlUrl="${url}"/>`).join('')
  return `<opml version="2.0"><head/><body><outline text="${folder}">${feeds}</outline></body></opml>`
}

/** Two settings that are changed together, again and again: what is shown is the last answered change, or the one after it. */
export class SettingsClicks {
  answered = 0
  #tried = 0

  async clickOn(engine: EngineClient, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const { sourcesWidth, headlinesWidth } = widths(++this.#tried)
      try {
        await engine.changeSettings({ sourcesWidth, headlinesWidth })
        this.answered = this.#tried
      } catch {
        // Killed before it answered. No other is tried, so that one of two is shown.
        return
      }
    }
  }

  /** Null where it is right; then what is shown is what later changes come after. */
  wrongIn({ settings }: Shown): string | null {
    const isShown = (change: number) => isDeepStrictEqual(settings, widths(change))
    if (isShown(this.#tried)) this.answered = this.#tried
    else if (isShown(this.answered)) this.#tried = this.answered
    else return `settings are ${JSON.stringify(settings)} after ${this.answered} changes`
    return null
  }
}

/** Those of a new database are the first. */
function widths(change: number): Shown['settings'] {
  const { sourcesWidth, headlinesWidth } = defaultSettings
  return { sourcesWidth: sourcesWidth + (change % 300), headlinesWidth: headlinesWidth + (change % 300) }
}

/** Everything a window would show. Throws where an article is there twice. */
export async function shownBy(engine: EngineClient): Promise<Shown> {
  const { feeds, folders } = await engine.sources({})
  const { sourcesWidth, headlinesWidth } = await engine.settings({})
  const shown: Shown = {
    folders: new Set(folders.map(folder => folder.title)),
    feeds: new Set(feeds.map(feed => feed.url)),
    titles: new Set(),
    read: new Set(),
    saved: new Set(),
    settings: { sourcesWidth, headlinesWidth },
  }
  let after: PageKey | null = null
  do {
    const page = await engine.headlines({ view: { kind: 'all' }, limit: 1_000, after })
    for (const row of page.rows) {
      const mark = `${row.feedTitle} ${row.title}`
      if (shown.titles.has(mark)) throw new Error(`twice there: ${mark}`)
      shown.titles.add(mark)
      if (row.isRead) shown.read.add(row.id)
      if (row.isSaved) shown.saved.add(row.id)
    }
    after = page.next
  } while (after)
  return shown
}

/** What SQLite finds wrong in a database that no program has open; null for an intact one. */
export function damageIn(dataDir: string): string | null {
  const db = new Database(join(dataDir, 'broadsheet.db'))
  try {
    const found = db.pragma('integrity_check', { simple: true })
    if (found !== 'ok') return String(found)
    return db.pragma('foreign_key_check', { simple: true }) === undefined ? null : 'rows point nowhere'
  } finally {
    db.close()
  }
}
