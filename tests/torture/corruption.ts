/** Damages a database in the ways that disks, programs and people do, opens it, and checks what survived. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeBackup } from '../../src-main/safety/backups/backups.ts'
import { asideFolder } from '../../src-main/safety/data-files.ts'
import { noteDatabaseId } from '../../src-main/safety/recovery/examine.ts'
import { type Opened, openStore } from '../../src-main/safety/recovery/open-store.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { readMeta } from '../../src-main/store/db/meta.ts'
import { listFeeds } from '../../src-main/store/feeds/feeds.ts'
import { storedCounts } from '../../src-main/store/rescue/copy.ts'
import { addFeed, makeArticle, makeStore, savedIds, someNoon } from '../support/articles.ts'
import { makeEngine } from '../support/engine.ts'
import { createRandom, type Random } from './random.ts'

const day = 24 * 60 * 60 * 1_000
const page = 8_192

/** A data folder as a crash leaves it: database and log, a backup of yesterday, a journal of today. */
export type Library = { dir: string; feeds: string[]; saved: number; articles: number; inBackup: number }

export async function makeLibrary(): Promise<Library> {
  const store = makeStore()
  const engine = makeEngine({ store })
  const client = engine.connect()
  const feedIds = [1, 2, 3].map(number =>
    addFeed(store.db, `https://feed-${number}.example/feed`, { title: `Feed ${number}` }),
  )
  const fill = (from: number, count: number, now: number) => {
    for (const feedId of feedIds) storeArticles(store.db, feedId, stories(feedId, from, count), now)
  }
  fill(0, 400, someNoon - 2 * day)
  await client.setSaved({ articleIds: [5, 105, 405, 805], isSaved: true })
  for (const [index, feedId] of feedIds.entries()) await client.renameFeed({ feedId, title: `My feed ${index}` })
  await makeBackup({ dataDir: store.dir, file: store.file, wanted: null, at: someNoon - day, reason: 'daily' })
  const inBackup = storedCounts(store.db).articles
  fill(400, 150, someNoon)
  await client.setSaved({ articleIds: [1_205, 1_305], isSaved: true })
  store.db.pragma('wal_checkpoint(TRUNCATE)')
  // The last clicks are only in the log, as after a crash.
  await client.setSaved({ articleIds: [1_405], isSaved: true })
  await client.markRead({ articleIds: [1, 2, 3], isRead: true })
  noteDatabaseId(store.dir, readMeta(store.db, 'databaseId') ?? '')
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-library-'))
  cpSync(store.dir, dir, { recursive: true, filter: name => !name.endsWith('-shm') && !name.endsWith('reserve') })
  const { saved, articles } = storedCounts(store.db)
  await engine[Symbol.asyncDispose]()
  return { dir, feeds: ['My feed 0', 'My feed 1', 'My feed 2'], saved, articles, inBackup }
}

function stories(feedId: number, from: number, count: number) {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index
    const text = `Ferry ${number} of ${feedId}. ${'The harbour was calm and the ink was dry. '.repeat(12)}`
    return makeArticle({ title: `Story ${feedId}-${number}`, url: `https://feed-${feedId}.example/${number}`, text })
  })
}

export type Spoiling = { name: string; spoil(dir: string, random: Random): void }

const database = (dir: string) => join(dir, 'broadsheet.db')

function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const content = readFileSync(file)
  content.set(bytes.subarray(0, Math.max(0, content.length - at)), at)
  writeFileSync(file, content)
}

function noise(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random.below(256))
}

