/** What the disk does to us while nobody is asking for anything. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect, connectTo, serve } from '../../src-main/api/contract/rpc.ts'
import type { RefreshSummary } from '../../src-main/api/model.ts'
import { portOfNodePort } from '../../src-main/api/ports.ts'
import { createAnnouncer } from '../../src-main/engine/context/announcer.ts'
import { startEngine } from '../../src-main/host/engine-host.ts'
import type { Intake } from '../../src-main/intake/protocol.ts'
import { failureOf } from '../../src-main/lib/log.ts'
import { HostBackoffs } from '../../src-main/polling/host-backoff.ts'
import { atOnce } from '../../src-main/polling/poll-queue.ts'
import { Poller } from '../../src-main/polling/poller.ts'
import { openDatabase } from '../../src-main/store/db/open.ts'
import { insertFeed, listFeeds } from '../../src-main/store/feeds/feeds.ts'
import { saveIcon } from '../../src-main/store/feeds/icons.ts'
import { addFeed, makeStore, someNoon, type TestStore } from '../support/articles.ts'
import { createTestTime, type TestTime } from './poller-time.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'broadsheet-trouble-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

test('a picture that can no longer be read from the disk is refused, and the engine goes on', async () => {
  const db = openDatabase(join(dir, 'broadsheet.db'))
  const row = { url: 'https://a.test/', title: 'A', customTitle: null, siteUrl: null, folderId: null }
  const { feedId } = insertFeed(db, { ...row, privateHost: null, nextCheckAt: null }, 1)
  saveIcon(db, feedId, { type: 'image/png', bytes: new Uint8Array([1]), sourceUrl: null }, 1)
  const deaths: string[] = []
  const started = await startEngine({ dataDir: dir, isPolling: false, log: line => deaths.push(line) })
  if (started.kind !== 'running') throw new Error(started.detail)
  const { engine } = started
  const client = connect(portOfNodePort(engine.connect()))
  const [feed] = (await client.sources({})).feeds
  expect((await engine.resource(feed?.iconUrl ?? '')).status).toBe(200)

  // The line in the log of a test run, 'a resource failed: no such table: icons', is this one's.
  db.exec('DROP TABLE icons')
  db.close()
  expect((await engine.resource(feed?.iconUrl ?? '')).status).toBe(500)
  expect((await client.sources({})).feeds).toHaveLength(1)
  expect(deaths).toEqual([])
  await engine.close()
})

test('counts that can not be read leave the windows with those they have', () => {
  const lines: string[] = []
  const sent: unknown[] = []
  const announcer = createAnnouncer(
    () => {
      throw new Error('disk I/O error')
    },
    line => lines.push(line),
  )
  announcer.add({ send: message => sent.push(message), onMessage() {}, onClose() {}, close() {} })
  announcer.countsChanged()
  expect(sent).toEqual([])
  expect(lines).toEqual([expect.stringContaining('disk I/O error')])
})

describe('a disk that is full', () => {
  let time: TestTime
  let store: TestStore
  let asked: number[]
  let lines: string[]
  let failures: string[]
  let summaries: RefreshSummary[]
  let poller: Poller

  beforeEach(() => {
    time = createTestTime(someNoon)
    store = makeStore()
    asked = []
    lines = []
    failures = []
    summaries = []
    for (let index = 0; index < 30; index++) addFeed(store.db, `https://host-${index}.test/feed`)
    poller = new Poller({
      db: store.db,
      clock: time.clock,
      random: () => 0,
      backoffs: new HostBackoffs(store.db),
      async refresh(feed) {
        asked.push(feed.id)
        // As large as it needs to be to find no room.
        saveIcon(store.db, feed.id, { type: 'image/png', bytes: new Uint8Array(500_000), sourceUrl: null }, someNoon)
        const checkedAt = time.clock.now()
        const record = { feedId: feed.id, url: feed.url, checkedAt, nextCheckAt: checkedAt + 3_600_000, memory: {} }
        return {
          record: { ...record, isSuccess: true, failure: null, isGone: false, adopt: null },
          ...{ backoff: null, doubt: null, newIds: [], editedIds: [], isParsed: false, icon: null },
        }
      },
      emit(event) {
        if (event.kind === 'disk-failed') failures.push(event.code)
        if (event.kind === 'finished') summaries.push(event.summary)
      },
      log: line => lines.push(line),
    })
  })
  afterEach(() => {
    poller.close()
    store[Symbol.dispose]()
  })

  /** SQLite's own words for a full disk: no page more than there are. */
  const fill = () => store.db.pragma(`max_page_count = ${store.db.pragma('page_count', { simple: true })}`)
  const pass = (ms: number) => time.pass(ms, () => new Promise(resolve => setImmediate(resolve)))

  test('stops polling for minutes instead of asking every server in vain, and goes on when there is room', async () => {
    fill()
    poller.start()
    await pass(4 * 60_000)
    expect(asked.length).toBeLessThanOrEqual(atOnce)
    expect(lines.join('\n')).toContain('database or disk is full')
    expect(failures).toContain('SQLITE_FULL')
    const before = asked.length
    store.db.pragma('max_page_count = 1000000')
    await pass(15 * 60_000)
    expect(new Set(asked).size).toBe(30)
    expect(asked.length).toBeLessThanOrEqual(30 + before)
  })

  test('is said of every feed the user wanted refreshed, and tried again when they ask again', async () => {
    fill()
    const feedIds = listFeeds(store.db).map(feed => feed.id)
    poller.refresh({ feedIds, isForced: false })
    await pass(10_000)
    expect(summaries).toHaveLength(1)
    expect(summaries[0]?.failed.map(one => one.failure)).toEqual(
      Array(30).fill({ reason: 'not-stored', fault: 'full', detail: 'SQLITE_FULL' }),
    )
    asked.length = 0
    poller.refresh({ feedIds: feedIds.slice(0, 1), isForced: true })
    await pass(10_000)
    expect(asked).toEqual(feedIds.slice(0, 1))
  })
})

test('a feed that could not be stored in the other thread is refused with the words for a full disk', async () => {
  const { port1, port2 } = new MessageChannel()
  const full = () => Promise.reject(Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' }))
  serve(
    portOfNodePort(port2),
    { addFeed: full },
    failureOf(line => expect.fail(line)),
  )
  const intake = connectTo<Intake>(portOfNodePort(port1))
  const asked = intake.addFeed({ url: 'https://a.test/', title: null, folderId: null, credentials: null })
  await expect(asked).rejects.toMatchObject({ code: 'SQLITE_FULL' })
  intake.close()
})
