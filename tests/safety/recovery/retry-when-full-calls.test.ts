/**
 * Every call on a disk that is full, or takes no write, and then does. Triggers say what SQLite says then; the real thing:
 * tests/safety.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { call, everyCall, type Library, makeLibrary } from '../../support/commands-table.ts'

/** Every call that writes, writes to one of them. */
const brokenTables = [
  'feeds',
  'folders',
  'articles',
  'settings',
  'facts',
  'undos',
  'full_texts',
  'playback',
  'decided_articles',
]

/** From now on every write fails with what `fault` answers, where it answers a code. */
function breakDisk({ engine: { db } }: Library, fault: () => string | null): void {
  db.function('find_room', () => {
    const code = fault()
    if (code) throw Object.assign(new Error('the disk takes no write'), { code })
    return 1
  })
  for (const table of brokenTables) {
    for (const event of ['INSERT', 'UPDATE', 'DELETE']) {
      db.exec(
        `CREATE TEMP TRIGGER broken_${table}_${event} BEFORE ${event} ON main.${table} BEGIN SELECT find_room(); END`,
      )
    }
  }
}

const writes = everyCall.filter(({ kind }) => kind === 'writes')

test.each(writes)('$name is done on a full disk, in the room that was held back', async ({ name, input }) => {
  const library = makeLibrary()
  await using engine = library.engine
  const asked = await input(library)
  const reserve = join(engine.dir, 'reserve')
  expect(existsSync(reserve)).toBe(true)
  let failed = 0
  breakDisk(library, () => {
    if (!existsSync(reserve)) return null
    failed++
    return 'SQLITE_FULL'
  })

  await call(library.client, name, asked)

  expect(failed).toBe(1)
})

test.each(everyCall)('$name, on a disk that takes writes again, tells so where it wrote', async one => {
  const library = makeLibrary()
  await using _ = library.engine
  const asked = await one.input(library)
  let isReadOnly = true
  breakDisk(library, () => (isReadOnly ? 'SQLITE_READONLY' : null))
  const told: string[] = []
  library.client.on('health-changed', ({ health }) => told.push(health.storage))
  await expect(library.client.createFolder({ title: 'Home' })).rejects.toMatchObject({ code: 'storage-read-only' })
  isReadOnly = false

  await call(library.client, one.name, asked)

  const isWrite = one.kind === 'writes' || one.kind === 'has-written'
  const states = told.filter((state, at) => state !== told[at - 1])
  expect(states).toEqual(isWrite ? ['read-only', 'ok'] : ['read-only'])
})