export const spoilings: Spoiling[] = [
  {
    name: 'one byte',
    spoil(dir, random) {
      overwrite(database(dir), random.below(statSync(database(dir)).size), noise(random, 1))
    },
  },
  {
    name: 'a page of noise',
    spoil(dir, random) {
      const pages = statSync(database(dir)).size / page
      overwrite(database(dir), random.below(pages) * page, noise(random, page))
    },
  },
  {
    name: 'three pages of zeros',
    spoil(dir, random) {
      for (let count = 0; count < 3; count++) {
        const pages = statSync(database(dir)).size / page
        overwrite(database(dir), random.below(pages) * page, new Uint8Array(page))
      }
    },
  },
  { name: 'an empty first page', spoil: dir => overwrite(database(dir), 0, new Uint8Array(page)) },
  { name: 'noise in the header', spoil: (dir, random) => overwrite(database(dir), random.below(90), noise(random, 8)) },
  {
    name: 'cut off',
    spoil(dir, random) {
      truncateSync(database(dir), random.below(statSync(database(dir)).size))
    },
  },
  { name: 'text in its place', spoil: dir => writeFileSync(database(dir), 'Dear diary,\n'.repeat(5_000)) },
  { name: 'no log', spoil: dir => rmSync(`${database(dir)}-wal`, { force: true }) },
  {
    name: 'a log cut off',
    spoil(dir, random) {
      const log = `${database(dir)}-wal`
      if (existsSync(log)) truncateSync(log, random.below(statSync(log).size))
    },
  },
  {
    name: 'noise in the log',
    spoil(dir, random) {
      const log = `${database(dir)}-wal`
      if (existsSync(log)) overwrite(log, random.below(statSync(log).size), noise(random, 64))
    },
  },
  {
    name: 'the log of another day',
    spoil(dir) {
      using other = makeStore()
      addFeed(other.db, 'https://other.example/feed')
      copyFileSync(`${other.file}-wal`, `${database(dir)}-wal`)
    },
  },
]

export type Outcome = { spoiling: string; seed: number; problems: string[]; tookMs: number; isRecovered: boolean }

/** One round: damages a copy of the library, opens it twice, and lists what is wrong then. */
export async function corruptionRound(library: Library, spoiling: Spoiling, seed: number): Promise<Outcome> {
  const random = createRandom(seed)
  const dir = mkdtempSync(join(tmpdir(), 'broadsheet-spoilt-'))
  cpSync(library.dir, dir, { recursive: true })
  spoiling.spoil(dir, random)
  const spoilt = readFileSync(database(dir))
  const outcome: Outcome = { spoiling: spoiling.name, seed, problems: [], tookMs: 0, isRecovered: false }
  try {
    const began = performance.now()
    const first = await open(dir)
    outcome.tookMs = performance.now() - began
    outcome.isRecovered = first.lines.some(line => line.startsWith('recovering'))
    outcome.problems.push(...missing(first.opened, library))
    first.opened.db.close()
    if (outcome.isRecovered) outcome.problems.push(...keptAsItWas(dir, spoilt))
    const second = await open(dir)
    if (second.lines.some(line => line.includes('recovering'))) outcome.problems.push('the second start recovers again')
    second.opened.db.close()
  } catch (error) {
    outcome.problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
  return outcome
}

async function open(dir: string): Promise<{ opened: Opened; lines: string[] }> {
  const lines: string[] = []
  const opened = await openStore({ dataDir: dir, now: someNoon, log: line => lines.push(line), isAlone: true })
  return { opened, lines }
}

function missing({ db }: Opened, library: Library): string[] {
  const problems: string[] = []
  const feeds = listFeeds(db).map(feed => feed.title)
  if (feeds.join() !== library.feeds.join()) problems.push(`feeds: ${feeds.join()}`)
  const saved = savedIds(db).length
  if (saved !== library.saved) problems.push(`${saved} of ${library.saved} saved articles`)
  const { articles } = storedCounts(db)
  if (articles < library.inBackup) problems.push(`${articles} articles, ${library.inBackup} in the backup`)
  const health = db.pragma('integrity_check', { simple: true })
  if (health !== 'ok') problems.push(`integrity: ${String(health)}`)
  if ((db.pragma('foreign_key_check') as unknown[]).length > 0) problems.push('rows point nowhere')
  const twice = db.prepare('SELECT feed_id, guid FROM articles GROUP BY feed_id, guid HAVING COUNT(*) > 1').all()
  if (twice.length > 0) problems.push(`${twice.length} articles twice`)
  return problems
}

function keptAsItWas(dir: string, spoilt: Buffer): string[] {
  const [stamp] = readdirSync(asideFolder(dir))
  const kept = join(asideFolder(dir), stamp ?? '', 'broadsheet.db')
  return existsSync(kept) && readFileSync(kept).equals(spoilt) ? [] : ['the damaged file is not as it was']
}
