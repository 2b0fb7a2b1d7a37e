/** A full disk in the middle of a long command. A trigger says what SQLite says then; the real thing: tests/safety. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ReadDb } from '../../../src-main/store/db/open.ts'
import { addFeed, someNoon } from '../../support/articles.ts'
import { makeEngine, type TestEngine } from '../../support/engine.ts'
import { undoIdOf } from '../../support/undos.ts'

/** Five transactions. */
const many = 4_500
const everyId = Array.from({ length: many }, (_, index) => index + 1)

describe('when the disk is full in the middle of a long command, and the reserve makes room', () => {
  test('marking comes to its end as one, and is taken back as one', async () => {
    await using engine = libraryOnFullDisk({ column: 'is_read', from: 2_500 })
    const client = engine.connect()

    const { changed, undoId } = await client.markRead({ articleIds: everyId, isRead: true })

    expect(changed).toBe(many)
    expect(unread(engine.db)).toBe(0)
    expect(engine.db.prepare('SELECT COUNT(*) FROM undos').pluck().get()).toBe(1)
    await client.undo({ undoId: undoId! })
    expect(unread(engine.db)).toBe(many)
  })

  test('so does marking a view, in which nothing is passed over', async () => {
    await using engine = libraryOnFullDisk({ column: 'is_read', from: 2_500 })
    const { changed } = await engine.connect().markViewRead({ view: { kind: 'all' }, newestId: many })
    expect(changed).toBe(many)
    expect(unread(engine.db)).toBe(0)
  })

  test('so does taking back', async () => {
    await using engine = libraryOnFullDisk({ column: 'is_saved', from: 2_500, when: 'new.is_saved = 0' })
    const client = engine.connect()
    const { undoId } = await client.setSaved({ articleIds: everyId, isSaved: true })

    expect(await client.undo({ undoId: undoId! })).toEqual({ isUndone: true })

    expect(engine.db.prepare('SELECT COUNT(*) FROM articles WHERE is_saved').pluck().get()).toBe(0)
    expect(await client.undo({ undoId: undoId! })).toEqual({ isUndone: false })
  })
})

test('when there is no room to be made, what was done by then is one record, and the failure is told', async () => {
  await using engine = libraryOnFullDisk({ column: 'is_read', from: 2_500, isForGood: true })
  const client = engine.connect()

  const marking = client.markRead({ articleIds: everyId, isRead: true })

  await expect(marking).rejects.toMatchObject({ code: 'storage-full' })
  expect(unread(engine.db)).toBe(many - 2_000)
  expect(await client.undo({ undoId: undoIdOf(engine.db, 1) })).toEqual({ isUndone: true })
  expect(unread(engine.db)).toBe(many)
})

type Full = { column: 'is_read' | 'is_saved'; from: number; when?: string; isForGood?: boolean }

/** Changing article `from` fails while the reserve is there, or always. */
function libraryOnFullDisk({ column, from, when = '1', isForGood = false }: Full): TestEngine {
  const engine = makeEngine()
  addFeed(engine.db, 'https://gazette.example/feed')
  engine.db
    .prepare(
      `WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < @many)
       INSERT INTO articles (id, feed_id, title, author, summary, published_at, first_seen_at)
       SELECT n, 1, 'Article ' || n, '', '', @noon - n, @noon FROM number`,
    )
    .run({ many, noon: someNoon })
  const reserve = join(engine.dir, 'reserve')
  expect(existsSync(reserve)).toBe(true)
  engine.db.function('find_room', () => {
    if (isForGood || existsSync(reserve))
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
    return 1
  })
  engine.db.exec(
    `CREATE TEMP TRIGGER full BEFORE UPDATE OF ${column} ON main.articles WHEN new.id = ${from} AND ${when}
     BEGIN SELECT find_room(); END`,
  )
  return engine
}

function unread(db: ReadDb): number {
  return db.prepare<[], number>('SELECT COUNT(*) FROM articles WHERE is_read = 0').pluck().get() ?? 0
}
