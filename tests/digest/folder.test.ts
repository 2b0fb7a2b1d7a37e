/** Each digest is written into a folder of the user's, once; what is wrong with the folder is told, and it is tried again. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { EngineClient } from '../../src-main/api/contract/rpc.ts'
import { storeArticles } from '../../src-main/store/articles/ingest.ts'
import { addFeed, makeArticle } from '../support/articles.ts'
import { makeEngine, type TestEngine } from '../support/engine.ts'
import { openEpub } from '../support/epub.ts'

const minute = 60_000
let now = 0
let engine: TestEngine
let client: EngineClient
let folder: string
beforeEach(async () => {
  now = new Date(2026, 10, 27, 12).getTime()
  engine = makeEngine({ now: () => now })
  client = engine.connect()
  folder = join(mkdtempSync(join(tmpdir(), 'broadsheet-digests-')), 'Digests')
  await client.followDigest({})
  await nextDigest('Ferry')
})
afterEach(async () => {
  await engine[Symbol.asyncDispose]()
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

/** Of the next day, at half past seven or later. */
async function nextDigest(title: string): Promise<void> {
  now += 20 * 60 * minute
  const feedId = addFeed(engine.db, 'https://gazette.example/feed')
  storeArticles(engine.db, feedId, [makeArticle({ title, publishedAt: now - minute })], now - minute)
  expect(await engine.makeDueDigest()).toBe(true)
}

const names = () => readdirSync(folder).sort()

test('nothing is written where no folder is named', async () => {
  mkdirSync(folder)
  await engine.writeDigestFile()
  expect(names()).toEqual([])
})

test('as a web page, an EPUB, or both', async () => {
  mkdirSync(folder)
  await client.changeSettings({ digestFolder: folder, digestFile: 'both' })
  await engine.writeDigestFile()
  expect(names()).toEqual(['Digest 2026-11-28.epub', 'Digest 2026-11-28.html'])
  openEpub(readFileSync(join(folder, 'Digest 2026-11-28.epub')))
  expect(readFileSync(join(folder, 'Digest 2026-11-28.html'), 'utf8')).toContain('Ferry</a>')
})

test('each once: one that the user has deleted or changed is not written again', async () => {
  mkdirSync(folder)
  await client.changeSettings({ digestFolder: folder })
  await engine.writeDigestFile()
  rmSync(join(folder, 'Digest 2026-11-28.html'))
  now += 60 * minute
  await engine.writeDigestFile()
  expect(names()).toEqual([])
  now += 4 * 60 * minute
  await nextDigest('Bridge')
  await engine.writeDigestFile()
  expect(names()).toEqual(['Digest 2026-11-29.html'])
})

test('a folder that is not there is not made, but told, and tried again ten minutes later', async () => {
  await client.changeSettings({ digestFolder: folder })
  await engine.writeDigestFile()
  expect(await client.digestFile({})).toMatchObject({ failure: { reason: 'no-folder', at: now } })
  mkdirSync(folder)
  now += 9 * minute
  await engine.writeDigestFile()
  expect(names()).toEqual([])
  now += minute
  await engine.writeDigestFile()
  expect(names()).toEqual(['Digest 2026-11-28.html'])
  expect(await client.digestFile({})).toEqual({ failure: null })
})

test.each([
  { name: 'a file in its place', make: (at: string) => writeFileSync(at, ''), path: (at: string) => at },
  { name: 'a path from nowhere', make: () => {}, path: () => 'Digests' },
])('$name is no folder', async ({ make, path }) => {
  make(folder)
  await client.changeSettings({ digestFolder: path(folder) })
  await engine.writeDigestFile()
  expect(await client.digestFile({})).toMatchObject({ failure: { reason: 'no-folder' } })
})

test('another folder is tried at once, and gets the last digest', async () => {
  await client.changeSettings({ digestFolder: join(folder, 'gone') })
  await engine.writeDigestFile()
  mkdirSync(folder)
  await client.changeSettings({ digestFolder: folder })
  expect(await client.digestFile({})).toEqual({ failure: null })
  await engine.writeDigestFile()
  expect(names()).toEqual(['Digest 2026-11-28.html'])
})

test('no digest is written once none is wanted', async () => {
  mkdirSync(folder)
  const [feed] = (await client.sources({})).feeds.filter(({ kind }) => kind === 'digest')
  await client.unsubscribe({ feedIds: [feed!.id] })
  await client.changeSettings({ digestFolder: folder })
  await engine.writeDigestFile()
  expect(names()).toEqual([])
})
