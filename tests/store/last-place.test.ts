/** Where the reader was, in a store of a program to which it was four of the settings. */
import { expect, test } from 'vitest'
import { openStore } from '../../src-main/safety/recovery/open-store.ts'
import { readLastPlace } from '../../src-main/store/last-place.ts'
import { changeSettings, readSettings } from '../../src-main/store/settings.ts'
import { someNoon } from '../support/articles.ts'
import { type EarlierStore, earlierStore } from '../support/earlier-store.ts'

async function start({ dir }: EarlierStore) {
  // The store is of an earlier schema, which the first start says; nothing else is worth a line.
  const log = (line: string) => expect(line).toMatch(/^bringing the database from schema 8 up to date/)
  const { db } = await openStore({ dataDir: dir, now: someNoon, log, isAlone: true })
  return db
}

/** What that program left. */
const left = {
  view: { kind: 'feed', feedId: 1 },
  articleId: 2,
  within: { block: 3, text: 'The bridge is', offset: 0.25 },
  undrawnId: 2,
}

test('it is where it was, and no setting any more', async () => {
  using store = earlierStore('stores/place-in-settings')
  const db = await start(store)
  expect(readLastPlace(db)).toEqual(left)
  expect(readSettings(db)).toMatchObject({ theme: 'dark' })
  expect(db.prepare('SELECT name FROM settings').pluck().all()).toEqual(['theme'])
  db.close()
})

test('what a journal of that program has of it does not take the place of a newer one', async () => {
  using store = earlierStore('stores/place-in-settings')
  const db = await start(store)
  changeSettings(db, { theme: 'sepia', lastView: { kind: 'saved' } } as object)
  db.close()
  const again = await start(store)
  expect(readLastPlace(again)).toEqual(left)
  expect(again.prepare('SELECT name FROM settings').pluck().all()).toEqual(['theme'])
  again.close()
})
