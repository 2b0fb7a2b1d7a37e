/** What a window hears of other programs that write into its database, and of nothing that it wrote itself. */
import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchOthers } from '../../src-main/engine/idle/watch-database.ts'
import { createIntakeClient } from '../../src-main/intake/client.ts'
import { handOver, noteWrites } from '../../src-main/intake/refresh-elsewhere.ts'
import { readMeta, writeMeta } from '../../src-main/store/db/meta.ts'
import { openDatabase, type WriteDb } from '../../src-main/store/db/open.ts'
import { createFolder } from '../../src-main/store/feeds/folders.ts'
import { makeStore, someNoon } from '../support/articles.ts'

/** The window's own intake, with a connection of its own, as it tells what it wrote. */
let intake: { db: WriteDb; worker: EventEmitter; asked: unknown[] }
/** A command line beside the window, and the connection of its intake. */
let beside: WriteDb
let besideIntake: WriteDb
let heard: number

beforeEach(() => {
  vi.useFakeTimers({ now: someNoon, toFake: ['setInterval', 'clearInterval', 'Date'] })
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
  const timer = watchOthers({
    db: store.db,
    engine: { changedElsewhere: () => heard++ },
    intake: client,
    isPolling: true,
    log: () => {},
  })
  return () => {
    clearInterval(timer)
    for (const db of [beside, besideIntake, intake.db]) db.close()
    store[Symbol.dispose]()
  }
})
afterEach(() => void vi.useRealTimers())

const look = () => vi.advanceTimersByTime(2_000)

function storeOwn(): void {
  writeMeta(intake.db, 'lastGoneFeed', (readMeta(intake.db, 'lastGoneFeed') ?? 0) + 1)
  intake.worker.emit('message', { event: 'feed-refreshed', payload: { feedId: 1, newIds: [1], editedIds: [] } })
}

test('what another program writes is heard once, within two seconds', () => {
  createFolder(beside, 'World', null)
  expect(heard).toBe(0)
  look()
  expect(heard).toBe(1)
  look()
  expect(heard).toBe(1)
})

test('what comes in for the window itself is no other program’s doing', () => {
  storeOwn()
  look()
  expect(heard).toBe(0)
})

test.each([
  { name: 'it', writer: () => beside },
  { name: 'its intake', writer: () => besideIntake },
])('what $name wrote while feeds came in for the window is heard when it ends', ({ writer }) => {
  const end = noteWrites(beside)
  createFolder(writer(), 'World', null)
  storeOwn()
  look()
  // SQLite tells that somebody wrote, and the window takes it for its own feeds.
  expect(heard).toBe(0)
  end()
  storeOwn()
  look()
  expect(heard).toBe(1)
  look()
  expect(heard).toBe(1)
})

test('of a program that wrote nothing nothing is heard', () => {
  const end = noteWrites(beside)
  end()
  look()
  expect(heard).toBe(0)
})

test('a refresh that a command line wants is begun once, by the window', async () => {
  await handOver(beside)({ feedIds: [7], isForced: true, insistOn: [] })
  look()
  look()
  expect(intake.asked).toMatchObject([{ name: 'refresh', input: { feedIds: [7], isForced: true } }])
})

test('at midnight the window looks again: what was of today no longer is', () => {
  vi.setSystemTime(someNoon + 11 * 3_600_000)
  look()
  const before = heard
  vi.setSystemTime(someNoon + 25 * 3_600_000)
  look()
  look()
  expect(heard).toBe(before + 1)
})
