/** What a window hears of other programs that write into its database, and of nothing that it wrote itself. */
import { EventEmitter } from 'node:events'
import { beforeEach, expect, test } from 'vitest'
import { IdleWork } from '../../src-main/engine/idle/idle-work.ts'
import { addDatabaseWatch } from '../../src-main/engine/idle/watch-database.ts'
import { createIntakeClient } from '../../src-main/intake/client.ts'
import { handOver, noteWrites } from '../../src-main/intake/refresh-elsewhere.ts'
import { readMeta, writeMeta } from '../../src-main/store/db/meta.ts'
import { openDatabase, type WriteDb } from '../../src-main/store/db/open.ts'
import { asBatch, createWriteGate, joinAsBatch } from '../../src-main/store/db/write-gate.ts'
import { createFolder } from '../../src-main/store/feeds/folders.ts'
import { postponeFeeds, recordPolls } from '../../src-main/store/feeds/poll-state.ts'
import { keepPictureSizes } from '../../src-main/store/picture-sizes.ts'
import { createTestTime, type TestTime } from '../polling/poller-time.ts'
import { addFeed, makeStore, someNoon } from '../support/articles.ts'

/** The window's own intake, with a connection of its own, as it tells what it wrote. */
let intake: { db: WriteDb; worker: EventEmitter; asked: unknown[] }
/** A command line beside the window, and the connection of its intake. */
let beside: WriteDb
let besideIntake: WriteDb
let heard: number
let time: TestTime

beforeEach(() => {
  time = createTestTime(someNoon)
  const store = makeStore()
  beside = openDatabase(store.file)
  besideIntake = openDatabase(store.file)
  const asked: unknown[] = []
  const worker = Object.assign(new EventEmitter(), {
    postMessage: (message: unknown) => void asked.push(message),
    terminate: () => {},
  })
  const client = createIntakeClient(() => worker)
  client.begin()
  intake = { db: openDatabase(store.file), worker, asked }
  heard = 0
  const work = new IdleWork(time.clock, line => expect.fail(line))
  addDatabaseWatch(work, {
    db: store.db,
    clock: time.clock,
    engine: { changedElsewhere: () => heard++ },
    intake: client,
    grouping: { on: () => {} },
    isPolling: true,
  })
  return () => {
    work.close()
    for (const db of [beside, besideIntake, intake.db]) db.close()
    store[Symbol.dispose]()
  }
})

const look = () => time.pass(2_000, () => new Promise(resolve => setImmediate(resolve)))

function storeOwn(): void {
  writeMeta(intake.db, 'lastGoneFeed', (readMeta(intake.db, 'lastGoneFeed') ?? 0) + 1)
  intake.worker.emit('message', { event: 'stored', payload: {} })
}

const joinIntake = () =>
  joinAsBatch(intake.db, createWriteGate(), false, () =>
    intake.worker.emit('message', { event: 'stored', payload: {} }),
  )

test('what the intake stores and tells no window of, as the sizes of pictures, is no change by another program', async () => {
  joinIntake()
  asBatch(intake.db, () => keepPictureSizes(intake.db, [['a', [640, 480]]]))
  await look()
  expect(heard).toBe(0)
})

test('that a feed was asked, had nothing new, and is to be asked later, is no change by another program', async () => {
  const feedId = addFeed(beside, 'https://a.test/feed')
  await look()
  expect(heard).toBe(1)
  joinIntake()
  const record = { feedId, url: 'https://a.test/feed', checkedAt: someNoon, nextCheckAt: someNoon + 3_600_000 }
  recordPolls(intake.db, [{ ...record, memory: {}, isSuccess: true, failure: null, isGone: false, adopt: null }])
  await look()
  postponeFeeds(intake.db, [{ feedId, until: someNoon + 7_200_000 }])
  await look()
  expect(heard).toBe(1)
})

test('what another program writes is heard once, within two seconds', async () => {
  createFolder(beside, 'World', null)
  expect(heard).toBe(0)
  await look()
  expect(heard).toBe(1)
  await look()
  expect(heard).toBe(1)
})

test('what comes in for the window itself is no other program’s doing', async () => {
  storeOwn()
  await look()
  expect(heard).toBe(0)
})

test.each([
  { name: 'it', writer: () => beside },
  { name: 'its intake', writer: () => besideIntake },
])('what $name wrote while feeds came in for the window is heard when it ends', async ({ writer }) => {
  const end = noteWrites(beside)
  createFolder(writer(), 'World', null)
  storeOwn()
  await look()
  // SQLite tells that somebody wrote, and the window takes it for its own feeds.
  expect(heard).toBe(0)
  end()
  storeOwn()
  await look()
  expect(heard).toBe(1)
  await look()
  expect(heard).toBe(1)
})

test('of a program that wrote nothing nothing is heard', async () => {
  const end = noteWrites(beside)
  end()
  await look()
  expect(heard).toBe(0)
})

test('a refresh that a command line wants is begun once, by the window', async () => {
  await handOver(beside)({ feedIds: [7], isForced: true, insistOn: [] })
  await look()
  await look()
  expect(intake.asked).toMatchObject([{ name: 'refresh', input: { feedIds: [7], isForced: true } }])
})

test('at midnight the window looks again: what was of today no longer is', async () => {
  time.jump(11 * 3_600_000)
  await look()
  const before = heard
  time.jump(14 * 3_600_000)
  await look()
  await look()
  expect(heard).toBe(before + 1)
})
