/**
 * Libraries to begin a test with. A window follows the feeds of the feed server, or a file with them is imported, once per
 * worker; each test has a copy of the data folder, and a server of its own at the same address. Following takes more processor
 * time than starting the program.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright/test'
import { type Broadsheet, startBroadsheet } from './broadsheet.ts'
import { type FeedServer, listen, startFeedServer } from './feed-server.ts'
import { type Shelf, stock } from './library.ts'
import { ReaderWindow } from './window.ts'

export class FollowedLibraries {
  /** The invented articles must not change between the copies: they would be read as edited. */
  readonly #now = Date.now()
  readonly #folders = new Map<string, Promise<string>>()
  readonly #server: Server
  readonly #root = mkdtempSync(join(tmpdir(), 'broadsheet-followed-'))

  private constructor(server: Server) {
    this.#server = server
  }

  static async make(): Promise<FollowedLibraries> {
    return new FollowedLibraries(await listen(createServer()))
  }

  /** The sample feeds as they were when they were followed. One at a time. */
  serve(): Promise<FeedServer> {
    return startFeedServer({ server: this.#server, now: this.#now })
  }

  /** A data folder in which the feeds at these paths are followed, the last one in view; to be copied. */
  folder(browser: Browser, feeds: FeedServer, paths: readonly string[]): Promise<string> {
    return this.#once(feeds, paths, () => this.#make(browser, feeds, paths))
  }

  /** A data folder into which a shelf was imported, and whose window was never open; to be copied. */
  stocked(feeds: FeedServer, shelf: Shelf): Promise<string> {
    return this.#once(feeds, shelf, async () => {
      const app = await startBroadsheet()
      await stock(app, feeds.url, shelf)
      return this.#keep(app, feeds)
    })
  }

  close(): void {
    this.#server.close()
    rmSync(this.#root, { recursive: true, force: true })
  }

  /** Two files of tests may publish different feeds at one path. */
  #once(feeds: FeedServer, paths: readonly string[] | Shelf, make: () => Promise<string>): Promise<string> {
    const titles = Object.values(paths)
      .flat()
      .map(path => feeds.feeds.get(path)?.title)
    const key = JSON.stringify([paths, titles])
    const made = this.#folders.get(key) ?? make()
    this.#folders.set(key, made)
    return made
  }

  async #make(browser: Browser, feeds: FeedServer, paths: readonly string[]): Promise<string> {
    const app = await startBroadsheet()
    const page = await browser.newPage()
    await page.goto(app.url())
    const reader = new ReaderWindow(page)
    for (const path of paths) await reader.follow(feeds.url + path, feeds.feeds.get(path)?.title ?? '')
    await page.close()
    return this.#keep(app, feeds)
  }

  async #keep(app: Broadsheet, feeds: FeedServer): Promise<string> {
    const folder = join(this.#root, String(this.#folders.size))
    await app.restart(dataDir => cpSync(dataDir, folder, { recursive: true }))
    await app.stop()
    // What was asked here is no request of the test's.
    feeds.requests.length = 0
    return folder
  }
}
